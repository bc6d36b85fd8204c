"""All notices on hours together: what is closed or has other hours now, and what will, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from tourism.models import HOURS_KINDS, Category, HoursNotice, Place

AHEAD = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A notice with its place, in the reader's language or in the one there is."""

    notice: HoursNotice
    code: str
    name: str
    name_language: str
    kind: str
    # Which hours are other ones; "" where the place is closed.
    hours: str
    reason: str
    reason_language: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What holds today, by place, and what begins on each day to come."""

    today: list[Entry]
    coming: list[tuple[date, list[Entry]]]


def find_standing(*, on: date, language: str) -> Standing:
    """Return the notices on live places that hold on a day or begin within AHEAD of it, in "vi" or "en"."""
    notices = list(HoursNotice.objects.standing().not_over(on).filter(first__lte=on + AHEAD))
    places = {place.code: place for place in Place.objects.live().filter(code__in={one.place for one in notices})}
    kinds = Category.objects.in_bulk()

    def entries(chosen: Iterable[HoursNotice]) -> list[Entry]:
        found = [_entry(one, places[one.place], kinds, language) for one in chosen if one.place in places]
        return sorted(found, key=lambda one: (one.name, one.code, one.notice.pk))

    later = sorted((one for one in notices if one.first > on), key=lambda one: one.first)
    return Standing(
        today=entries(_strongest(one for one in notices if one.first <= on)),
        coming=[(day, found) for day, group in groupby(later, lambda one: one.first) if (found := entries(group))],
    )


def _strongest(notices: Iterable[HoursNotice]) -> list[HoursNotice]:
    """Leave out what another notice overrules: a closure beats corrections, a later one an earlier one."""
    latest = {(one.place, one.kind): one for one in notices}
    closed = {one.place for one in latest.values() if one.closes}
    return [one for one in latest.values() if one.closes or one.place not in closed]


def _entry(notice: HoursNotice, place: Place, kinds: dict[str, Category], language: str) -> Entry:
    name, name_language = place.name_in(language)
    reason, reason_language = notice.reason_in(language)
    return Entry(
        notice=notice,
        code=place.code,
        name=name,
        name_language=name_language,
        kind=kinds[place.category].name(language) if place.category in kinds else place.category,
        hours="" if notice.closes else str(dict(HOURS_KINDS)[notice.kind]),
        reason=reason,
        reason_language=reason_language,
    )
