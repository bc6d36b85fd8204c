"""The little map of an extract as values an SVG can draw: the parcel, its neighbours and the zones around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from planning.extracts.around import MapLine, around, map_lines
from planning.extracts.extract import Extract
from planning.extracts.summary import find_leading
from planning.lookup import ParcelFacts
from planning.uses import colour_of, system_of

# The parcel fills about half the picture.
MARGIN = 0.5
SIZE = 320
NEIGHBOURS = 300
# A tenth of a millimetre when the picture is as wide as a phone.
DASH_UNIT = 0.4
# Letters nearer to the edge of the picture than this would be cut.
EDGE = 14


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
    """A square picture of SIZE units; north is up. `metres` is the length of the scale bar of `bar` units.

    Neighbours and roads are one path each: they look alike, and one is written far faster than a hundred.
    """

    size: int
    zones: tuple[Drawn, ...]
    parcels: str
    roads: str
    lines: tuple[MapLine, ...]
    parcel: str
    bar: float
    metres: int


def sketch(parcel: ParcelFacts, extract: Extract) -> Sketch:
    """Draw a parcel with the zones of the most detailed plan that concerns it."""
    outline = shapely.from_wkb(parcel.outline)
    frame = _Frame(outline)
    plan = find_leading(extract.answers)
    system = system_of("land-use" if plan and plan.theme == "land-use" else "zones")
    edition = plan.edition.edition if plan and plan.edition else None
    found = list(around(frame.box, parcel=parcel.pk, plan=edition, neighbours=NEIGHBOURS))
    return Sketch(
        size=SIZE,
        zones=tuple(
            drawn
            for one in found
            if one.kind == "use"
            for drawn in frame.draw(one.shape, fill=colour_of(system, one.text), label=one.text)
        ),
        parcels=frame.path(frame.clip([one.shape for one in found if one.kind == "parcel"])),
        roads=frame.path(frame.clip([one.shape for one in found if one.kind == "road"])),
        lines=tuple(map_lines(found, lambda shapes: frame.path(frame.clip(shapes)), unit=DASH_UNIT)),
        parcel=frame.path([outline]),
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
        within = side / 2 - EDGE / self.scale
        self._within_edge = (x - within, y - within, x + within, y + within)
        # The longest round length that fits a third of the picture.
        self.bar_m = max((m for m in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if m <= side / 3), default=1)

    def draw(self, shape: shapely.Geometry, *, fill: str, label: str) -> list[Drawn]:
        """Return what of a shape lies in the square; empty when nothing does."""
        [inside] = self.clip([shape])
        if inside.is_empty:
            return []
        path = self.path([inside])
        lettered = shapely.clip_by_rect(inside, *self._within_edge)
        if lettered.is_empty:
            return [Drawn(path=path, fill=fill)]
        [[x, y]] = self._place(shapely.get_coordinates(shapely.point_on_surface(lettered)))
        return [Drawn(path=path, fill=fill, label=label, x=x, y=y)]

    def clip(self, shapes: Sequence[shapely.Geometry]) -> Sequence[shapely.Geometry]:
        """Return what of each shape lies in the square."""
        return shapely.clip_by_rect(shapes, *self.box)

    def path(self, shapes: Sequence[shapely.Geometry]) -> str:
        """Return lines and the rings of areas as one SVG path, all at once: a shape at a time is three times slower."""
        parts = shapely.get_parts(shapes)
        areas = shapely.get_dimensions(parts) == 2
        lines = [*shapely.get_rings(parts[areas]), *parts[~areas]]
        spots, line_of = shapely.get_coordinates(lines, return_index=True)
        starts = np.diff(line_of, prepend=-1).tolist()
        return "".join(
            f"{'M' if start else 'L'}{x:g} {y:g}" for start, (x, y) in zip(starts, self._place(spots), strict=True)
        )

    def _place(self, spots: np.ndarray) -> list[list[float]]:
        metres = spots - (self.box[0], self.box[3])
        places: list[list[float]] = (metres * (self.scale, -self.scale)).round(1).tolist()
        return places
