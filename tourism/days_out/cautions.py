"""What stands against a visit, by code and in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.calendar import CITY_ZONE
from tourism.days_out.days import Visit

# From then on waiting at a closed door is a hole in the day.
LONG_WAIT_MINUTES = 60


@dataclass(frozen=True, kw_only=True)
class Caution:
    """One thing to know before one goes there; `grave` when the visit fails or is cut short."""

    code: str
    text: str
    grave: bool = False


def find_cautions(visit: Visit) -> Iterator[Caution]:
    """Yield what stands against a visit."""
    if visit.state == "closed":
        text = _("Closed when you arrive, and it does not open again on this day.")
        if visit.card.closure:
            text = f"{text} {visit.card.closure.reason}"
        yield Caution(code="closed", text=text, grave=True)
    elif visit.state == "cut":
        text = _("It closes at %(time)s, during your stay.") % {"time": f"{visit.leaves.astimezone(CITY_ZONE):%H:%M}"}
        yield Caution(code="closes-during-stay", text=text, grave=True)
    elif visit.state == "unknown":
        yield Caution(code="hours-unknown", text=_("Nobody knows its opening hours; call first."))
    if visit.wait_minutes >= LONG_WAIT_MINUTES:
        text = _("It opens only at %(time)s: put something else before it, or start later.") % {
            "time": f"{visit.begins.astimezone(CITY_ZONE):%H:%M}"
        }
        yield Caution(code="long-wait", text=text)
    if visit.silent_on:
        text = _("This day is a public holiday (%(name)s); hours may differ, so call first.") % {
            "name": visit.silent_on
        }
        yield Caution(code="public-holiday", text=text)
    if visit.leg and visit.leg.straight:
        text = _("Not all of the way there is on roads we know: its length and time are an estimate.")
        yield Caution(code="off-roads", text=text)
