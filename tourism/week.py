"""The coming days of a place in words: what people read instead of the syntax of its hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.calendar.days import Calendar
from tourism import schedules
from tourism.preview import by_day, render_day
from tourism.schedules import Key

DAYS: Final = 7


@dataclass(frozen=True, kw_only=True)
class ComingDay:
    """A day with the name of its holiday, "" on others, and what each of the hours asked for says of it."""

    day: date
    holiday: str
    hours: tuple[str, ...]


def describe_week(keys: Sequence[Key], *, first: date, calendar: Calendar, language: str) -> list[ComingDay]:
    """Return seven days from the first on, in the order of `keys`; a night belongs to the day it begins on."""
    known = schedules.spans_ahead(keys, first, DAYS)
    each = [by_day(known[key], first, DAYS) for key in keys]
    return [
        ComingDay(
            day=day,
            holiday=calendar.holiday_name(day, language),
            hours=tuple(render_day(listed[day]) for listed in each),
        )
        for day in each[0]
    ]
