"""What the register holds, in numbers: each counted on asking, none typed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from portal.calendar import CITY_ZONE
from tiles import revisions
from tiles.registry import find_layer
from tourism.hours import State
from tourism.models import Category, Place

# A place nobody looked at for longer counts as not verified.
FRESH = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Places of one group or kind, or of all: how many, and of how many something is known."""

    code: str
    name: str
    places: int
    verified: int
    with_hours: int
    open_now: int
    by_appointment_now: int
    unknown_now: int

    @property
    def verified_percent(self) -> float:
        """The share a person looked at within a year, in percent."""
        return 100 * self.verified / self.places if self.places else 0


@dataclass(frozen=True, kw_only=True)
class GroupCounts(Counts):
    """A group with its kinds."""

    kinds: tuple[Counts, ...]


@dataclass(frozen=True, kw_only=True)
class WardCounts:
    """Places in one ward, by group's code."""

    code: str
    name: str
    places: int
    groups: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The register at a moment; `outside` are places in no ward of the day."""

    moment: datetime
    total: Counts
    groups: tuple[GroupCounts, ...]
    wards: tuple[WardCounts, ...]
    outside: int


def count_places(*, now: datetime, language: str) -> Figures:
    """Count the live places of the register by group, kind and ward, and what is open at a moment."""
    day = now.astimezone(CITY_ZONE).date()
    rows = list(
        Place.objects.live()
        .of_register()
        .with_state(now)
        .with_last_verified()
        .order_by()
        .values("group", "category")
        .annotate(
            places=Count("pk"),
            verified=Count("pk", filter=Q(last_verified__gte=day - FRESH)),
            with_hours=Count("pk", filter=~Q(opening_hours="")),
            open_now=Count("pk", filter=Q(state=State.OPEN)),
            by_appointment_now=Count("pk", filter=Q(state=State.APPOINTMENT)),
            unknown_now=Count("pk", filter=Q(state=State.UNKNOWN)),
        )
    )
    wards = _count_by_ward(_revision("places"), _revision("wards"), day)
    return Figures(
        moment=now,
        total=Counts(code="", name="", **_sum(rows)),
        groups=tuple(_groups(rows, language)),
        wards=tuple(ward for ward in wards if ward.code),
        outside=sum(ward.places for ward in wards if not ward.code),
    )


def _groups(rows: list[dict[str, Any]], language: str) -> Iterator[GroupCounts]:
    categories = Category.objects.in_bulk()
    names = {code: category.name(language) for code, category in categories.items()}
    for group in dict.fromkeys(
        row["group"] for row in sorted(rows, key=lambda row: _position(categories, row["group"]))
    ):
        own = [row for row in rows if row["group"] == group]
        kinds = tuple(
            Counts(code=row["category"], name=names.get(row["category"], row["category"]), **_sum([row]))
            for row in sorted(own, key=lambda row: (-row["places"], row["category"]))
        )
        yield GroupCounts(code=group, name=names.get(group, group), kinds=kinds, **_sum(own))


def _position(categories: dict[str, Category], code: str) -> tuple[int, str]:
    return (categories[code].position if code in categories else 99, code)


def _sum(rows: list[dict[str, Any]]) -> dict[str, int]:
    names = ("places", "verified", "with_hours", "open_now", "by_appointment_now", "unknown_now")
    return {name: sum(row[name] for row in rows) for name in names}


def _revision(layer_id: str) -> int | None:
    current = revisions.current(layer_id)
    return current.pk if current else None


# Thousands of points in polygons of thousands of corners take half a second; they change when something is published.
@lru_cache(maxsize=4)
def _count_by_ward(places: int | None, wards: int | None, on: date) -> list[WardCounts]:
    layer = find_layer("wards")
    if layer is None:
        return []
    units: Any = layer.rows.objects.live()
    standing = units.in_force(on=on)
    around = standing.filter(shape__intersects=OuterRef("shape")).order_by("code").values("code")[:1]
    found = Place.objects.live().of_register().order_by().annotate(ward=Subquery(around)).values_list("ward", "group")
    groups: dict[str, Counter[str]] = {code: Counter() for code in standing.values_list("code", flat=True)}
    for ward, group in found:
        groups.setdefault(ward or "", Counter())[group] += 1
    names = dict(standing.values_list("code", "name"))
    return [
        WardCounts(code=code, name=names.get(code, ""), places=counts.total(), groups=dict(counts))
        for code, counts in sorted(groups.items(), key=lambda one: (-one[1].total(), one[0]))
    ]
