"""The little map of an extract as values an SVG can draw: the parcel, its neighbours and the zones around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from planning.extracts.around import MapLine, around, map_lines
from planning.extracts.extract import Extract
from planning.extracts.summary import find_leading
from planning.lookup import ParcelFacts
from planning.outlines import Shapes
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
    """Draw a parcel with the zones of the plan that leads there."""
    outline = shapely.from_wkb(parcel.outline)
    frame = _Frame(outline)
    plan = find_leading(extract.answers)
    system = system_of("land-use" if plan and plan.theme == "land-use" else "zones")
    edition = plan.edition.edition if plan and plan.edition else None
    found = list(around(frame.box, parcel=parcel.pk, plan=edition, neighbours=NEIGHBOURS, on=extract.on))
    shapes = frame.clip([*(one.shape for one in found), outline])
    *paths, own = frame.paths(shapes)
    uses = [number for number, one in enumerate(found) if one.kind == "use" and paths[number]]
    return Sketch(
        size=SIZE,
        zones=tuple(
            Drawn(path=paths[number], fill=colour_of(system, found[number].text), **place)
            for number, place in zip(uses, frame.letters(shapes[uses], [found[u].text for u in uses]), strict=True)
        ),
        parcels="".join(path for one, path in zip(found, paths, strict=True) if one.kind == "parcel"),
        roads="".join(path for one, path in zip(found, paths, strict=True) if one.kind == "road"),
        lines=tuple(map_lines(found, lambda lines: "".join(frame.paths(frame.clip(lines))), unit=DASH_UNIT)),
        parcel=own,
        bar=round(frame.bar_m * frame.scale, 1),
        metres=frame.bar_m,
    )


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """Parcels of before with their numbers, and those of today on the same ground as one path."""

    size: int
    then: tuple[Drawn, ...]
    now: str
    bar: float
    metres: int


def outlines(then: Mapping[str, bytes], now: Sequence[bytes]) -> Outlines:
    """Draw outlines of before, by the text each carries, over those of today."""
    shapes = shapely.from_wkb([*then.values(), *now])
    frame = _Frame(shapely.geometrycollections(shapes))
    paths, before = frame.paths(shapes), shapes[: len(then)]
    letters = frame.letters(before, list(then))
    return Outlines(
        size=SIZE,
        then=tuple(Drawn(path=path, **place) for path, place in zip(paths, letters, strict=False)),
        now="".join(paths[len(then) :]),
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

    def clip(self, shapes: Sequence[shapely.Geometry]) -> Shapes:
        """Return what of each shape lies in the square."""
        clipped: Shapes = shapely.clip_by_rect(np.array(shapes, dtype=object), *self.box)
        return clipped

    def paths(self, shapes: Shapes) -> list[str]:
        """Return the lines and rings of each shape as an SVG path, "" for an empty one.

        All at once: a shape at a time takes several times as long.
        """
        parts, shape_of = shapely.get_parts(shapes, return_index=True)
        areas = shapely.get_dimensions(parts) == 2
        rings, area_of = shapely.get_rings(parts[areas], return_index=True)
        lines = np.concatenate([rings, parts[~areas]])
        owners = np.concatenate([shape_of[areas][area_of], shape_of[~areas]])
        spots, line_of = shapely.get_coordinates(lines, return_index=True)
        starts = np.diff(line_of, prepend=-1).tolist()
        written: list[list[str]] = [[] for _ in shapes]
        for owner, start, (x, y) in zip(owners[line_of].tolist(), starts, self._place(spots), strict=True):
            written[owner].append(f"{'M' if start else 'L'}{x:g} {y:g}")
        return ["".join(one) for one in written]

    def letters(self, shapes: Shapes, texts: Sequence[str]) -> list[Mapping[str, Any]]:
        """Return label, x and y of each area: inside what is shown of it and not cut by the edge, else nothing."""
        free = shapely.clip_by_rect(shapes, *self._within_edge)
        places = iter(self._place(shapely.get_coordinates(shapely.point_on_surface(free[~shapely.is_empty(free)]))))
        return [
            {} if empty else dict(zip(("label", "x", "y"), (text, *next(places)), strict=True))
            for text, empty in zip(texts, shapely.is_empty(free), strict=True)
        ]

    def _place(self, spots: np.ndarray) -> list[list[float]]:
        metres = spots - (self.box[0], self.box[3])
        places: list[list[float]] = (metres * (self.scale, -self.scale)).round(1).tolist()
        return places
