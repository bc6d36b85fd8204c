"""When an event takes place: a rule as RFC 5545 writes it → occurrences between two moments.

The library counts clock times without zone, and the city's clock knows no daylight saving: so a rule is followed in the
city's own time. Only rules that repeat by days or longer are taken, and only those that name the event's first day:
such a rule cannot search for ever for a day that never comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.rrule import rrule, rrulestr
from django.utils.translation import gettext as _

from portal.calendar import CITY_ZONE

# Whatever a rule says, no answer holds more.
MOST = 1000
# How far ahead the next occurrence is looked for.
AHEAD = timedelta(days=5 * 366)
FAR = timedelta(days=50 * 366)
# What ends before this hour belongs to the night it began in.
NIGHT_ENDS = timedelta(hours=6)

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = "|".join(WEEKDAYS)
_DAY_OF_MONTH = r"-?(0?[1-9]|[12]\d|3[01])"
_MONTH = r"(0?[1-9]|1[0-2])"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d?",
    "COUNT": r"[1-9]\d{0,2}",
    "UNTIL": r"20\d{6}(T\d{6}Z?)?",
    "BYDAY": rf"([+-]?[1-5])?({_WEEKDAY})(,([+-]?[1-5])?({_WEEKDAY}))*",
    "BYMONTHDAY": rf"{_DAY_OF_MONTH}(,{_DAY_OF_MONTH})*",
    "BYMONTH": rf"{_MONTH}(,{_MONTH})*",
    "BYSETPOS": r"-?[1-5]",
    "WKST": _WEEKDAY,
}


class RuleError(ValueError):
    """A rule that cannot be followed; the text says what to write."""


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One time an event takes place, from `begin` to before `end`."""

    begin: datetime
    end: datetime

    @property
    def first_day(self) -> date:
        """The day it begins on."""
        return self.begin.astimezone(CITY_ZONE).date()

    @property
    def last_day(self) -> date:
        """The last day it belongs to: a night belongs to the day it began on."""
        end = self.end.astimezone(CITY_ZONE)
        night = end.date() == self.first_day + timedelta(days=1) and end.time() <= time(NIGHT_ENDS.seconds // 3600)
        return self.first_day if night else (end - timedelta(microseconds=1)).date()


@dataclass(frozen=True, kw_only=True)
class Timing:
    """The first occurrence of an event, the rule by which it repeats ("": never), and the days it is left out."""

    begin: datetime
    end: datetime
    rule: str = ""
    left_out: frozenset[date] = frozenset()


def parse_rule(text: str, *, begin: datetime) -> str:
    """Return the rule as it is kept: in capitals, without "RRULE:", its end a day; raises RuleError."""
    pairs = [part.partition("=")[::2] for part in text.upper().replace(" ", "").removeprefix("RRULE:").split(";")]
    parts = dict(pairs)
    for name, value in pairs:
        if not re.fullmatch(_PARTS.get(name, "(?!)"), value, re.ASCII):
            raise RuleError(_no_rule(f"{name}={value}" if value else name))
    if len(parts) != len(pairs) or "FREQ" not in parts:
        raise RuleError(_no_rule(text))
    _refuse_combinations(parts)
    if "UNTIL" in parts:
        parts["UNTIL"] = _day_of_end(parts["UNTIL"])
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    first = _clock(begin)
    if not _names_first_day(parts, first.date()) or next(iter(_follow(rule, first)), None) != first:
        raise RuleError(
            _("The rule leaves out the first day, %(day)s. Begin on a day that the rule names.")
            % {"day": f"{first:%d/%m/%Y}"}
        )
    return rule


def last_day_of_rule(rule: str) -> date | None:
    """Return the day a kept rule says it ends on; None when it does not say."""
    found = re.search(r"UNTIL=(\d{4})(\d\d)(\d\d)", rule)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None


def occurrences(timing: Timing, since: datetime, until: datetime, *, limit: int = MOST) -> list[Occurrence]:
    """Return at most `limit` occurrences that end after `since` and begin before `until`, in order."""
    length = timing.end - timing.begin
    begins = (one for one in _begins(timing, since - length) if one.date() not in timing.left_out)
    wanted = takewhile(lambda one: one < until, begins)
    return [Occurrence(begin=one, end=one + length) for one in islice(wanted, min(limit, MOST))]


def next_occurrence(timing: Timing, after: datetime) -> Occurrence | None:
    """Return the occurrence that is going on or comes next; None: none within five years."""
    return next(iter(occurrences(timing, after, after + AHEAD, limit=1)), None)


def last_occurrence(timing: Timing, before: datetime) -> Occurrence | None:
    """Return the latest of the first thousand occurrences that begin before a moment; None: it never took place."""
    found = occurrences(timing, timing.begin, before)
    return found[-1] if found else None


def last_end(timing: Timing) -> datetime | None:
    """Return a moment after which the event takes place no more; None: it goes on beyond what we can foresee."""
    if not timing.rule:
        return timing.end
    if day := last_day_of_rule(timing.rule):
        return _midnight(day) + timedelta(days=1) + (timing.end - timing.begin)
    if count := re.search(r"COUNT=(\d+)", timing.rule):
        begins = list(islice(takewhile(lambda one: one < timing.begin + FAR, _begins(timing)), MOST))
        return begins[-1] + (timing.end - timing.begin) if len(begins) == int(count[1]) else None
    return None


def _begins(timing: Timing, after: datetime | None = None) -> Iterator[datetime]:
    first, earliest = _clock(timing.begin), _clock(after) if after else None
    begins = _follow(timing.rule, _nearer(timing.rule, first, earliest)) if timing.rule else [first]
    return (one.replace(tzinfo=CITY_ZONE) for one in begins if earliest is None or one > earliest)


def _nearer(rule: str, first: datetime, earliest: datetime | None) -> datetime:
    """Return a later beginning from which the rule goes on alike: the years before need not be followed day by day."""
    frequency = re.search("FREQ=(DAILY|WEEKLY)", rule)
    if earliest is None or earliest <= first or not frequency or "COUNT=" in rule:
        return first
    interval = re.search(r"INTERVAL=(\d+)", rule)
    step = timedelta(days=(7 if frequency[1] == "WEEKLY" else 1) * (int(interval[1]) if interval else 1))
    return first + (earliest - first) // step * step


def _follow(rule: str, begin: datetime) -> rrule:
    """Return the rule in clock times from `begin`; its last day counts whole."""
    try:
        found = rrulestr(re.sub(r"(UNTIL=\d{8})", r"\1T235959", rule), dtstart=begin)
    except ValueError:
        raise RuleError(_no_rule(rule)) from None
    assert isinstance(found, rrule)
    return found


def _refuse_combinations(parts: dict[str, str]) -> None:
    frequency = parts["FREQ"]
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleError(_("Write either COUNT or UNTIL in the rule, not both."))
    if re.search(r"\d", parts.get("BYDAY", "")) and frequency not in ("MONTHLY", "YEARLY"):
        raise RuleError(_("A numbered weekday such as 2SA needs FREQ=MONTHLY or FREQ=YEARLY."))
    if "BYMONTHDAY" in parts and frequency == "WEEKLY":
        raise RuleError(_("BYMONTHDAY does not go with FREQ=WEEKLY; write FREQ=MONTHLY."))
    if "BYSETPOS" in parts and (frequency != "MONTHLY" or "BYDAY" not in parts):
        raise RuleError(_("BYSETPOS needs FREQ=MONTHLY and BYDAY, such as FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-1."))


def _names_first_day(parts: dict[str, str], first: date) -> bool:
    days_of_month = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)).day
    named = {
        "BYMONTH": {str(first.month)},
        "BYMONTHDAY": {str(first.day), str(first.day - days_of_month - 1)},
        "BYDAY": {WEEKDAYS[first.weekday()]},
    }
    return all(
        first_is & {_plain(value) for value in parts[name].split(",")}
        for name, first_is in named.items()
        if name in parts
    )


def _plain(value: str) -> str:
    """Return "07" as "7" and "-2SA" as "SA"."""
    return value[-2:] if value[-1].isalpha() else str(int(value))


def _day_of_end(text: str) -> str:
    """Return the day of RFC 5545's UNTIL, which may be a moment, in the city's time."""
    try:
        end = datetime.fromisoformat(text)
    except ValueError:
        raise RuleError(_no_rule(f"UNTIL={text}")) from None
    return f"{end.astimezone(CITY_ZONE) if end.tzinfo else end:%Y%m%d}"


def _no_rule(text: str) -> str:
    return _(
        "“%(text)s” cannot be read as a rule. Write it like FREQ=WEEKLY;BYDAY=FR,SA,SU;UNTIL=20271231, with FREQ "
        "DAILY, WEEKLY, MONTHLY or YEARLY and INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS or WKST."
    ) % {"text": text[:60]}


def _clock(moment: datetime) -> datetime:
    return moment.astimezone(CITY_ZONE).replace(tzinfo=None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CITY_ZONE)
