"""What comes next: until when a place is open, and when it opens again. Told in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.calendar import CITY_ZONE
from tourism.hours import Span, State

SOON: Final = timedelta(minutes=30)
_COUNTED: Final = timedelta(minutes=60)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """What a place is at `moment`, until when unless closed, and what comes next; None: not within sight.

    It is next open from `opens` on, and to those who ask before from `appointment` on.
    """

    moment: datetime
    state: State
    until: datetime | None = None
    opens: datetime | None = None
    appointment: datetime | None = None

    @property
    def day(self) -> date:
        """The day in the city."""
        return self.moment.astimezone(CITY_ZONE).date()

    @property
    def closes_soon(self) -> bool:
        """Tell whether an open place closes within half an hour."""
        return self.state is State.OPEN and self.until is not None and self.until - self.moment <= SOON

    @property
    def words(self) -> str:
        """What comes next, in words: “closes in 40 minutes”, “opens again on Saturday at 08:00”; "" when unknown."""
        if self.state is State.OPEN and self.until:
            return _closing(self.until.astimezone(CITY_ZONE), self.moment.astimezone(CITY_ZONE))
        if self.state is State.CLOSED and self.appointment and not (self.opens and self.opens < self.appointment):
            return _by_appointment(self.appointment.astimezone(CITY_ZONE), self.moment.astimezone(CITY_ZONE))
        if self.state is not State.OPEN and self.opens:
            return _opening(self.opens.astimezone(CITY_ZONE), self.moment.astimezone(CITY_ZONE))
        return ""


def foresee(spans: Iterable[Span], moment: datetime, *, horizon: datetime) -> Prospect:
    """Return what the spans, in order and known up to the horizon, say at a moment and of what follows."""
    coming = [span for span in spans if span.end > moment]
    opens, appointment = (
        next((span.begin for span in coming if span.state is state and span.begin > moment), None)
        for state in (State.OPEN, State.APPOINTMENT)
    )
    if not coming or coming[0].begin > moment:
        return Prospect(moment=moment, state=State.CLOSED, opens=opens, appointment=appointment)
    now = coming[0]
    until = now.end if now.end < horizon else None
    return Prospect(moment=moment, state=now.state, until=until, opens=opens, appointment=appointment)


def _closing(until: datetime, now: datetime) -> str:
    left = until - now
    if left <= _COUNTED:
        minutes = max(1, int(left.total_seconds() // 60))
        return ngettext("closes in %(minutes)s minute", "closes in %(minutes)s minutes", minutes) % {"minutes": minutes}
    # A night that ends within the day needs no other day's name.
    if left < _DAY:
        return _("until %(time)s") % {"time": _time(until)}
    return _("until %(day)s at %(time)s") % {"day": _day(until, now), "time": _time(until)}


def _opening(opens: datetime, now: datetime) -> str:
    left = opens - now
    if left <= _COUNTED:
        minutes = -int(-left.total_seconds() // 60)
        return ngettext("opens in %(minutes)s minute", "opens in %(minutes)s minutes", minutes) % {"minutes": minutes}
    if opens.date() == now.date():
        return _("opens at %(time)s") % {"time": _time(opens)}
    if opens.date() == now.date() + _DAY:
        return _("opens tomorrow at %(time)s") % {"time": _time(opens)}
    return _("opens again on %(day)s at %(time)s") % {"day": _day(opens, now), "time": _time(opens)}


def _by_appointment(begins: datetime, now: datetime) -> str:
    if begins.date() == now.date():
        return _("by appointment from %(time)s") % {"time": _time(begins)}
    return _("by appointment on %(day)s from %(time)s") % {"day": _day(begins, now), "time": _time(begins)}


def _day(moment: datetime, now: datetime) -> str:
    """Return the weekday within a week, the date beyond."""
    near = (moment.date() - now.date()).days < 7
    return str(WEEKDAYS[moment.weekday()]) if near else f"{moment:%d/%m/%Y}"


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"
