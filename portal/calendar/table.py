"""The calendar in the database: read once an edit by each process, filled ahead, corrected by people.

This module is the only writer of days. What a person corrected is never filled again.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Count, Max

from portal.calendar import signals
from portal.calendar.days import Calendar, DayKind, Mark, by_law
from portal.calendar.models import Day, DayChange

if TYPE_CHECKING:
    from portal.accounts.models import User

LIBRARY: Final = "Thư viện “holidays” (Việt Nam)"
BEHIND: Final = 1
AHEAD: Final = 4

Number = tuple[int | None, int]
_kept: tuple[Number, Calendar] = ((None, 0), Calendar({}))


def current() -> Calendar:
    """Return the calendar as it is now: one short question, and the whole table only after an edit."""
    global _kept
    number, calendar = _kept
    # The count beside it: of two edits at once, the later number may be seen first.
    latest = DayChange.objects.aggregate(number=Max("pk"), count=Count("pk"))
    now = (latest["number"], latest["count"])
    if now != number:
        calendar = _read()
        _kept = (now, calendar)
    return calendar


def find_days(year: int) -> list[Day]:
    """Return the special days of a year in order; those the table does not hold yet as the library computes them."""
    days = {row.date: row for row in Day.objects.filter(date__year=year).select_related("changed_by")}
    computed = {day: Day(date=day, decision=LIBRARY, **asdict(mark)) for day, mark in by_law(year).items()}
    return [day for _date, day in sorted((computed | days).items())]


def find_day(day: date) -> Day | None:
    """Return what a day is, None for one like any other of which nothing was ever said."""
    return next((one for one in find_days(day.year) if one.date == day), None)


@transaction.atomic
def correct(day: date, *, kind: DayKind, name_vi: str, name_en: str, decision: str, by: User, now: datetime) -> Day:
    """Make a day what a person says it is, and keep who and when."""
    mark = Mark(kind=kind, name_vi=name_vi, name_en=name_en)
    [row] = _write({day: mark}, decision=decision, by=by, now=now)
    return row


@transaction.atomic
def fill(*, on: date, now: datetime) -> int:
    """Bring the years around a date to what the library computes, but for what people corrected; returns how many."""
    years = range(on.year - BEHIND, on.year + AHEAD + 1)
    wanted = {day: mark for year in years for day, mark in by_law(year).items()}
    there = {row.date: row for row in Day.objects.select_for_update().filter(date__year__in=years)}
    for day, row in there.items():
        if day not in wanted and row.kind != DayKind.ORDINARY:
            wanted[day] = Mark(kind=DayKind.ORDINARY, name_vi=row.name_vi, name_en=row.name_en)
    changed = {
        day: mark
        for day, mark in wanted.items()
        if day not in there or (there[day].changed_by_id is None and _mark(there[day]) != mark)
    }
    return len(_write(changed, decision=LIBRARY, by=None, now=now))


def _write(marks: dict[date, Mark], *, decision: str, by: User | None, now: datetime) -> list[Day]:
    if not marks:
        return []
    described = {day: {**asdict(mark), "decision": decision} for day, mark in sorted(marks.items())}
    rows = [Day(date=day, changed_by=by, **values) for day, values in described.items()]
    fields = ["kind", "name_vi", "name_en", "decision", "changed_by"]
    Day.objects.bulk_create(rows, update_conflicts=True, unique_fields=["date"], update_fields=fields)
    DayChange.objects.bulk_create(
        DayChange(day_id=day, moment=now, by=by, **values) for day, values in described.items()
    )
    signals.changed.send(Day, days=tuple(described))
    return rows


def _read() -> Calendar:
    return Calendar({row.date: _mark(row) for row in Day.objects.all()})


def _mark(row: Day) -> Mark:
    return Mark(kind=DayKind(row.kind), name_vi=row.name_vi, name_en=row.name_en)
