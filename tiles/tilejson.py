"""What a map must know of the layers: layers.json and TileJSON 3.0."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils import translation

from tiles.dates import in_force_filter
from tiles.models import Edition, Revision
from tiles.registry import Layer

# West, south, east, north of a layer without rows: the region of Đà Lạt.
REGION = [108.3, 11.8, 108.7, 12.1]
NOTHING_YET = "Chưa công bố · nothing published yet"


def both(text: Callable[[], str] | Any) -> dict[str, str]:
    """Return a lazy text, or the text a function returns, in Vietnamese and English."""
    found = {}
    for language in ("vi", "en"):
        with translation.override(language):
            found[language] = str(text() if callable(text) else text)
    return found


@dataclass(frozen=True)
class Credits:
    """Who supplied a layer's live rows, and under which licences: what a map must show."""

    suppliers: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()


def credits_of_layers() -> dict[str, Credits]:
    """Return the credits of every layer that has a live edition."""
    live = Edition.objects.filter(state=Edition.State.LIVE).order_by("dataset__layer")
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for layer_id, supplier, licence in live.values_list(
        "dataset__layer", "delivery__supplier", "delivery__licence"
    ).distinct():
        suppliers, licences = found.setdefault(layer_id, ({}, {}))
        suppliers[supplier], licences[licence] = None, None
    return {
        layer_id: Credits(tuple(filter(None, suppliers)), tuple(filter(None, licences)))
        for layer_id, (suppliers, licences) in found.items()
    }


def describe_layer(layer: Layer, revision: Revision | None, credit: Credits) -> dict[str, Any]:
    """Return one entry of layers.json."""
    return {
        "id": layer.id,
        "title": both(layer.title),
        "group": layer.group,
        "kind": layer.kind,
        "dated": layer.dated,
        "order": layer.order,
        "zooms": list(layer.zooms),
        "bounds": bounds(revision),
        "revision": revision.number if revision else 0,
        "rows": revision.rows if revision else 0,
        "tilejson": f"/tiles/{layer.id}.json",
        "legend": [
            {"match": entry.match, "label": both(entry.label), "colour": entry.colour, "code": entry.code}
            for entry in (layer.legend() if layer.legend else [])
        ],
        "legend_property": layer.legend_property,
        "style": [dict(part) for part in layer.style],
        "visible": layer.visible,
        "attribution": _attribution(credit, revision),
        "source": ", ".join(credit.suppliers),
        "licence": ", ".join(credit.licences),
        "updated": revision.created.isoformat() if revision else None,
        "url": layer.url("{code}") if layer.url else None,
    }


def tilejson(layer: Layer, revision: Revision | None, credit: Credits, site: str, *, on: date) -> dict[str, Any]:
    """Return the TileJSON 3.0 document; `site` is the address of the portal without a slash at its end.

    The tiles of a dated layer hold the rows of all times; `in_force` is the filter of those in force on a date.
    """
    number = revision.number if revision else 0
    return {
        "tilejson": "3.0.0",
        "name": layer.id,
        "description": both(layer.title)["vi"],
        "version": f"1.{number}.0",
        "revision": number,
        "scheme": "xyz",
        "tiles": [f"{site}/tiles/{layer.id}/{number}/{{z}}/{{x}}/{{y}}.mvt"],
        "minzoom": layer.zooms[0],
        "maxzoom": layer.zooms[1],
        "bounds": bounds(revision),
        "attribution": _attribution(credit, revision),
        **({"in_force": {"on": on.isoformat(), "filter": in_force_filter(on)}} if layer.dated else {}),
        "vector_layers": [
            {
                "id": layer.id,
                "description": both(layer.title)["vi"],
                "minzoom": layer.zooms[0],
                "maxzoom": layer.zooms[1],
                "fields": {name: _type(layer, name) for name in dict.fromkeys(("code", *layer.properties))},
            }
        ],
    }


def bounds(revision: Revision | None) -> list[float]:
    """Return the layer's bounds in degrees."""
    return revision.bounds if revision and revision.bounds else REGION


def _attribution(credit: Credits, revision: Revision | None) -> str:
    # What the city's own people enter came by no delivery, and under no licence.
    return " · ".join(credit.licences) or ("" if revision else NOTHING_YET)


def _type(layer: Layer, name: str) -> str:
    field = layer.rows._meta.get_field(name)
    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    if isinstance(field, models.BooleanField):
        return "Boolean"
    return "Number" if isinstance(field, numbers) else "String"
