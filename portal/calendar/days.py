"""What a day is in the city: a public holiday, a day off observed for one, a day that offices work instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from holidays.countries import Vietnam


class DayKind(StrEnum):
    """What a day of the calendar is."""

    HOLIDAY = "holiday"
    # A working day off, because the holiday falls on a weekend or the day was exchanged for another.
    OBSERVED = "observed"
    # A day of the weekend that offices work.
    MAKE_UP = "make-up"
    # A day the city's offices are closed for a reason of their own.
    OFFICE_CLOSED = "office-closed"
    # A day like any other, whatever a computation says.
    ORDINARY = "ordinary"


_FREE = {DayKind.HOLIDAY, DayKind.OBSERVED}
_SATURDAY = 5
_MONTH_FIRST = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What one day is and what it is called."""

    kind: DayKind
    name_vi: str
    name_en: str


class Calendar:
    """The special days of the table; a day it does not hold, as of years to come, is what the library computes."""

    def __init__(self, marks: Mapping[date, Mark]) -> None:
        self._marks = marks

    def mark(self, day: date) -> Mark | None:
        """Return what is special about a day, None for a day like any other."""
        found = self._marks.get(day) or by_law(day.year).get(day)
        return None if found is None or found.kind == DayKind.ORDINARY else found

    def is_holiday(self, day: date) -> bool:
        """Tell whether a day is a public holiday or the day off observed for one: PH of opening hours."""
        found = self.mark(day)
        return found is not None and found.kind in _FREE

    def holiday_name(self, day: date, language: str) -> str:
        """Return what a public holiday is called in "vi" or "en", "" on other days."""
        found = self.mark(day)
        if found is None or found.kind not in _FREE:
            return ""
        return found.name_en if language == "en" and found.name_en else found.name_vi

    def is_working_day(self, day: date) -> bool:
        """Tell whether the city's offices work the whole day. Saturday mornings are no working day of a deadline."""
        found = self.mark(day)
        if found is not None:
            return found.kind == DayKind.MAKE_UP
        return day.weekday() < _SATURDAY

    def working_days_after(self, day: date, count: int) -> date:
        """Return the last of the `count` working days that follow a day: a deadline given in working days."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day


@lru_cache(maxsize=64)
def by_law(year: int) -> dict[date, Mark]:
    """Return the days of a year as the library computes them: lunar and observed ones, exchanges it knows of."""
    vi, en = Vietnam(years=year, language="vi"), Vietnam(years=year, language="en_US")
    proper = Vietnam(years=year, observed=False)
    marks = {
        day: Mark(kind=DayKind.MAKE_UP, name_vi="Ngày làm bù", name_en="Make-up working day")
        for day in vi.weekend_workdays
        if day.year == year
    }
    for day, name_vi in vi.items():
        exchanged = en[day].startswith("Day off")
        kind = DayKind.HOLIDAY if day in proper and not exchanged else DayKind.OBSERVED
        # The library's English writes the month first.
        name_en = _MONTH_FIRST.sub(r"\2/\1/\3", en[day])
        marks[day] = Mark(kind=kind, name_vi=name_vi, name_en=name_en)
    return marks
