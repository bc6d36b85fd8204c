"""Opening hours worked out for the coming year: what is open at a moment becomes a question to an index.

This module is the only writer of schedules and their spans. They follow from the texts of live places, the notices on
them and the calendar; a moment they do not cover is judged from the text itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db import transaction

from portal.calendar import CITY_ZONE
from portal.calendar.days import Calendar
from portal.calendar.table import current
from tourism import hours, sql
from tourism.hours import Span, State, Timetable
from tourism.models import HOURS_FIELDS, INSIDE, MAIN, HoursNotice, Place, Schedule
from tourism.prospects import Prospect, foresee
from tourism.sql import add_spans

AHEAD = timedelta(days=366)
BEHIND = timedelta(days=1)
# How far a page looks for what comes next, and for what the office announces.
IN_SIGHT = timedelta(days=15)
ANNOUNCED = timedelta(days=30)


Notices = dict[str, tuple[HoursNotice, ...]]


class Key(NamedTuple):
    """Whose hours: a text that places share (no `place`), or those of one place and kind, notices included."""

    text: str
    place: str = ""
    kind: str = ""


def keys_of(place: Place) -> list[Key]:
    """Return the hours of a place, the main ones first."""
    return [Key(text, place.code, kind) for kind, text in place.schedules.items()]


@transaction.atomic
def work_out(*, on: date) -> int:
    """Work out the hours of live places that are not covered for a year from a date; returns how many were.

    What no live place says any more is forgotten.
    """
    first, last = on - BEHIND, on + AHEAD
    plans = _plans(first)
    covered, stale = set(), []
    for row in Schedule.objects.all():
        key = Key(row.text, row.place, row.kind)
        if key in plans and row.first <= on and row.last >= last:
            covered.add(key)
        else:
            stale.append(row.pk)
    Schedule.objects.filter(pk__in=stale).delete()
    return _write({key: plan for key, plan in plans.items() if key not in covered}, first, last)


@transaction.atomic
def work_out_anew(*, on: date, place: str | None = None) -> int:
    """Work out everything again, as when the calendar changed, or one place when its notices did; returns how many."""
    (Schedule.objects.all() if place is None else Schedule.objects.filter(place=place)).delete()
    return work_out(on=on)


def states(moment: datetime) -> dict[Key, State]:
    """Return what live places are at a moment: for every text they have, and for each that has notices of its own."""
    return _states(_version(), _minute(moment))


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What comes next for hours; by codes of places the notices that hold on the day, and those that begin soon."""

    prospects: dict[Key, Prospect]
    notices: Notices
    announced: Notices
    calendar: Calendar


def look_ahead(wanted: Collection[Key], moment: datetime) -> Outlook:
    """Return what comes next for hours, each named by its text, place and kind; a place's main ones are among them."""
    version = _version()
    known, uncovered = _worked_out(version, _minute(moment))
    asked = {key if key in uncovered else Key(key.text) for key in wanted}
    known = known | _foreseen(asked & uncovered, moment, moment + IN_SIGHT)
    unknown = Prospect(moment=moment, state=State.UNKNOWN)
    coming = {key: known.get(key) or known.get(Key(key.text), unknown) for key in wanted}
    notices, announced = _notices_from(version, moment.astimezone(CITY_ZONE).date())
    return Outlook(
        prospects=_shut_inside(coming, moment), notices=notices, announced=announced, calendar=_calendar(version)
    )


def calendar() -> Calendar:
    """Return the calendar the schedules follow; asked anew only when they were written since."""
    return _calendar(_version())


def spans_ahead(wanted: Collection[Key], first: date, days: int) -> dict[Key, list[Span] | None]:
    """Return when hours are not closed on days from the first on, nights before them too; None: nobody can judge."""
    known = _spans_ahead(_version(), first, days)
    found = {
        key: known[key if key in known else Key(key.text)] for key in wanted if {key, Key(key.text)} & known.keys()
    }
    if left := set(wanted) - found.keys():
        last, is_holiday = first + timedelta(days=days), current().is_holiday
        for key, plan in _with_notices(left).items():
            found[key] = hours.spans(plan, first - BEHIND, last, is_holiday) if plan.readable else None
    return found


# Hours turn on whole minutes, and whatever changes them writes schedules anew: what a process worked out for a minute
# holds for each question of that minute, until the version is another.
Version = tuple[int | None, int]


def _version() -> Version:
    return sql.schedules_version()


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


@lru_cache(maxsize=32)
def _worked_out(version: Version, moment: datetime) -> tuple[dict[Key, Prospect], frozenset[Key]]:
    """Return what is worked out of all schedules at a moment, and those that do not cover it."""
    horizon = moment + IN_SIGHT
    day, last = (one.astimezone(CITY_ZONE).date() for one in (moment, horizon))
    known: dict[Key, Prospect] = {}
    uncovered: set[Key] = set()
    for text, place, kind, readable, covers, state, until, opens, appointment in sql.prospects(
        moment=moment, horizon=horizon, day=day, last=last
    ):
        key = Key(text, place, kind)
        if not readable:
            known[key] = Prospect(moment=moment, state=State.UNKNOWN)
        elif covers:
            until = until if until and until < horizon else None
            state = State(state or State.CLOSED)
            known[key] = Prospect(moment=moment, state=state, until=until, opens=opens, appointment=appointment)
        else:
            uncovered.add(key)
    return known, frozenset(uncovered)


