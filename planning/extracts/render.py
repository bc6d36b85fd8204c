"""The extract as JSON and GeoJSON values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planning.extracts.extract import Extract


def render_json(extract: Extract) -> dict[str, Any]:
    """Return the extract as plain values; dates are left to the JSON writer."""
    return asdict(extract)


def render_geojson(extract: Extract) -> dict[str, Any]:
    """Return the extract as one GeoJSON Feature in WGS 84."""
    properties = render_json(extract)
    return {"type": "Feature", "id": extract.code, "geometry": properties.pop("geometry"), "properties": properties}
