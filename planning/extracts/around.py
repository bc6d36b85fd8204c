"""What lies around a parcel, as the two maps of an extract draw it: the sketch of the page, the map of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import shapely
from django.db import connection
from pyproj import Transformer

from planning.sql import statement
from tiles.models import SURVEY_SRID, TILE_SRID

Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing on the map (EPSG:5899): a use by its code, a parcel by its number, a road or a water by its name."""

    kind: Literal["use", "parcel", "road", "water"]
    text: str
    width_m: float | None
    shape: shapely.Geometry


def around(box: Box, *, parcel: int, plan: int | None, neighbours: int) -> Iterator[Found]:
    """Yield what meets a box of EPSG:5899: areas of a plan's edition, live parcels but one, roads, water."""
    # Not GEOSGeometry.transform: it sets PROJ up anew each time, 35 ms.
    west, south, east, north = _to_tiles().transform_bounds(*box)
    asked = {"west": west, "south": south, "east": east, "north": north}
    with connection.cursor() as cursor:
        cursor.execute(statement("around"), {**asked, "parcel": parcel, "plan": plan, "neighbours": neighbours})
        for kind, text, width_m, wkb in cursor.fetchall():
            yield Found(kind=kind, text=text, width_m=width_m, shape=shapely.from_wkb(bytes(wkb)))


@cache
def _to_tiles() -> Transformer:
    return Transformer.from_crs(SURVEY_SRID, TILE_SRID, always_xy=True)