@lru_cache(maxsize=1)
def _calendar(version: Version) -> Calendar:
    return current()


@lru_cache(maxsize=32)
def _states(version: Version, moment: datetime) -> dict[Key, State]:
    known, uncovered = _worked_out(version, moment)
    found = {key: prospect.state for key, prospect in known.items()}
    if uncovered:
        is_holiday = current().is_holiday
        found |= {key: hours.state(plan, moment, is_holiday) for key, plan in _with_notices(uncovered).items()}
    return found


@lru_cache(maxsize=8)
def _spans_ahead(version: Version, first: date, days: int) -> dict[Key, list[Span] | None]:
    last = first + timedelta(days=days)
    begin, end = hours.midnight(first), hours.midnight(last)
    found: dict[Key, list[Span] | None] = {}
    for text, place, kind, readable, since, until, state in sql.spans_between(
        begin=begin, end=end, first=first, last=last
    ):
        spans = found.setdefault(Key(text, place, kind), [] if readable else None)
        if spans is not None and since and until and state:
            spans.append(Span(begin=since.astimezone(CITY_ZONE), end=until.astimezone(CITY_ZONE), state=State(state)))
    return found


@lru_cache(maxsize=8)
def _notices_from(version: Version, day: date) -> tuple[Notices, Notices]:
    """Return the notices that hold on a day, and those that begin within ANNOUNCED after it."""
    holding: Notices = {}
    announced: Notices = {}
    for notice in HoursNotice.objects.standing().not_over(day).filter(first__lte=day + ANNOUNCED):
        found = holding if notice.first <= day else announced
        found[notice.place] = (*found.get(notice.place, ()), notice)
    by_day = {place: tuple(sorted(found, key=lambda one: one.first)) for place, found in announced.items()}
    return holding, by_day


def _foreseen(keys: Collection[Key], moment: datetime, horizon: datetime) -> dict[Key, Prospect]:
    """Return what comes next for hours that are not worked out, from the texts."""
    if not keys:
        return {}
    is_holiday = current().is_holiday
    first, last = moment.astimezone(CITY_ZONE).date() - BEHIND, horizon.astimezone(CITY_ZONE).date()
    return {
        key: foresee(hours.spans(plan, first, last, is_holiday), moment, horizon=horizon)
        for key, plan in _with_notices(keys).items()
    }


def _shut_inside(coming: dict[Key, Prospect], moment: datetime) -> dict[Key, Prospect]:
    """Nobody eats or enters where the doors are shut; a ticket desk may open before them."""
    closed = {key.place for key, one in coming.items() if key.kind == MAIN and one.state is State.CLOSED}
    shut = Prospect(moment=moment, state=State.CLOSED)
    return {key: shut if key.kind in INSIDE and key.place in closed else one for key, one in coming.items()}


def timetable(text: str, kind: str, notices: Iterable[HoursNotice]) -> Timetable:
    """Return a text with what the place's notices say of this kind of hours: closures first, then the latest."""
    mine = sorted(
        (one for one in notices if one.closes or one.kind == kind), key=lambda one: (one.closes, one.pk is None, one.pk)
    )
    return Timetable(text=text, others=tuple((one.first, one.last, one.text or None) for one in mine))


def timetables(places: Iterable[Place]) -> dict[str, dict[str, Timetable]]:
    """Return the hours of places with what notices say of them, by the places' codes and the kind of hours."""
    found: dict[str, dict[str, Timetable]] = defaultdict(dict)
    for key, plan in _with_notices(key for place in places for key in keys_of(place)).items():
        found[key.place][key.kind] = plan
    return found


def _plans(first: date) -> dict[Key, Timetable]:
    """Return the hours of live places: shared texts, and of those with notices from a day on their own."""
    live = Place.objects.published().order_by()  # those whose twin is shown have a page, too
    keys = {
        Key(text)
        for kind, field in HOURS_FIELDS.items()
        for text in live.values_list(field, flat=True).distinct()
        if text or kind == MAIN
    }
    noticed = HoursNotice.objects.standing().not_over(first).values("place")
    for place in live.filter(code__in=noticed):
        keys |= set(keys_of(place))
    return _with_notices(keys)


def _with_notices(keys: Iterable[Key]) -> dict[Key, Timetable]:
    keys = list(keys)
    notices: dict[str, list[HoursNotice]] = defaultdict(list)
    if codes := {key.place for key in keys if key.place}:
        for one in HoursNotice.objects.standing().filter(place__in=codes):
            notices[one.place].append(one)
    return {key: timetable(key.text, key.kind, notices[key.place]) for key in keys}


def _write(plans: dict[Key, Timetable], first: date, last: date) -> int:
    is_holiday = current().is_holiday
    rows = [Schedule(**key._asdict(), first=first, last=last, readable=plan.readable) for key, plan in plans.items()]
    schedules = Schedule.objects.bulk_create(rows)
    spans = [
        (row.pk, one)
        for plan, row in zip(plans.values(), schedules, strict=True)
        for one in hours.spans(plan, first, last, is_holiday)
    ]
    add_spans(
        schedules=[schedule for schedule, _one in spans],
        begins=[one.begin for _schedule, one in spans],
        ends=[one.end for _schedule, one in spans],
        states=[one.state.value for _schedule, one in spans],
    )
    return len(schedules)
