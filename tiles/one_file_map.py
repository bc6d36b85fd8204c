"""A layer as one HTML file that needs no network: for an analyst's desk, never the public map.

Its shapes are written out whole, so that ten thousand areas make some megabytes.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import folium
from branca.element import Element
from django.conf import settings
from django.contrib.gis.db.models.functions import AsGeoJSON, Transform
from django.contrib.gis.geos import Polygon
from django.utils.html import escape
from django.utils.translation import gettext as _

from tiles import revisions
from tiles.geometry import LON_LAT_SRID, TILE_SRID
from tiles.registry import Layer

MAX_ROWS: Final = 20_000
_LEAFLET: Final = Path(settings.BASE_DIR) / "node_modules/leaflet/dist"
_OTHER: Final = "#777777"
_LINE: Final = "position:fixed;bottom:0;left:.5em;z-index:1000;margin:0;font:14px sans-serif"

Bounds = tuple[float, float, float, float]


class TooManyRowsError(ValueError):
    """More rows than one file should hold; its argument is how many."""


def one_file_map(layer: Layer, *, bounds: Bounds | None = None) -> str:
    """Return the live rows of a layer within WGS 84 bounds (west, south, east, north) as an HTML document.

    Raises TooManyRowsError, and FileNotFoundError when the browser files are not set up.
    """
    rows = layer.rows.objects.live().exclude(geom=None)
    if bounds:
        area = Polygon.from_bbox(bounds)
        area.srid = LON_LAT_SRID
        rows = rows.filter(shape__intersects=area.transform(TILE_SRID, clone=True))
    count = rows.count()
    if count > MAX_ROWS:
        raise TooManyRowsError(count)
    names = ("code", *(name for name in layer.properties if name != "code"))
    values = rows.order_by("code").values(*names, shown=AsGeoJSON(Transform("geom", LON_LAT_SRID), precision=7))
    colours = {entry.match: entry.colour for entry in layer.legend()} if layer.legend else {}
    page = folium.Map(tiles=None, prefer_canvas=True)
    # Written into the page: the library would fetch these from other hosts.
    page.default_js, page.default_css = [], []
    if count:
        drawn = folium.GeoJson(
            {"type": "FeatureCollection", "features": [_feature(row, names, layer, colours) for row in values]},
            style_function=lambda feature: {"color": feature["properties"]["colour"], "weight": 1, "fillOpacity": 0.5},
            marker=folium.CircleMarker(radius=4),
            tooltip=folium.GeoJsonTooltip(fields=list(names)),
        )
        drawn.add_to(page)
        page.fit_bounds(drawn.get_bounds())  # type: ignore[arg-type]
    head: Any = page.get_root().header  # type: ignore[attr-defined]
    head.add_child(Element(f"<title>{escape(layer.title)}</title>"), index=0)
    head.add_child(Element(f"<style>{(_LEAFLET / 'leaflet.css').read_text()}</style>"), index=1)
    head.add_child(Element(f"<script>{(_LEAFLET / 'leaflet.js').read_text()}</script>"), index=2)
    said = " · ".join((str(layer.title), *_revision(layer), _("Demonstration data")))
    page.get_root().html.add_child(Element(f'<p style="{_LINE}">{escape(said)}</p>'))  # type: ignore[attr-defined]
    return str(page.get_root().render())


def _revision(layer: Layer) -> Iterator[str]:
    current = revisions.current_all().get(layer.id)
    if current:
        yield f"r{current.number}, {current.created:%d/%m/%Y}"


def _feature(row: dict[str, Any], names: tuple[str, ...], layer: Layer, colours: dict[str, str]) -> dict[str, Any]:
    # A tooltip is HTML: a name of a supplier's file must stay a name there.
    properties = {name: escape(row[name]) if isinstance(row[name], str) else row[name] for name in names}
    colour = colours.get(str(row.get(layer.legend_property)), _OTHER)
    return {
        "type": "Feature",
        "geometry": json.loads(row["shown"]),
        "properties": {**{name: _plain(value) for name, value in properties.items()}, "colour": colour},
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else str(value)
