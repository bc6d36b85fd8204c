"""When hours let one in on a day, in minutes from its start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from portal.calendar import CITY_ZONE
from tourism import hours
from tourism.days_out.timing import Windows, Wish
from tourism.hours import IsHoliday, State, Timetable
from tourism.models import MAIN

_MINUTE = timedelta(minutes=1)
# What is open without a break into the second night is taken to stay open.
_ENDLESS = 10**6
# Hours of which each has to hold for a visit to begin.
_ENTRY = ("tickets", "last-entry")


def make_wish(plans: Mapping[str, Timetable], *, stay: int, start: datetime, is_holiday: IsHoliday) -> Wish:
    """Return a stop with all its hours, given by kind; of those to enter by, what cannot be judged does not count."""
    windows = find_windows(plans[MAIN], start, is_holiday)
    entries: Windows | None = None
    for kind in _ENTRY:
        found = find_windows(plans[kind], start, is_holiday) if kind in plans else None
        if found is not None:
            entries = found if entries is None else _intersect(entries, found)
    if entries is not None and windows is not None and all(any(_holds(e, w) for e in entries) for w in windows):
        entries = None
    return Wish(stay=stay, windows=windows, entries=entries)


def find_windows(plan: str | Timetable, start: datetime, is_holiday: IsHoliday) -> Windows | None:
    """Return when hours let one in on the day of `start`, in minutes from it; None: nobody knows.

    A night that begins on that day counts whole. Times of which the hours themselves say that nobody knows, or that one
    comes by appointment, count as open: one has to ask there.
    """
    if not (hours.is_readable(plan) if isinstance(plan, str) else plan.readable):
        return None
    day = start.astimezone(CITY_ZONE).date()
    midnight = datetime.combine(day + timedelta(days=1), time(), CITY_ZONE)
    end = midnight + timedelta(days=1)
    windows: list[tuple[int, int]] = []
    for span in hours.spans(plan, day, day + timedelta(days=1), is_holiday):
        if span.begin >= midnight:
            break
        begins = -((start - span.begin) // _MINUTE)
        ends = _ENDLESS if span.end == end else (span.end - start) // _MINUTE
        if windows and windows[-1][1] == begins:
            begins = windows.pop()[0]
        if ends > 0:
            windows.append((begins, ends))
    return tuple(windows)


def find_state(plan: Timetable, begins: datetime, leaves: datetime, is_holiday: IsHoliday) -> State:
    """Return what hours say of a stay: open only when they say so of its beginning and of its last minute."""
    first, last = (hours.state(plan, moment, is_holiday) for moment in (begins, max(begins, leaves - _MINUTE)))
    return last if first is State.OPEN else first


def _intersect(one: Windows, other: Windows) -> Windows:
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((begin, end) for begin, end in pairs if begin < end))


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
