"""Events as iCalendar (RFC 5545), as calendar programs take them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, vDuration, vRecur
from icalendar import Event as Entry

from portal.calendar import CITY_ZONE
from tourism.events.listing import Happening
from tourism.events.recurrence import last_day_of_rule
from tourism.events.words import venue_of

CONTENT_TYPE = "text/calendar; charset=utf-8"
# Calendar programs ask again after this long.
REFRESH = timedelta(hours=6)
# The time zone is told from here on; before, the city had others.
_ZONE_SINCE = date(2000, 1, 1)


def render_calendar(happenings: Iterable[Happening], *, language: str, site: str) -> bytes:
    """Return events as one calendar in a language; `site` begins every address."""
    calendar = Calendar()
    calendar.add("prodid", "-//Da Lat//City portal//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with translation.override(language):
        calendar.add("name", _("Events in Đà Lạt"))
        calendar.add("x-wr-calname", _("Events in Đà Lạt"))
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
        for happening in happenings:
            calendar.add_component(_entry(happening, language, site))
    calendar.add_missing_timezones(first_date=_ZONE_SINCE)
    return calendar.to_ical()


def _entry(happening: Happening, language: str, site: str) -> Entry:
    event, venue = happening.event, venue_of(happening, language)
    entry = Entry()
    entry.add("uid", str(event.uid))
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed.astimezone(UTC))
    entry.add("last-modified", event.changed.astimezone(UTC))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    # A market night leaves nobody busy.
    entry.add("transp", "TRANSPARENT")
    _add_times(entry, happening)
    entry.add("summary", event.text("name", language)[0])
    entry.add("description", _description(happening, language))
    entry.add("location", venue.in_words)
    if venue.point:
        lon, lat = venue.point
        entry.add("geo", (round(lat, 6), round(lon, 6)))
    if contact := ", ".join(filter(None, [event.text("organiser", language)[0], event.phone])):
        entry.add("contact", contact)
    entry.add("url", site + reverse("event", args=[event.code]))
    return entry


def _add_times(entry: Entry, happening: Happening) -> None:
    event, timing = happening.event, happening.event.timing

    def told(moment: datetime) -> date:
        return moment.date() if event.all_day else moment

    entry.add("dtstart", told(timing.begin))
    entry.add("dtend", told(timing.end))
    if event.rule:
        rule = vRecur.from_ical(event.rule)
        if last := last_day_of_rule(event.rule):
            # The end of a rule is a day where the beginning is one, else a moment in UTC.
            whole = datetime.combine(last, time(23, 59, 59), CITY_ZONE)
            rule["UNTIL"] = [last if event.all_day else whole.astimezone(UTC)]
        entry.add("rrule", rule)
    clock = timing.begin.timetz()
    if left_out := [told(datetime.combine(day, clock)) for day in sorted(timing.left_out)]:
        entry.add("exdate", left_out)


def _description(happening: Happening, language: str) -> str:
    event = happening.event
    cancelled = _("Cancelled: %(reason)s") % {"reason": event.text("reason", language)[0]} if event.is_cancelled else ""
    price = _("Free of charge") if event.free else event.text("price", language)[0]
    return "\n\n".join(filter(None, [cancelled, event.text("description", language)[0], price, event.website]))
