"""The little map of an extract as values an SVG can draw: the parcel, its neighbours and the zones around it."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.contrib.gis.geos import GEOSGeometry, Polygon

from planning.extracts.extract import Extract
from planning.extracts.summary import find_leading
from planning.models import LandUseArea, Parcel, Road, Zone
from planning.uses import colour_of, system_of
from tiles.models import SURVEY_SRID, TILE_SRID

# The parcel fills about half the picture.
MARGIN = 0.5
SIZE = 320
NEIGHBOURS = 300


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One outline: an SVG path in picture units, its fill and the letters of its use."""

    path: str
    fill: str = "none"
    label: str = ""
    x: float = 0
    y: float = 0


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """A square picture of SIZE units; north is up. `metres` is the length of the scale bar of `bar` units."""

    size: int
    zones: tuple[Drawn, ...]
    parcels: tuple[Drawn, ...]
    roads: tuple[Drawn, ...]
    parcel: Drawn
    bar: float
    metres: int


def sketch(parcel_id: int, extract: Extract) -> Sketch:
    """Draw a parcel with the zones of the most detailed plan that concerns it."""
    outline = bytes(Parcel.objects.values_list(AsWKB("geom"), flat=True).get(pk=parcel_id))
    frame = _Frame(shapely.from_wkb(outline))
    zones: list[Drawn] = []
    plan = find_leading(extract.answers)
    if plan and plan.edition:
        layer = "land-use" if plan.theme == "land-use" else "zones"
        model = LandUseArea if layer == "land-use" else Zone
        rows = model.objects.filter(edition=plan.edition.edition, shape__bboverlaps=frame.window)
        for use, wkb in rows.values_list("use", AsWKB("geom")):
            zones.extend(frame.draw(wkb, fill=colour_of(system_of(layer), use), label=use))
    around = Parcel.objects.live().filter(shape__bboverlaps=frame.window).exclude(pk=parcel_id)
    roads = Road.objects.live().filter(shape__bboverlaps=frame.window)
    return Sketch(
        size=SIZE,
        zones=tuple(zones),
        parcels=tuple(
            drawn for wkb in around.values_list(AsWKB("geom"), flat=True)[:NEIGHBOURS] for drawn in frame.draw(wkb)
        ),
        roads=tuple(drawn for wkb in roads.values_list(AsWKB("geom"), flat=True) for drawn in frame.draw(wkb)),
        parcel=frame.draw(outline)[0],
        bar=round(frame.bar_m * frame.scale, 1),
        metres=frame.bar_m,
    )


class _Frame:
    """The square around an outline and the way from metres to picture units."""

    def __init__(self, outline: shapely.Geometry) -> None:
        west, south, east, north = outline.bounds
        side = max(east - west, north - south, 1) * (1 + 2 * MARGIN)
        x, y = (west + east) / 2, (south + north) / 2
        self.box = (x - side / 2, y - side / 2, x + side / 2, y + side / 2)
        self.scale = SIZE / side
        # The longest round length that fits a third of the picture.
        self.bar_m = max((m for m in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if m <= side / 3), default=1)

    @property
    def window(self) -> GEOSGeometry:
        """The square in EPSG:3857, as the index needs it."""
        box = Polygon.from_bbox(self.box)
        box.srid = SURVEY_SRID
        return box.transform(TILE_SRID, clone=True)

    def draw(self, wkb: bytes | memoryview, *, fill: str = "none", label: str = "") -> list[Drawn]:
        """Return what of a shape lies in the square; empty when nothing does."""
        inside = shapely.clip_by_rect(shapely.from_wkb(bytes(wkb)), *self.box)
        if inside.is_empty:
            return []
        spot = shapely.point_on_surface(inside)
        x, y = self._place(spot.x, spot.y)
        return [Drawn(path=self._path(inside), fill=fill, label=label, x=x, y=y)]

    def _place(self, east: float, north: float) -> tuple[float, float]:
        return round((east - self.box[0]) * self.scale, 1), round((self.box[3] - north) * self.scale, 1)

    def _path(self, shape: shapely.Geometry) -> str:
        parts = []
        for part in shapely.get_parts(shape):
            lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
            for line in lines:
                spots = (self._place(*spot) for spot in shapely.get_coordinates(line))
                parts.append("M" + "L".join(f"{x} {y}" for x, y in spots))
        return "".join(parts)
