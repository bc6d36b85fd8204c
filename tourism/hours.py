"""Opening hours: OpenStreetMap's opening_hours text and a moment → open, closed or unknown.

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
from functools import lru_cache
from itertools import pairwise

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from portal.calendar import CITY_ZONE, holiday_name, is_public_holiday

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_QUOTED = re.compile(r'("[^"]*")')
_HOLIDAY = re.compile(r"\bPH\b")
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
# School holidays and days counted from a holiday: no calendar of ours has them.
_BEYOND_US = re.compile(r"\bSH\b|\bPH\s*[-+]\s*\d")
# Sunrise and sunset at Hồ Xuân Hương (latitude, longitude).
_CITY = (11.94, 108.44)
_DAY = 24 * 60
_LAST_MINUTE = "23:59-24:00"

IsHoliday = Callable[[date], bool]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What can be said of a place's hours at a moment."""

    text: str
    open: bool | None
    changes: datetime | None
    readable: bool
    # Name of today's holiday when the text does not say what holds on holidays.
    silent_on: str


@dataclass(frozen=True, kw_only=True)
class Span:
    """From `begin` to before `end` a place is open; `known` is false where its hours say that nobody knows."""

    begin: datetime
    end: datetime
    known: bool = True


def judge(text: str, moment: datetime) -> Judgement:
    """Return everything the hours say at an aware moment."""
    silent = text.strip() != "24/7" and not _HOLIDAY.search(_QUOTED.sub("", text))
    return Judgement(
        text=text,
        open=is_open(text, moment),
        changes=next_change(text, moment),
        readable=is_readable(text),
        silent_on=holiday_name(moment.astimezone(CITY_ZONE).date()) if silent else "",
    )


def is_open(text: str, moment: datetime, is_holiday: IsHoliday = is_public_holiday) -> bool | None:
    """Tell whether a place with these hours is open at an aware moment; None: nobody knows."""
    local = moment.astimezone(CITY_ZONE)
    today = _state(_rewrite(text, _until_midnight), local, is_holiday)
    if today is True or not _nights(text):
        return today
    yesterday = local - timedelta(days=1)
    lasting = _state(_rewrite(text, _after_midnight), yesterday, is_holiday)
    if lasting is not False and _state(_rewrite(text, _no_night), yesterday, is_holiday) is False:
        return lasting
    return today


def is_readable(text: str) -> bool:
    """Tell whether a program can judge the text."""
    return _parse(text) is not None


def next_change(text: str, moment: datetime, is_holiday: IsHoliday = is_public_holiday) -> datetime | None:
    """Return when the state changes within the next seven days, else None."""
    local = moment.astimezone(CITY_ZONE)
    state = is_open(text, local, is_holiday)
    for days in range(8):
        for turn in _turns(text, _midnight(local.date() + timedelta(days=days)), is_holiday):
            if turn > local and is_open(text, turn, is_holiday) is not state:
                return turn
    return None


def spans(text: str, first: date, last: date, is_holiday: IsHoliday = is_public_holiday) -> list[Span]:
    """Return when a place is open, or nobody knows, from the first day to the last, in order; closed between them.

    Text that no program can judge has no spans.
    """
    if not is_readable(text):
        return []
    begin = _midnight(first)
    end = _midnight(last + timedelta(days=1))
    days = (begin + timedelta(days=number) for number in range((end - begin).days))
    turns = [begin, *(turn for day in days for turn in _turns(text, day, is_holiday) if turn > begin)]
    found: list[Span] = []
    for turn, following in pairwise([*sorted(set(turns)), end]):
        state = is_open(text, turn, is_holiday)
        if state is False:
            continue
        known = state is True
        if found and found[-1].end == turn and found[-1].known is known:
            found[-1] = replace(found[-1], end=following)
        else:
            found.append(Span(begin=turn, end=following, known=known))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CITY_ZONE)


def _turns(text: str, midnight: datetime, is_holiday: IsHoliday) -> list[datetime]:
    """Return the moments of one day at which the state may change."""
    schedule = _parse(_on_day(_rewrite(text, _until_midnight), midnight.date(), is_holiday))
    if schedule is None:
        return []
    ends = {midnight + timedelta(minutes=end) for end in _nights(text)}
    return sorted(ends | {start for start, *_ in schedule.intervals(midnight, midnight + timedelta(days=1))})


def _state(text: str, local: datetime, is_holiday: IsHoliday) -> bool | None:
    schedule = _parse(_on_day(text, local.date(), is_holiday))
    if schedule is None or schedule.is_unknown(local):
        return None
    return schedule.is_open(local)


def _on_day(text: str, day: date, is_holiday: IsHoliday) -> str:
    """Return `text` with PH as the weekday of `day` when that is a public holiday."""
    if "PH" not in text or _BEYOND_US.search(text) or not is_holiday(day):
        return text
    return _outside_quotes(text, lambda part: _HOLIDAY.sub(_WEEKDAYS[day.weekday()], part))


def _minutes(span: re.Match[str]) -> tuple[int, int]:
    """Return begin and end of a span; a night ends after 24 hours."""
    begin, end = int(span[1]) * 60 + int(span[2]), int(span[3]) * 60 + int(span[4])
    return begin, end + _DAY if end <= begin else end


def _nights(text: str) -> list[int]:
    """Return the minutes past midnight at which nights of `text` end."""
    ends = (_minutes(span)[1] for span in _SPAN.finditer(_QUOTED.sub("", text)))
    return sorted({end - _DAY for end in ends if end > _DAY})


def _until_midnight(span: re.Match[str]) -> str:
    return f"{span[1]}:{span[2]}-24:00"


def _after_midnight(span: re.Match[str]) -> str:
    end = _minutes(span)[1] - _DAY
    return f"00:00-{end // 60:02}:{end % 60:02}" if end else _LAST_MINUTE


def _no_night(span: re.Match[str]) -> str:
    return _LAST_MINUTE


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
    # A remark alone, such as "by appointment", is no schedule.
    if not spoken.strip(" ;,") or _BEYOND_US.search(spoken):
        return None
    try:
        return OpeningHours(text, timezone=CITY_ZONE, coords=_CITY, auto_country=False, auto_timezone=False)
    except ParserError:
        return None
