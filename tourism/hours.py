"""Opening hours: OpenStreetMap's opening_hours text and a moment → open, closed, by appointment or unknown.

The library knows the grammar, but neither the lunar holidays nor that a night belongs to the day it began on: it cuts
a night short when the next day has a rule of its own. So every question is put for one day: `PH` becomes the weekday
of a day that is a public holiday by the city's calendar, nights end at midnight, and what lasts beyond is asked of
the day before. A rule that does not name `PH` holds on public holidays too, as the grammar has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]
from opening_hours import State as Said

from portal.calendar import CITY_ZONE
from tourism.open_ends import end_hours

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_QUOTED = re.compile(r'("[^"]*")')
_QUOTED_OR_ELSE = re.compile(r'("[^"]*")|\|\|')
_HOLIDAY = re.compile(r"\bPH\b")
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
# School holidays and days counted from a holiday: no calendar of ours has them.
_BEYOND_US = re.compile(r"\bSH\b|\bPH\s*[-+]\s*\d")
_APPOINTMENT = re.compile(r"appointment|reservation|booking|hẹn|đặt (trước|chỗ|lịch)", re.IGNORECASE)
_COLUMN = re.compile(r"--> 1:(\d+)")
# Sunrise and sunset at Hồ Xuân Hương (latitude, longitude).
_CITY = (11.94, 108.44)
_DAY = 24 * 60
_LAST_MINUTE = "23:59-24:00"

IsHoliday = Callable[[date], bool]


class State(StrEnum):
    """What a place is at a moment."""

    OPEN = "open"
    CLOSED = "closed"
    # Open to those who asked before.
    APPOINTMENT = "appointment"
    UNKNOWN = "unknown"

    @property
    def open(self) -> bool | None:
        """True, false, or None: nobody can say."""
        return {State.OPEN: True, State.CLOSED: False}.get(self)


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """The text that holds on each day, None on a day the place is closed all day, whatever a night before says.

    `others` are (first, last, text) instead of `text`, the later ones before the earlier; a last day of None is open.
    """

    text: str
    others: tuple[tuple[date, date | None, str | None], ...] = ()

    def on(self, day: date) -> str | None:
        """Return the text that holds on a day."""
        for first, last, text in reversed(self.others):
            if first <= day and (last is None or day <= last):
                return text
        return self.text

    @property
    def readable(self) -> bool:
        """Tell whether anything can be said of it: other text on some days leaves the rest unknown, not unsaid."""
        return bool(self.others) or is_readable(self.text)


@dataclass(frozen=True, kw_only=True)
class Span:
    """From `begin` to before `end` a place is in a state that is not closed."""

    begin: datetime
    end: datetime
    state: State = State.OPEN


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What cannot be read: where it begins, counted from 1, and the text from there on."""

    position: int
    rest: str


def state(plan: str | Timetable, moment: datetime, is_holiday: IsHoliday) -> State:
    """Return what a place with these hours is at an aware moment."""
    plan = Timetable(text=plan) if isinstance(plan, str) else plan
    local = moment.astimezone(CITY_ZONE)
    yesterday = local - timedelta(days=1)
    text, before = _on(plan, local.date()), _on(plan, yesterday.date())
    if text is None:
        return State.CLOSED
    today = _state(_rewrite(text, _until_midnight), local, is_holiday)
    if today is State.OPEN or before is None or not _nights(before):
        return today
    lasting = _state(_rewrite(before, _after_midnight), yesterday, is_holiday)
    if lasting not in (State.CLOSED, _state(_rewrite(before, _no_night), yesterday, is_holiday)):
        return lasting
    return today


def is_open(plan: str | Timetable, moment: datetime, is_holiday: IsHoliday) -> bool | None:
    """Tell whether a place with these hours is open at an aware moment; None: nobody can say."""
    return state(plan, moment, is_holiday).open


def is_readable(text: str) -> bool:
    """Tell whether a program can judge the text."""
    return _parse(text) is not None


def find_fault(text: str) -> Fault | None:
    """Return what a program cannot judge in the text, None when it reads all of it."""
    if is_readable(text):
        return None
    if beyond := _BEYOND_US.search(text):
        return Fault(position=beyond.start() + 1, rest=text[beyond.start() :])
    try:
        OpeningHours(text, auto_country=False, auto_timezone=False)
    except ParserError as refused:
        found = _COLUMN.search(str(refused))
        position = int(found[1]) if found else 1
        return Fault(position=position, rest=text[position - 1 :])
    return Fault(position=1, rest=text)


def is_silent_on_holidays(text: str) -> bool:
    """Tell whether the text says nothing of public holidays."""
    return bool(text.strip()) and text.strip() != "24/7" and not _HOLIDAY.search(_QUOTED.sub("", text))


