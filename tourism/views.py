"""The pages of places: the list with its filters, and a page of its own for each."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.calendar import CITY_ZONE
from portal.calendar.days import Calendar
from portal.calendar.table import current
from tourism import jsonld, schedules
from tourism.addresses import find_units_at
from tourism.cards import PlaceCard, make_cards
from tourism.emergency import find_help
from tourism.events.listing import find_at_place
from tourism.events.words import make_card as make_event_card
from tourism.facts import emergency_numbers, phrases
from tourism.forms import MAX_LIMIT, PlacePageForm, render_query
from tourism.listing import PlaceFilter, find_places, find_retired
from tourism.models import Category, Place
from tourism.qr import respond_qr
from tourism.standing import AHEAD, find_standing
from tourism.surroundings import find_surroundings
from tourism.verifications import find_verification
from tourism.visits import counted
from tourism.week import ComingDay, describe_announced, describe_week
from tourism.where import WhereForm

PAGE_SIZE = 20
NEARBY = 6
NEARBY_M = 1000
# What the map draws of a place; the rest is asked when one is pressed.
MAP_FIELDS = "name,category,group,state"
EVENTS = 5


@require_safe
@counted("list")
def place_list(request: HttpRequest) -> HttpResponse:
    """List places, filtered by a plain form."""
    now = timezone.now()
    context = _filtered(request, now=now)
    asked: PlaceFilter = context["asked"]
    page = Paginator(find_places(asked, now=now), PAGE_SIZE).get_page(request.GET.get("page"))
    cards = make_cards(page, language=_language(), now=asked.open_at or now, with_photos=True)
    day = timezone.localdate(asked.open_at or now, CITY_ZONE)
    context |= {
        "page": page,
        "cards": cards,
        "asked_moment": asked.open_at not in (None, now),
        "day": day,
        "holiday": current().holiday_name(day, _language()),
    }
    if asked.open_at and not page.paginator.count:
        context["unknown"] = find_places(replace(asked, unknown_hours=True), now=now).count()
        context["at_any_time"] = _without_hours(request)
    return render(request, "tourism/place_list.html", context, status=400 if context["form"].errors else 200)


def _without_hours(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in ("open_at", "open_on", "open_at_unknown", "page"):
        query.pop(name, None)
    return query.urlencode()


@require_safe
@counted("map")
def place_map(request: HttpRequest) -> HttpResponse:
    """Show the places the list would, on a map."""
    now = timezone.now()
    context = _filtered(request, now=now)
    asked: PlaceFilter = context["asked"]
    query = render_query(asked, now=now) | {"limit": MAX_LIMIT, "fields": MAP_FIELDS, "lang": _language()}
    context |= {
        "now": now,
        "count": find_places(asked, now=now).count(),
        "source": f"{reverse('api-places')}?{urlencode(query)}",
        "legend": Category.objects.filter(group=None).prefetch_related("kinds"),
    }
    return render(request, "tourism/place_map.html", context, status=400 if context["form"].errors else 200)


def _filtered(request: HttpRequest, *, now: datetime) -> dict[str, Any]:
    form = PlacePageForm(request.GET, now=now)
    query = request.GET.copy()
    query.pop("page", None)
    groups = Category.tree(_language())
    names = {code: name for group, group_name, kinds in groups for code, name in ((group, group_name), *kinds)}
    return {
        "form": form,
        "asked": form.filter if form.is_valid() else PlaceFilter(),
        "query": query.urlencode(),
        "groups": groups,
        "told": list(form.told(names)) if form.is_valid() else [],
        "tags": Category.named(Place.objects.live().known_tags(), _language()),
    }


@require_safe
@counted("emergency")
def emergency(request: HttpRequest) -> HttpResponse:
    """Show whom to call and where to go; a place that cannot be read hides nothing."""
    now = timezone.now()
    form = WhereForm(request.GET)
    near = form.cleaned_data["near"] if form.is_valid() else None
    context = {
        "form": form,
        "near": near,
        "now": now,
        "numbers": emergency_numbers(),
        "phrases": phrases(),
        "help": find_help(near=near, now=now, language=_language()),
    }
    return render(request, "tourism/emergency.html", context, status=200 if form.is_valid() else 400)


@require_safe
def standing_notices(request: HttpRequest) -> HttpResponse:
    """Show what is closed or has other hours, today and in the days to come."""
    on = timezone.localdate(timezone.now(), CITY_ZONE)
    context = {"first": on, "last": on + AHEAD, "standing": find_standing(on=on, language=_language())}
    return render(request, "tourism/notices.html", context)


@require_safe
@counted("place")
def place_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one place, also one that the lists leave to its twin; one that is no more is gone, not unknown."""
    now = timezone.now()
    found = find_surroundings(code, within_m=NEARBY_M, limit=NEARBY)
    if found is None:
        return _gone(request, code)
    place = found.place
    card, *nearby = make_cards([place, *found.nearby], language=_language(), now=now, with_photos=found.has_photos)
    address = settings.SITE_URL + request.path
    today, calendar = timezone.localdate(now, CITY_ZONE), schedules.calendar()
    events = find_at_place(place, now=now, limit=EVENTS) if found.has_events else []
    may_keep = request.user.has_perm("tourism.change_place")
    context = {
        "place": place,
        "found": found,
        "units": find_units_at(place.shape),
        "card": card,
        "holiday": calendar.holiday_name(today, _language()),
        "week": _week(card, today, calendar),
        "announced": describe_announced(card.announced, calendar=calendar),
        "may_keep": may_keep,
        "verification": find_verification(code) if may_keep else None,
        "nearby": nearby,
        "events": [make_event_card(one, _language()) for one in events],
        "tags": Category.named(place.tags, _language()),
        "twins": found.twins,
        "address": address,
        "jsonld": jsonld.render(jsonld.describe_place(card, url=address)),
    }
    return render(request, "tourism/place.html", context)


@require_safe
def place_qr(request: HttpRequest, code: str) -> HttpResponse:
    """Return the QR code of the place's page in this language: to share, and for a plate at the door."""
    if not Place.objects.published().filter(code=code).exists():
        return _gone(request, code)
    return respond_qr(settings.SITE_URL + reverse("place", args=[code]))


def _gone(request: HttpRequest, code: str) -> HttpResponse:
    retired = find_retired(code)
    if retired is None:
        raise Http404
    name, language = retired.name_in(_language())
    return render(
        request, "tourism/place_gone.html", {"code": code, "name": name, "name_language": language}, status=410
    )


def _week(card: PlaceCard, first: date, calendar: Calendar) -> list[ComingDay]:
    """Return the coming days, none of a place of whose hours nothing can be said."""
    if not card.judged and not card.closure and not card.announced:
        return []
    return describe_week(schedules.keys_of(card.place), first=first, calendar=calendar, language=_language())


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
