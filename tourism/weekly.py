"""Rules of opening hours read by their days: the plain ones as a week, and rules that a later one undoes.

A rule after “;” replaces those before it on its days; it adds nothing to them.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
_WEEK: Final = frozenset(DAYS[:7])
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)"
_SELECTOR = re.compile(rf"{_DAY}(?:-{_DAY})?(?:\s*,\s*{_DAY}(?:-{_DAY})?)*")
_TIME = r"(?:[01]?\d|2\d):[0-5]\d"
_SPANS = re.compile(rf"{_TIME}\s*-\s*{_TIME}(?:\s*,\s*{_TIME}\s*-\s*{_TIME})*")
_OPENS = re.compile(rf"24/7|{_TIME}|\(?(?:sunrise|sunset|dawn|dusk)")
_QUOTED = re.compile(r'"[^"]*"')
_NOT_OPEN = re.compile(r"\b(?:off|closed|unknown)\b")

HOLIDAY: Final = "PH"

Spans = tuple[tuple[str, str], ...]
# Spans by day; a day that is not there is closed, PH as its weekday.
Week = dict[str, Spans]


class Undone(NamedTuple):
    """A rule that never holds, and the later one that replaces it."""

    rule: str
    by: str


def read_week(text: str) -> Week | None:
    """Return (opens, closes) by day, of PH only where it is named; None: the hours are more than a plain week.

    As schema.org writes them: a night closes at a smaller time, and who never closes does so at 23:59.
    """
    week: Week = {}
    for rule in map(str.strip, text.split(";")):
        selector, said = _split(rule)
        days = _days(selector)
        spans = () if said in ("off", "closed") else _spans(said)
        # A weekday after PH replaces it on some holidays only.
        if days is None or spans is None or ("PH" in week and "PH" not in days):
            return None
        week |= dict.fromkeys(days, spans)
    return week


def find_undone(text: str) -> Undone | None:
    """Return the first rule that never holds because a later one opens on all of its days, None: there is none."""
    rules = [rule.strip() for rule in _QUOTED.sub("", text).split(";") if rule.strip()]
    for number, rule in enumerate(rules):
        for later in rules[number + 1 :]:
            if not _NOT_OPEN.search(later) and _covers(_split(later)[0], _split(rule)[0]):
                return Undone(rule, later)
    return None


def _split(rule: str) -> tuple[str, str]:
    """Return what a rule says of days, and what of times."""
    found = _OPENS.search(rule) or _NOT_OPEN.search(rule)
    at = found.start() if found else len(rule)
    return " ".join(rule[:at].split()).removesuffix(":"), rule[at:].strip()


def _covers(later: str, earlier: str) -> bool:
    days, before = _days(later), _days(earlier)
    if days is None or before is None:
        # Seasons and the like: every day covers them, else only the same words do.
        return later == earlier or (days is not None and days >= _WEEK)
    return days >= _WEEK or days >= before


def _days(selector: str) -> frozenset[str] | None:
    if not selector:
        return _WEEK
    if not _SELECTOR.fullmatch(selector):
        return None
    found: set[str] = set()
    for part in re.split(r"\s*,\s*", selector):
        first, _, last = part.partition("-")
        if "PH" in (first, last) and last:
            return None
        at = DAYS.index(first)
        count = (DAYS.index(last) - at) % 7 + 1 if last else 1
        found |= {first} if first == "PH" else {DAYS[(at + more) % 7] for more in range(count)}
    return frozenset(found)


def _spans(said: str) -> Spans | None:
    if said == "24/7":
        return (("00:00", "23:59"),)
    if not _SPANS.fullmatch(said):
        return None
    return tuple(_span(*part.split("-")) for part in said.split(","))


def _span(begin: str, end: str) -> tuple[str, str]:
    opens, closes = (_time(part) for part in (begin, end))
    return (opens, "23:59") if opens == closes else (opens, closes)


def _time(text: str) -> str:
    hour, minute = text.strip().split(":")
    return f"{int(hour) % 24:02}:{minute}"
