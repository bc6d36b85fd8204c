"""The little map of a day as values an SVG can draw: its ways and stops over the city's roads and lakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.geos import Polygon

from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, TILE_SRID, System, reproject_coordinates
from tiles.registry import find_layer
from tourism.days_out import roads
from tourism.days_out.days import Day, Visit
from tourism.days_out.modes import MODES
from tourism.days_out.network import Floats

WIDTH, HEIGHT = 640, 480
MARGIN = 48
# A day that hardly moves is drawn no closer than this.
NARROWEST_M = 400
_BAR = 160
_FINEST = 0.7


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A stop: its number on the page and where it stands."""

    number: int
    x: float
    y: float
    title: str


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """A picture of WIDTH × HEIGHT units, north up: SVG paths, pins, and a scale bar of `bar` units = `metres`."""

    width: int
    height: int
    roads: str
    water: str
    ways: str
    guesses: str
    pins: tuple[Pin, ...]
    bar: float
    metres: int

    @property
    def kilometres(self) -> int:
        """The length of the scale bar where it is that long."""
        return self.metres // 1000


def draw(day: Day) -> Sketch | None:
    """Return the picture of a day; None when it has no stop."""
    places = [visit.card.place for visit in day.visits]
    if not places:
        return None
    stops = np.array([place.geom.coords for place in places])  # type: ignore[union-attr]
    lines = [reproject_coordinates(leg.line, System(LON_LAT_SRID), SURVEY_SRID) for leg in day.legs]
    frame = _Frame(np.concatenate([stops, *lines]))
    ways = [(shapely.linestrings(line), leg) for line, leg in zip(lines, day.legs, strict=True)]
    network = roads.network(MODES["walk"])
    near = network.roads[network.tree.query(frame.box)]
    return Sketch(
        width=WIDTH,
        height=HEIGHT,
        roads=frame.path(near),
        water=frame.path(_water(frame)),
        ways=frame.path([line for line, leg in ways if not leg.straight]),
        guesses=frame.path([line for line, leg in ways if leg.straight]),
        pins=tuple(
            Pin(number=number, x=x, y=y, title=visit.card.title)
            for (number, visit), (x, y) in zip(numbered(day), frame.units(stops).tolist(), strict=True)
        ),
        bar=round(frame.bar_m * frame.scale, 1),
        metres=frame.bar_m,
    )


def numbered(day: Day) -> list[tuple[int, Visit]]:
    """Return the stops with their numbers on the page: those that are gone have one too."""
    return [(number, item) for number, item in enumerate(day.items, 1) if isinstance(item, Visit)]


class _Frame:
    """The rectangle around the day and the way from metres to picture units."""

    def __init__(self, points: Floats) -> None:
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        across, up = max(east - west, NARROWEST_M), max(north - south, NARROWEST_M)
        self.scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / up)
        x, y = (west + east) / 2, (south + north) / 2
        half = np.array([WIDTH, HEIGHT]) / 2 / self.scale
        self.corner = np.array([x - half[0], y + half[1]])
        self.box = shapely.box(x - half[0], y - half[1], x + half[0], y + half[1])
        self.bar_m = _round_down(_BAR / self.scale)

    def units(self, points: Floats) -> Floats:
        """Return points in picture units, north up."""
        return np.round((points - self.corner) * [self.scale, -self.scale], 1)

    def path(self, shapes: object) -> str:
        """Return lines and outlines as one SVG path, cut to the picture and no finer than it can show."""
        found = np.asarray(shapes, dtype=object)
        if not len(found):
            return ""
        cut = shapely.intersection(shapely.simplify(found, _FINEST / self.scale), self.box)
        parts = shapely.get_parts(cut)
        rings = shapely.get_parts(parts[shapely.get_dimensions(parts) == 1])
        outlines = shapely.get_rings(parts[shapely.get_dimensions(parts) == 2])
        return "".join(self._move(line) for line in (*rings, *outlines))

    def _move(self, line: shapely.Geometry) -> str:
        points = self.units(shapely.get_coordinates(line)).tolist()
        return "M" + "L".join(f"{x:g},{y:g}" for x, y in points)


def _water(frame: _Frame) -> list[shapely.Geometry]:
    layer = find_layer("water")
    if layer is None:
        return []
    corners = shapely.get_coordinates(frame.box)
    rows: Any = layer.rows.objects.live().filter(shape__bboverlaps=_mercator_box(corners))
    return [shapely.from_wkb(bytes(geom.wkb)) for geom in rows.values_list("geom", flat=True)]


def _mercator_box(corners: Floats) -> Polygon:
    moved = reproject_coordinates(corners, System(SURVEY_SRID), TILE_SRID)
    box = Polygon.from_bbox((*moved.min(axis=0), *moved.max(axis=0)))
    box.srid = TILE_SRID
    return box


def _round_down(metres: float) -> int:
    """Return the greatest of 1, 2, 5 × 10ⁿ that is no longer."""
    power = 10 ** int(np.floor(np.log10(metres)))
    return int(max(step * power for step in (1, 2, 5) if step * power <= metres))
