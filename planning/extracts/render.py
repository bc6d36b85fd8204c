"""The extract as JSON and GeoJSON values."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any

from planning.extracts.extract import Extract

_VALUES = (str, int, float, type(None))


def render_json(extract: Extract) -> dict[str, Any]:
    """Return the extract as plain values; dates are left to the JSON writer."""
    plain: dict[str, Any] = _plain(extract)
    return plain


def render_geojson(extract: Extract) -> dict[str, Any]:
    """Return the extract as one GeoJSON Feature in WGS 84."""
    properties = render_json(extract)
    return {"type": "Feature", "id": extract.code, "geometry": properties.pop("geometry"), "properties": properties}


def _plain(value: Any) -> Any:
    # dataclasses.asdict copies every value deeply, which costs more than all else that an extract asks of Python.
    if isinstance(value, _VALUES):
        return value
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return {name: _plain(inner) for name, inner in vars(value).items()} if is_dataclass(value) else value
