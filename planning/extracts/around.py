"""What lies around a parcel, as the two maps of an extract draw it: the sketch of the page, the map of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import shapely
from pyproj import Transformer

from planning.models import PlanLine
from planning.sql import rows_of
from tiles.models import SURVEY_SRID, TILE_SRID

Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing on the map (EPSG:5899): a use by its code, a plan's line by its kind, a parcel by its number, a road
    or a water by its name."""

    kind: Literal["use", "line", "parcel", "road", "water"]
    text: str
    width_m: float | None
    shape: shapely.Geometry


@dataclass(frozen=True, kw_only=True)
class MapLine:
    """The lines of one kind that a plan draws, as one SVG path, and the kind in words."""

    path: str
    colour: str
    dashes: str
    name: str


# How both maps draw a kind of line: its colour, then dashes and gaps in tenths of a millimetre.
_LOOKS: Mapping[str, tuple[str, tuple[int, ...]]] = {
    PlanLine.Kind.ROAD: ("#b91c1c", (24, 8, 4, 8)),
    PlanLine.Kind.BUILDING: ("#1d4ed8", (18, 9)),
    PlanLine.Kind.CORRIDOR: ("#92400e", (5, 8)),
}


def around(box: Box, *, parcel: int, plan: int | None, neighbours: int, on: date) -> Iterator[Found]:
    """Return what meets a box of EPSG:5899: areas and lines of a plan's edition, parcels of a date but one, roads,
    water."""
    # Not GEOSGeometry.transform: it sets PROJ up anew each time, 35 ms.
    west, south, east, north = _to_tiles().transform_bounds(*box)
    asked = {"west": west, "south": south, "east": east, "north": north}
    rows = rows_of("around", **asked, parcel=parcel, plan=plan, neighbours=neighbours, on=on)
    shapes = shapely.from_wkb([bytes(row.pop("wkb")) for row in rows])
    return (Found(**row, shape=shape) for row, shape in zip(rows, shapes, strict=True))


def map_lines(
    found: Sequence[Found], write: Callable[[list[shapely.Geometry]], str], *, unit: float
) -> Iterator[MapLine]:
    """Yield the lines of each kind as `write` makes a path of shapes; a tenth of a millimetre is `unit` long."""
    for kind, (colour, pattern) in _LOOKS.items():
        shapes = [one.shape for one in found if one.kind == "line" and one.text == kind]
        if shapes and (path := write(shapes)):
            dashes = " ".join(f"{part * unit:g}" for part in pattern)
            yield MapLine(path=path, colour=colour, dashes=dashes, name=str(PlanLine.Kind(kind).label))


@cache
def _to_tiles() -> Transformer:
    return Transformer.from_crs(SURVEY_SRID, TILE_SRID, always_xy=True)
