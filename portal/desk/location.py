"""Where a report is: the survey system, the public grid, the ward of today."""

import math
from datetime import date
from typing import Any, Final

from django.contrib.gis.geos import Point

from tiles.models import SURVEY_SRID
from tiles.registry import find_layer

GRID_M: Final = 100


def to_survey(lon: float, lat: float) -> Point:
    """Return a WGS 84 point in EPSG:5899."""
    point = Point(lon, lat, srid=4326)
    point.transform(SURVEY_SRID)
    return point


def snap(point: Point) -> Point:
    """Return the centre of the 100 m cell an EPSG:5899 point lies in: the only place the public learns."""
    x, y = (math.floor(value / GRID_M) * GRID_M + GRID_M / 2 for value in (point.x, point.y))
    return Point(x, y, srid=SURVEY_SRID)


def ward_at(lon: float, lat: float, *, on: date) -> str:
    """Return the code of the ward in force at a WGS 84 point, "" when there is none."""
    wards = _wards()
    if wards is None:
        return ""
    return wards.at(lon, lat).in_force(on=on).values_list("code", flat=True).first() or ""


def in_city(lon: float, lat: float, *, on: date) -> bool:
    """Tell whether a WGS 84 point lies in a ward in force; every point does while no wards are published."""
    wards = _wards()
    return bool(ward_at(lon, lat, on=on)) or wards is None or not wards.live().exists()


def wards_in_force(*, on: date) -> list[tuple[str, str]]:
    """Return code and name of every ward in force, by name."""
    wards = _wards()
    return list(wards.live().in_force(on=on).order_by("name").values_list("code", "name")) if wards is not None else []


def _wards() -> Any:
    layer = find_layer("wards")
    return layer.rows.objects.all() if layer else None
