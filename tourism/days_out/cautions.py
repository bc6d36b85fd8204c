"""What stands against a visit, by code and in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.calendar import CITY_ZONE
from tourism import hours
from tourism.days_out.days import Visit

# From then on waiting at a closed door is a hole in the day.
LONG_WAIT_MINUTES = 60


@dataclass(frozen=True, kw_only=True)
class Caution:
    """One thing to know before one goes there; `grave` when the visit fails or is cut short, `call` to ask before."""

    code: str
    text: str
    grave: bool = False
    call: bool = False


def find_cautions(visit: Visit) -> Iterator[Caution]:
    """Yield what stands against a visit."""
    if visit.state == "closed":
        yield _why_closed(visit)
    elif visit.state == "cut":
        text = _("It closes at %(time)s, during your stay.") % {"time": f"{visit.leaves.astimezone(CITY_ZONE):%H:%M}"}
        yield Caution(code="closes-during-stay", text=text, grave=True)
    call = any(dial for _number, dial in visit.card.place.phones)
    if visit.state != "closed" and visit.hours_state is hours.State.APPOINTMENT:
        asked = _("By appointment only: call before you go.")
        text = asked if call else _("By appointment only, and its telephone number is not known.")
        yield Caution(code="by-appointment", text=text, call=call)
    elif visit.state != "closed" and visit.open is None:
        asked = _("Nobody knows its opening hours; call first.")
        text = asked if call else _("Nobody knows its opening hours, nor its telephone number.")
        yield Caution(code="hours-unknown", text=text, call=call)
    if visit.wait_minutes >= LONG_WAIT_MINUTES:
        text = _("It opens only at %(time)s: put something else before it, or start later.") % {
            "time": f"{visit.begins.astimezone(CITY_ZONE):%H:%M}"
        }
        yield Caution(code="long-wait", text=text)
    if visit.silent_on:
        asked = _("This day is a public holiday (%(name)s); hours may differ, so call first.")
        text = (asked if call else _("This day is a public holiday (%(name)s); hours may differ.")) % {
            "name": visit.silent_on
        }
        yield Caution(code="public-holiday", text=text, call=call)
    if visit.leg and visit.leg.straight:
        text = _("Not all of the way there is on roads we know: its length and time are an estimate.")
        yield Caution(code="off-roads", text=text)


def _why_closed(visit: Visit) -> Caution:
    if visit.no_entry:
        text = _("It is open when you arrive, but after the last entry or while the ticket desk is shut.")
        return Caution(code="no-entry", text=text, grave=True)
    text = _("Closed when you arrive, and it does not open again on this day.")
    reason = f" {visit.card.closure.reason}" if visit.card.closure else ""
    return Caution(code="closed", text=text + reason, grave=True)
