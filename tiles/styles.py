"""MapLibre styles made from the layers' declarations; no outside address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tiles.dates import in_force_filter
from tiles.registry import Group, Layer, all_layers

STYLES: dict[str, tuple[Group, ...]] = {
    "base": ("base",),
    "planning": ("base", "planning"),
    "tourism": ("base", "tourism"),
}
FONT = "/static/vendor/be-vietnam-pro"
CENTRE = [108.4419, 11.9404]


def style(name: str, site: str, *, on: date) -> dict[str, Any]:
    """Return the style of this name for what is in force on a date; `site` is the address of the portal.

    Raises KeyError.
    """
    layers = [layer for layer in all_layers() if layer.group in STYLES[name]]
    return {
        "version": 8,
        "name": name,
        "center": CENTRE,
        "zoom": 13,
        "sources": {
            layer.id: {"type": "vector", "url": f"{site}/tiles/{layer.id}.json", "promoteId": "code"}
            for layer in layers
        },
        "layers": [
            {"id": "background", "type": "background", "paint": {"background-color": "#f4f1ea"}},
            *(
                {
                    **part,
                    **_dated(layer, part, on),
                    "id": f"{layer.id}-{index}",
                    "source": layer.id,
                    "source-layer": layer.id,
                    "layout": {
                        **part.get("layout", {}),
                        "visibility": "visible" if layer.visible or layer.group != "base" else "none",
                    },
                }
                for layer in layers
                for index, part in enumerate(layer.style)
            ),
        ],
    }


def _dated(layer: Layer, part: Mapping[str, Any], on: date) -> dict[str, Any]:
    if not layer.dated:
        return {}
    own = [part["filter"]] if "filter" in part else []
    return {"filter": ["all", *own, in_force_filter(on)]}
