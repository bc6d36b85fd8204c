"""The cast of the tests on days out: a street with places on it, in metres from the middle of town."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.gis.geos import Point

from planning.models import Road
from tests.planning import make
from tests.planning.make import EAST, NORTH, line
from tests.tourism.make import make_place
from tiles import revisions
from tourism.models import Place, ReadyRoute, RouteStop

# A Tuesday without a holiday.
TUESDAY = "2026-12-01T08:00"
DAILY = "Mo-Su 07:00-18:00; PH 07:00-18:00"


def make_street(*spots: tuple[float, float], **fields: Any) -> None:
    """Publish one street more."""
    edition = make.make_edition("roads", f"roads-{spots[0][0]}-{spots[0][1]}")
    road = make.make_road(edition, "Trần Phú", line(*spots), **fields)
    # Each street is an edition of its own here, and codes are unique over all live ones.
    Road.objects.filter(pk=road.pk).update(code=f"road-{edition.pk}")
    revisions.grow("roads", by=None, reason="a street", now=datetime.now(UTC))


def make_stop(code: str, east: float, north: float = 0, **fields: Any) -> Place:
    """Return a place so many metres from the middle of town; open daily unless told otherwise."""
    return make_place(code, geom=Point(EAST + east, NORTH + north, srid=5899), **{"opening_hours": DAILY, **fields})


def make_three() -> None:
    """Garden, church and market on one street, 1500 m apart; the market closes at ten."""
    make_street((0, 0), (3000, 0))
    make_stop("garden", 0, name="Vườn hoa", name_en="Flower Garden", category="garden")
    make_stop("church", 1500, name="Nhà thờ", category="church")
    make_stop("market", 3000, name="Chợ", category="market", opening_hours="Mo-Su 05:00-10:00; PH off")


def make_ready(title: str, *codes: str, published: bool = True) -> ReadyRoute:
    """Return a ready-made day."""
    route = ReadyRoute.objects.create(title_vi=title, published=published, mode="motorbike")
    for position, code in enumerate(codes, 1):
        RouteStop.objects.create(route=route, position=position, place=code, stay_minutes=45)
    return route
