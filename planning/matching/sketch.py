"""The outline of a certificate and the parcel of the map in one picture, as values an SVG can draw."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from planning.matching.match import Candidate

SIZE = 320
MARGIN = 32


@dataclass(frozen=True)
class Spot:
    """A corner of the paper by its place in the picture and its number in the table."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """A square of SIZE units, north up; a scale bar of `bar` units is `metres` long."""

    size: int
    parcel: str
    outline: str
    corners: tuple[Spot, ...]
    bar: float
    metres: int


def draw(candidate: Candidate) -> Picture:
    """Draw the parcel and the outline over each other."""
    outline = candidate.outline
    west, south, east, north = shapely.total_bounds([candidate.parcel, outline.shape])
    side = max(east - west, north - south, 1)
    scale = (SIZE - 2 * MARGIN) / side
    left, top = (west + east - side) / 2, (south + north + side) / 2

    def place(x: float, y: float) -> tuple[float, float]:
        return round(MARGIN + (x - left) * scale, 1), round(MARGIN + (top - y) * scale, 1)

    def path(shape: shapely.Geometry) -> str:
        rings = [ring for part in shapely.get_parts(shape) for ring in shapely.get_rings(part)]
        return "".join(
            "M" + "L".join("{} {}".format(*place(*spot)) for spot in shapely.get_coordinates(ring)) + "Z"
            for ring in rings
        )

    metres = max((m for m in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if m <= side / 3), default=1)
    spots = (Spot(number, *place(*point)) for number, point in enumerate(outline.points, start=1))
    return Picture(SIZE, path(candidate.parcel), path(outline.shape), tuple(spots), round(metres * scale, 1), metres)