def spans(plan: str | Timetable, first: date, last: date, is_holiday: IsHoliday) -> list[Span]:
    """Return when a place is not closed from the first day to the last, in order; closed between them.

    Text that no program can judge has no spans, unless other text holds on some days: then nobody knows on its own.
    """
    plan = Timetable(text=plan) if isinstance(plan, str) else plan
    if not plan.readable:
        return []
    begin = midnight(first)
    end = midnight(last + timedelta(days=1))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    turns = {begin, *(turn for day in days for turn in _turns(plan, day, is_holiday))}
    found: list[Span] = []
    for turn, following in pairwise([*sorted(turns), end]):
        now = state(plan, turn, is_holiday)
        if now is State.CLOSED:
            continue
        if found and found[-1].end == turn and found[-1].state is now:
            found[-1] = replace(found[-1], end=following)
        else:
            found.append(Span(begin=turn, end=following, state=now))
    return found


def midnight(day: date) -> datetime:
    """Return the moment a day begins in the city."""
    return datetime.combine(day, time(), CITY_ZONE)


def _turns(plan: Timetable, day: date, is_holiday: IsHoliday) -> set[datetime]:
    """Return the moments of one day at which the state may change."""
    begin = midnight(day)
    text, before = _on(plan, day), _on(plan, day - timedelta(days=1))
    turns = {begin, *(begin + timedelta(minutes=end) for end in _nights(before or ""))}
    for part in _fallbacks(_on_day(_rewrite(text or "", _until_midnight), day, is_holiday)):
        schedule = _parse(part)
        if schedule is not None:
            turns |= {start for start, *_ in schedule.intervals(begin, begin + timedelta(days=1))}
    return turns


def _on(plan: Timetable, day: date) -> str | None:
    text = plan.on(day)
    return text and end_hours(text)


def _state(text: str, local: datetime, is_holiday: IsHoliday) -> State:
    found = (_state_of_part(part, local) for part in _fallbacks(_on_day(text, local.date(), is_holiday)))
    return next((one for one in found if one is not State.CLOSED), State.CLOSED)


def _state_of_part(text: str, local: datetime) -> State:
    schedule = _parse(text)
    if schedule is None:
        return State.UNKNOWN
    said, remark = schedule.state(local)
    if said == Said.CLOSED:
        return State.CLOSED
    if _APPOINTMENT.search(remark):
        return State.APPOINTMENT
    return State.OPEN if said == Said.OPEN else State.UNKNOWN


def _on_day(text: str, day: date, is_holiday: IsHoliday) -> str:
    """Return `text` with PH as the weekday of `day` when that is a public holiday."""
    if "PH" not in text or _BEYOND_US.search(text) or not is_holiday(day):
        return text
    return _outside_quotes(text, lambda part: _HOLIDAY.sub(_WEEKDAYS[day.weekday()], part))


def _minutes(span: re.Match[str]) -> tuple[int, int]:
    """Return begin and end of a span; a night ends after 24 hours."""
    begin, end = int(span[1]) * 60 + int(span[2]), int(span[3]) * 60 + int(span[4])
    return begin, end + _DAY if end <= begin else end


@lru_cache(maxsize=4096)
def _nights(text: str) -> tuple[int, ...]:
    """Return the minutes past midnight at which nights of `text` end."""
    ends = (_minutes(span)[1] for span in _SPAN.finditer(_QUOTED.sub("", text)))
    return tuple(sorted({end - _DAY for end in ends if end > _DAY}))


def _until_midnight(span: re.Match[str]) -> str:
    return f"{span[1]}:{span[2]}-24:00"


def _after_midnight(span: re.Match[str]) -> str:
    end = _minutes(span)[1] - _DAY
    return f"00:00-{end // 60:02}:{end % 60:02}" if end else _LAST_MINUTE


def _no_night(span: re.Match[str]) -> str:
    return _LAST_MINUTE


@lru_cache(maxsize=4096)
def _fallbacks(text: str) -> tuple[str, ...]:
    """Return the parts of a text between its “||”: what follows holds where the hours before are closed.

    The library lets it hold only on days of which nothing is said before.
    """
    if "||" not in text:
        return (text,)
    parts = _QUOTED_OR_ELSE.sub(lambda found: found[1] or "\n", text).split("\n")
    return tuple(part.strip() for part in parts)


@lru_cache(maxsize=4096)
def _rewrite(text: str, night: Callable[[re.Match[str]], str]) -> str:
    """Return `text` with every span that passes midnight rewritten."""
    return _outside_quotes(
        text, lambda part: _SPAN.sub(lambda span: night(span) if _minutes(span)[1] > _DAY else span[0], part)
    )


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if part.startswith('"') else change(part) for part in _QUOTED.split(text))


@lru_cache(maxsize=4096)
def _parse(text: str) -> OpeningHours | None:
    """Return the schedule, or None where the text says nothing a program can judge."""
    spoken = _QUOTED.sub("", text)
    # A remark alone is no schedule, unless it is the appointment one has to make.
    if (not spoken.strip(" ;,") and not _APPOINTMENT.search(text)) or _BEYOND_US.search(spoken):
        return None
    try:
        # Without its automatic time zone the library forgets where the sun rises: 07:00 and 19:00 all year.
        return OpeningHours(text, timezone=CITY_ZONE, coords=_CITY, auto_country=False)
    except ParserError:
        return None
