"""The coming days of a place in words: what people read instead of the syntax of its hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from portal.calendar.days import Calendar
from tourism import schedules
from tourism.cards import Told
from tourism.hours import Timetable
from tourism.models import INSIDE, HoursNotice
from tourism.preview import by_day, hours_by_day, render_day
from tourism.schedules import Key

DAYS: Final = 7


@dataclass(frozen=True, kw_only=True)
class ComingDay:
    """A day with the name of its holiday, "" on others, and what each of the hours asked for says of it."""

    day: date
    holiday: str
    hours: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """A closure to come, or other hours with `hours` as (first day, last day, words) of their first week."""

    told: Told
    hours: tuple[tuple[date, date, str], ...]


def describe_announced(announced: Iterable[Told], *, calendar: Calendar) -> list[Announcement]:
    """Return what is announced with other hours in words; equal days that follow one another are one."""
    return [
        Announcement(told=told, hours=() if told.notice.closes else tuple(_in_words(told.notice, calendar)))
        for told in announced
    ]


def _in_words(notice: HoursNotice, calendar: Calendar) -> Iterator[tuple[date, date, str]]:
    days = DAYS if notice.last is None else min(DAYS, (notice.last - notice.first).days + 1)
    each = hours_by_day(Timetable(text=notice.text), notice.first, days, calendar)
    for words, group in groupby(each, key=lambda day: render_day(each[day])):
        equal = list(group)
        yield equal[0], equal[-1], words


def describe_week(keys: Sequence[Key], *, first: date, calendar: Calendar, language: str) -> list[ComingDay]:
    """Return seven days from the first on, in the order of `keys`, main ones first; nights with their first day."""
    known = schedules.spans_ahead(keys, first, DAYS)
    each = [by_day(known[key], first, DAYS) for key in keys]
    return [
        ComingDay(
            day=day,
            holiday=calendar.holiday_name(day, language),
            hours=tuple(
                # Nobody eats or enters on a day the doors are shut.
                render_day([] if key.kind in INSIDE and not each[0][day] else listed[day])
                for key, listed in zip(keys, each, strict=True)
            ),
        )
        for day in each[0]
    ]
