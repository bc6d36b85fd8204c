"""Finding places: one filter for the page and the API, and pages of it that hold over a publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from shapely import MultiPolygon

from portal.calendar import CITY_ZONE
from portal.text import fold
from tiles.registry import get_layer
from tourism import sql
from tourism.changes import changed_since
from tourism.cursors import Cursor, Order
from tourism.models import HOURS_FIELDS, Place
from tourism.querysets import OpenThen, PlaceQuerySet, here_as_text, open_then

# Of the orders that measure: the measure, how it runs, what lies beyond one.
_KEYS = {
    "distance": ("distance_m", "distance_m", "distance_m__gt"),
    "likeness": ("likeness", "-likeness", "likeness__lt"),
}


@dataclass(frozen=True, kw_only=True)
class PlaceFilter:
    """Which places are asked for; degrees are WGS 84, boxes west, south, east, north."""

    bbox: tuple[float, float, float, float] | None = None
    near: tuple[float, float] | None = None
    within_m: float | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    stars: tuple[int, ...] = ()
    open_at: datetime | None = None
    unknown_hours: bool = False
    wheelchair: str = ""
    price_max_vnd: int | None = None
    area: MultiPolygon | None = None
    ward: str = ""
    updated_since: datetime | None = None

    @property
    def order(self) -> Order:
        """What pages of a list go by: distance from a point, likeness to a text; changes are followed by code."""
        if self.near:
            return "distance"
        return "likeness" if self.text and not self.updated_since else "code"


def find_places(asked: PlaceFilter, *, now: datetime) -> PlaceQuerySet:
    """Return the live places asked for, as of `now`: by distance, else by likeness to the text, else by name."""
    found: PlaceQuerySet = Place.objects.live().order_by("name", "code")
    if asked.categories:
        found = found.in_category(*asked.categories)
    if asked.tags:
        found = found.tagged(*asked.tags)
    if asked.stars:
        found = found.filter(stars__in=asked.stars).exclude(stars_until__lt=now.astimezone(CITY_ZONE).date())
    if asked.wheelchair:
        found = found.with_access(partly=asked.wheelchair == "limited")
    if asked.price_max_vnd is not None:
        found = found.filter(price_from_vnd__lte=asked.price_max_vnd)
    if asked.bbox:
        found = found.in_bbox(*asked.bbox)
    if asked.area:
        found = found.in_area(asked.area)
    if asked.ward:
        wards = get_layer("wards").rows.objects.live()
        found = found.filter(Exists(wards.filter(code=asked.ward, shape__intersects=OuterRef("shape"))))
    if asked.updated_since:
        found = found.filter(code__in=changed_since(asked.updated_since))
    if asked.open_at:
        found = found.open_at(asked.open_at, unknown=asked.unknown_hours)
    if asked.text:
        found = found.matching(asked.text).by_likeness(fold(asked.text))
    if asked.near:
        found = found.near(*asked.near, within_m=asked.within_m)
    return found


class Listed(NamedTuple):
    """A place of a list: its metres or likeness where the list goes by it; its hours in the order of `HOURS_FIELDS`."""

    pk: int
    code: str
    measure: float | None
    hours: Sequence[str]


def listed(places: PlaceQuerySet, *, order: Order = "code") -> list[Listed]:
    """Return places as they are listed in an order."""
    measure = _KEYS[order][:1] if order in _KEYS else ()
    rows = places.values_list("pk", "code", *measure, *HOURS_FIELDS.values())
    return [Listed(row[0], row[1], row[2] if measure else None, row[2 + len(measure) :]) for row in rows]


def find_page(asked: PlaceFilter, cursor: Cursor | None, *, limit: int, now: datetime) -> list[Listed]:
    """Return at most `limit` of the live places asked for, as of `now`, from `cursor` on, in the order asked for."""
    by_kind = replace(asked, categories=(), within_m=None, open_at=None, unknown_hours=False)
    if asked.near and asked.categories and by_kind == PlaceFilter(near=asked.near):
        return _find_nearest(asked, asked.near, cursor, limit=limit)
    return listed(after(find_places(asked, now=now), cursor, order=asked.order)[:limit], order=asked.order)


def _find_nearest(asked: PlaceFilter, near: tuple[float, float], cursor: Cursor | None, *, limit: int) -> list[Listed]:
    # What is asked most, what is open near me: to build this question anew takes longer than all else of the answer.
    then = open_then(asked.open_at, unknown=asked.unknown_hours) if asked.open_at else OpenThen()
    rows = sql.nearest(
        kinds=list(asked.categories),
        here=here_as_text(*near),
        within_m=asked.within_m,
        after_m=cursor.key if cursor else None,
        after=cursor.code if cursor else "",
        limit=limit,
        **then._asdict(),
    )
    return [Listed(*row) for row in rows]


def after(found: PlaceQuerySet, cursor: Cursor | None, *, order: Order) -> PlaceQuerySet:
    """Return what follows `cursor` in a total order that no new edition disturbs: alike things stand by code."""
    if order not in _KEYS:
        found = found.order_by("code")
        return found.filter(code__gt=cursor.code) if cursor else found
    key, ordering, beyond = _KEYS[order]
    found = found.order_by(ordering, "code")
    if cursor is None:
        return found
    return found.filter(Q((beyond, cursor.key)) | Q((key, cursor.key), code__gt=cursor.code))


def find_retired(code: str) -> Place | None:
    """Return a place that was published under this code and is no more."""
    return Place.objects.filter(code=code, live=False, edition__state="retired").order_by("-edition_id").first()


def find_ever(code: str) -> Place | None:
    """Return the published place of this code, also one that its twin stands for, or else the retired one."""
    return Place.objects.published().select_related("edition").filter(code=code).first() or find_retired(code)
