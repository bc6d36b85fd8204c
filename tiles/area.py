"""The tiles of an area: which there are and what they weigh, asked by who keeps an area for offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import asinh, pi, radians, tan

from tiles import cache
from tiles.registry import Layer

# From the whole city to the front door; maps enlarge the last.
ZOOMS = (10, 16)
# Of one zoom: the whole city has some 4,000.
MOST_TILES = 4096
# What a tile weighs that was never made, where no other of its layer is known.
_USUAL_BYTES = 2000
_BOX = re.compile(r"-?\d{1,3}(\.\d{1,12})?(,-?\d{1,3}(\.\d{1,12})?){3}", re.ASCII)


Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class AreaTiles:
    """The tiles of a layer's revision that are not known to be empty, as z/x/y, and their weight."""

    revision: int
    tiles: tuple[str, ...]
    bytes: int


def parse_box(text: str) -> Box:
    """Read west,south,east,north in WGS 84 degrees; raises ValueError."""
    if not _BOX.fullmatch(text):
        raise ValueError(text)
    west, south, east, north = map(float, text.split(","))
    # Web Mercator ends at 85°.
    if not (-180 <= west <= east <= 180 and -85 <= south <= north <= 85):
        raise ValueError(text)
    return west, south, east, north


def tiles_at(box: Box, z: int) -> tuple[range, range]:
    """Return the columns and rows of a zoom that touch a box of WGS 84 degrees: west, south, east, north."""
    west, south, east, north = box
    return _between(_column(west, z), _column(east, z), z), _between(_row(north, z), _row(south, z), z)


def is_too_large(box: Box) -> bool:
    """Tell whether a box holds more tiles than one asks for at once."""
    columns, rows = tiles_at(box, ZOOMS[1])
    return len(columns) * len(rows) > MOST_TILES


def find_tiles(layer: Layer, revision: int, box: Box) -> AreaTiles:
    """Return the tiles of a revision in a box; those never made are counted with the mean weight of the others."""
    found = list(_weighed(layer, revision, box))
    weights = [weight for _name, weight in found if weight is not None]
    usual = sum(weights) // len(weights) if weights else _USUAL_BYTES
    return AreaTiles(
        revision=revision,
        tiles=tuple(name for name, _weight in found),
        bytes=sum(usual if weight is None else weight for _name, weight in found),
    )


def _weighed(layer: Layer, revision: int, box: Box) -> Iterator[tuple[str, int | None]]:
    for z in range(max(ZOOMS[0], layer.zooms[0]), min(ZOOMS[1], layer.zooms[1]) + 1):
        columns, rows = tiles_at(box, z)
        complete = cache.is_complete(layer.id, revision, z)
        for x in columns:
            weights = cache.weights(layer.id, revision, z, x)
            for y in rows:
                weight = weights.get(y, 0 if complete else None)
                if weight != 0:
                    yield f"{z}/{x}/{y}", weight


def _between(first: float, last: float, z: int) -> range:
    most = (1 << z) - 1
    return range(max(0, min(most, int(first))), max(0, min(most, int(last))) + 1)


def _column(lon: float, z: int) -> float:
    return (lon + 180) / 360 * (1 << z)


def _row(lat: float, z: int) -> float:
    return (1 - asinh(tan(radians(lat))) / pi) / 2 * (1 << z)
