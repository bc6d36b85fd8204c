"""The pages of events and their calendars."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.calendar import CITY_ZONE
from tiles import revisions
from tiles.api import NothingHere
from tourism import jsonld
from tourism.answers import KeptAnswers, respond
from tourism.events.calendars import CONTENT_TYPE, render_calendar
from tourism.events.forms import EventPageForm
from tourism.events.jsonld import describe_event
from tourism.events.listing import Happening, by_day, find_events, find_later, find_public, happenings, on_every_day
from tourism.events.models import Event
from tourism.events.recurrence import AHEAD, last_occurrence
from tourism.events.words import make_card
from tourism.layers import PLACES
from tourism.visits import counted

# Dates shown on an event's page.
SHOWN = 10
# What comes later is told to here; a date leads to the rest.
LATER = 30
# What is over stays in calendars for a while.
REMEMBERED = timedelta(days=31)

_kept = KeptAnswers(8)


@require_safe
@counted("events")
def event_list(request: HttpRequest) -> HttpResponse:
    """List what takes place by day, and what comes later."""
    form = EventPageForm(request.GET, now=timezone.now())
    first, last = form.days
    found = find_events(form.filter)
    cards = {one.event.pk: make_card(one, _language()) for one in found}
    later = find_later(form.filter, found)
    daily = on_every_day(found, first, last)
    context = {
        "form": form,
        "first": first,
        "last": last,
        "daily": [cards[one.event.pk] for one in daily],
        "days": [
            (day.day, [(occurrence, cards[one.event.pk]) for occurrence, one in day.entries])
            for day in by_day([one for one in found if one not in daily], first, last)
        ],
        "later": [make_card(one, _language()) for one in later[:LATER]],
        "more": len(later) > LATER,
    }
    return render(request, "events/event_list.html", context, status=200 if form.is_valid() else 400)


@require_safe
@counted("event")
def event_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one event; one that is over says so."""
    now = timezone.now()
    found = _public(code, since=now, until=now + AHEAD, most=SHOWN)
    last = None if found.occurrences else last_occurrence(found.event.timing, now)
    shown = found.occurrences[0] if found.occurrences else last
    url = settings.SITE_URL + request.path
    described = describe_event(found, shown, language=_language(), url=url) if shown else None
    context = {
        "card": make_card(found, _language()),
        "event": found.event,
        "shown": shown,
        "is_over": not found.occurrences,
        "left_out": sorted(day for day in found.event.left_out if day >= timezone.localdate(now, CITY_ZONE)),
        "jsonld": jsonld.render(described) if described else "",
    }
    return render(request, "events/event.html", context)


@require_safe
def event_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Answer one event as iCalendar."""
    found = _public(code, since=timezone.now(), until=timezone.now(), most=0)
    return _calendar(request, lambda: [found], key=(found.event.uid, found.event.sequence))


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Answer all events to come, and those of the last month, as one calendar."""
    now = timezone.now()
    events = Event.objects.public().between(now - REMEMBERED, now + AHEAD)
    return _calendar(
        request, lambda: happenings(events, now, now, most=0), key=tuple(events.values_list("uid", "sequence"))
    )


def _calendar(request: HttpRequest, find: Callable[[], list[Happening]], *, key: Hashable) -> HttpResponse:
    revision = revisions.current(PLACES.id)
    language = _language()
    whole_key = (key, language, settings.SITE_URL, revision and revision.number)
    return respond(
        request,
        whole_key,
        lambda: _kept.find(whole_key, lambda: render_calendar(find(), language=language, site=settings.SITE_URL)),
        content_type=CONTENT_TYPE,
    )


def _public(code: str, *, since: datetime, until: datetime, most: int) -> Happening:
    found = find_public(code, since=since, until=until, most=most)
    if found is None:
        raise NothingHere(_("There is no event “%(code)s”. All events are in the list.") % {"code": code[:80]})
    return found


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
