"""Hours before they are saved: a week written day by day, and what the next days become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.calendar.days import Calendar
from tourism.hours import Span, State, Timetable, midnight, spans

DAYS: Final = 14
WEEK: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAY: Final = "PH"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PreviewDay:
    """One of the next days: what is special about it, its hours as they are and as they become, in words."""

    day: date
    special: str
    before: str
    after: str

    @property
    def changes(self) -> bool:
        """Tell whether the day becomes another."""
        return self.before != self.after


def compose_week(days: Mapping[str, str]) -> str:
    """Return the opening_hours text of a week: hours by day (Mo … Su, PH), "" or "off" where it is closed.

    Public holidays are left out when nothing is said of them: they are like their weekday then.
    """
    said = [(day, " ".join(days.get(day, "").split()) or "off") for day in WEEK]
    rules = []
    for text, group in groupby(said, key=lambda one: one[1]):
        names = [day for day, _text in group]
        rules.append(f"{names[0]}-{names[-1]} {text}" if len(names) > 1 else f"{names[0]} {text}")
    if holidays := days.get(HOLIDAY, "").strip():
        rules.append(f"{HOLIDAY} {holidays}")
    return "; ".join(rules)


def preview(
    before: Timetable, after: Timetable, *, first: date, calendar: Calendar, language: str, days: int = DAYS
) -> list[PreviewDay]:
    """Return the days from the first on, as they are and as they become."""
    old, new = (hours_by_day(plan, first, days, calendar) for plan in (before, after))
    found = []
    for day in old:
        mark = calendar.mark(day)
        special = "" if mark is None else (mark.name_en if language == "en" and mark.name_en else mark.name_vi)
        found.append(PreviewDay(day=day, special=special, before=render_day(old[day]), after=render_day(new[day])))
    return found


def hours_by_day(plan: Timetable, first: date, days: int, calendar: Calendar) -> dict[date, list[Span]]:
    """Return the spans of each day: a night belongs to the day it began on, what lasts longer is cut at midnight."""
    last = first + timedelta(days=days)
    return by_day(spans(plan, first - _DAY, last, calendar.is_holiday) if plan.readable else None, first, days)


def by_day(found: Iterable[Span] | None, first: date, days: int) -> dict[date, list[Span]]:
    """Return spans by the day they began on, what lasts longer than a day cut at midnight; None: nobody knows."""
    listed: dict[date, list[Span]] = {first + timedelta(days=number): [] for number in range(days)}
    if found is None:
        return {day: [Span(begin=midnight(day), end=midnight(day + _DAY), state=State.UNKNOWN)] for day in listed}
    begin, end = midnight(first), midnight(first + timedelta(days=days))
    for span in found:
        for piece in _pieces(span, begin, end):
            if piece.begin.date() in listed:
                listed[piece.begin.date()].append(piece)
    return listed


def render_day(found: list[Span]) -> str:
    """Return the spans of one day in words."""
    return ", ".join(_render(span) for span in found) or pgettext("hours", "closed")


def _pieces(span: Span, first: datetime, last: datetime) -> list[Span]:
    if span.end - span.begin < _DAY:
        return [span]
    pieces, begin = [], max(span.begin, first)
    while begin < min(span.end, last):
        end = min(span.end, midnight(begin.date() + _DAY))
        pieces.append(Span(begin=begin, end=end, state=span.state))
        begin = end
    return pieces


def _render(span: Span) -> str:
    whole = span.end - span.begin == _DAY
    if span.state is State.OPEN and whole:
        return _("all day")
    state = {State.APPOINTMENT: _("by appointment"), State.UNKNOWN: pgettext("hours", "unknown")}.get(span.state, "")
    if whole:
        return state
    end = "24:00" if span.end == midnight(span.begin.date() + _DAY) else f"{span.end:%H:%M}"
    return " ".join(filter(None, [f"{span.begin:%H:%M}–{end}", state]))
