"""The texts of the document's map, in millimetres of the paper: where they stand and which of them find room. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import shapely

# Mean width of a sign and height of a line, as parts of the size.
LETTER, LINE = 0.56, 1.2
ROOM_FOR_NAME_MM = 6
EDGE_MM = 1


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


def labels(wanted: Iterable[Label], *, within: tuple[float, float]) -> Iterator[Label]:
    """Yield the labels that lie on the paper and touch none before them; the most important come first."""
    paper = shapely.box(EDGE_MM, EDGE_MM, within[0] - EDGE_MM, within[1] - EDGE_MM)
    taken: list[shapely.Geometry] = []
    for label in wanted:
        room = _room(label)
        if paper.contains(room) and not any(room.intersects(other) for other in taken):
            taken.append(room)
            yield label


def label_at(shape: shapely.Geometry, text: str, *, size: float, kind: str) -> Label:
    """Return a text within a shape."""
    spot = shapely.point_on_surface(shape)
    return Label(text=text, x=round(spot.x, 2), y=round(spot.y, 2), turn=0, size=size, kind=kind)


def road_labels(roads: Iterable[tuple[str, shapely.Geometry]]) -> Iterator[Label]:
    """Yield one label a name, along the longest straight stretch of it that is seen."""
    by_name: dict[str, tuple[float, tuple[float, float], tuple[float, float]]] = {}
    for name, shape in roads:
        for part in shapely.get_parts(shape) if name else ():
            for start, end in pairwise(part.coords):
                length = math.dist(start, end)
                if length > by_name.get(name, (0.0,))[0]:
                    by_name[name] = (length, start, end)
    for name, (length, start, end) in by_name.items():
        if length >= ROOM_FOR_NAME_MM:
            turn = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
            turn = (turn + 90) % 180 - 90
            yield Label(
                text=name,
                x=round((start[0] + end[0]) / 2, 2),
                y=round((start[1] + end[1]) / 2, 2),
                turn=round(turn, 1),
                size=2.6,
                kind="road",
            )


def _room(label: Label) -> shapely.Geometry:
    flat = shapely.box(label.left, label.top, label.left + label.width, label.top + label.height)
    if not label.turn:
        return flat
    turn = math.radians(label.turn)
    cos, sin = math.cos(turn), math.sin(turn)
    return shapely.transform(
        flat, lambda spots: (spots - (label.x, label.y)) @ [[cos, sin], [-sin, cos]] + (label.x, label.y)
    )
