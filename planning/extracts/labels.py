"""The texts of the document's map, in millimetres of the paper: where they stand and which of them find room. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import shapely

# Mean width of a sign and height of a line, as parts of the size.
LETTER, LINE = 0.56, 1.2
ROOM_FOR_NAME_MM = 6
EDGE_MM = 1
PLACES_OF_A_USE = 5

Spot = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Label:
    """A text at a place, turned by degrees; `kind` is parcel, road, use or neighbour."""

    text: str
    x: float
    y: float
    turn: float
    size: float
    kind: str

    @property
    def width(self) -> float:
        """The room the text takes."""
        return round(len(self.text) * self.size * LETTER, 2)

    @property
    def height(self) -> float:
        """The room the text takes."""
        return round(self.size * LINE, 2)

    @property
    def left(self) -> float:
        """The edge of its room before it is turned."""
        return round(self.x - self.width / 2, 2)

    @property
    def top(self) -> float:
        """The edge of its room before it is turned."""
        return round(self.y - self.height / 2, 2)


def labels(
    wanted: Iterable[Iterable[Label]], *, within: tuple[float, float], taken: Iterable[shapely.Geometry] = ()
) -> Iterator[Label]:
    """Yield of each text the first place that lies on the paper and touches nothing; the most important come first."""
    paper = shapely.box(EDGE_MM, EDGE_MM, within[0] - EDGE_MM, within[1] - EDGE_MM)
    rooms = list(taken)
    for places in wanted:
        for label in places:
            room = _room(label)
            if paper.contains(room) and not any(room.intersects(other) for other in rooms):
                rooms.append(room)
                yield label
                break


def label_at(shape: shapely.Geometry, text: str, *, size: float, kind: str) -> Label:
    """Return a text where a shape is widest."""
    spot = shapely.get_point(shapely.maximum_inscribed_circle(_areas(shape), tolerance=EDGE_MM), 0)
    return Label(text=text, x=round(spot.x, 2), y=round(spot.y, 2), turn=0, size=size, kind=kind)


def labels_in(shape: shapely.Geometry, text: str, *, size: float, kind: str) -> Iterator[Label]:
    """Yield places of a text in a shape: where it is widest, then where what is left of it is."""
    left = _areas(shape)
    for _ in range(PLACES_OF_A_USE):
        if left.is_empty:
            return
        label = label_at(left, text, size=size, kind=kind)
        yield label
        left = left.difference(shapely.Point(label.x, label.y).buffer(label.width))


def road_labels(roads: Iterable[tuple[str, shapely.Geometry]]) -> Iterator[list[Label]]:
    """Yield the places of each name: along the straight stretches of it that are seen, the longest first."""
    stretches: dict[str, list[tuple[float, Spot, Spot]]] = defaultdict(list)
    for name, shape in roads:
        for part in shapely.get_parts(shape) if name else ():
            stretches[name] += [(math.dist(start, end), start, end) for start, end in pairwise(part.coords)]
    for name, found in stretches.items():
        longest = sorted(found, reverse=True)
        yield [_along(name, start, end) for length, start, end in longest if length >= ROOM_FOR_NAME_MM]


def _along(name: str, start: Spot, end: Spot) -> Label:
    turn = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    return Label(
        text=name,
        x=round((start[0] + end[0]) / 2, 2),
        y=round((start[1] + end[1]) / 2, 2),
        turn=round((turn + 90) % 180 - 90, 1),
        size=2.6,
        kind="road",
    )


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the areas of a shape; what is cut at the edge of the paper may hold lines and points too."""
    return shapely.make_valid(shape).buffer(0)


def _room(label: Label) -> shapely.Geometry:
    flat = shapely.box(label.left, label.top, label.left + label.width, label.top + label.height)
    if not label.turn:
        return flat
    turn = math.radians(label.turn)
    cos, sin = math.cos(turn), math.sin(turn)
    return shapely.transform(
        flat, lambda spots: (spots - (label.x, label.y)) @ [[cos, sin], [-sin, cos]] + (label.x, label.y)
    )
