"""The page of a day out and what one takes along from it. The whole day is in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.calendar import CITY_ZONE
from portal.text import nfc
from tourism.cards import PlaceCard, make_cards
from tourism.days_out import exports, sketch
from tourism.days_out.asked import MOST_STOPS, Asked
from tourism.days_out.cautions import Caution, find_cautions
from tourism.days_out.days import Day, DayError, Gone, Visit, plan_day
from tourism.days_out.forms import DayForm
from tourism.days_out.ready import find_ready_days
from tourism.models import Place
from tourism.qr import respond_qr
from tourism.visits import counted

FOUND = 8


@dataclass(frozen=True, kw_only=True)
class Row:
    """A stop on the page and the addresses that change it."""

    number: int
    item: Visit | Gone
    stay: int | None
    cautions: tuple[Caution, ...]
    earlier: str
    later: str
    remove: str

    @property
    def visit(self) -> Visit | None:
        """The visit, unless the stop is gone."""
        return self.item if isinstance(self.item, Visit) else None

    @property
    def name(self) -> str:
        """The name of the stop."""
        return self.item.card.title if isinstance(self.item, Visit) else self.item.name


@require_safe
@counted("days-out")
def days_out(request: HttpRequest) -> HttpResponse:
    """Show a day out, search for the next stop, offer ready-made days."""
    best = request.GET.get("order") == "best"
    asked, form, day, error = _plan(request, best=best)
    if day and best:
        found = "best" if day.proven_best else "good"
        return HttpResponseRedirect(f"{reverse('days-out')}?{day.asked.query}&found={found}#stops")
    # Not `q`, which the search of the site shows in its own field.
    wanted = request.GET.get("find", "")[:200]
    cards = _find(wanted)
    context = {
        "form": form,
        "asked": asked,
        "error": error,
        "day": day,
        "rows": _rows(day) if day else [],
        "bare": [] if day else [(code, asked.without(number).query) for number, code in enumerate(asked.codes)],
        "sketch": sketch.draw(day) if day else None,
        "wanted": wanted,
        "found": [(card, asked.with_stop(card.place.code).query) for card in cards],
        "full": len(asked.codes) >= MOST_STOPS,
        "hidden": parse_qsl(asked.query) if asked.codes else [],
        "best": request.GET.get("found", ""),
        "ready": find_ready_days(start=asked.start, language=_language()),
        "link": _link(asked),
    }
    return render(request, "tourism/days_out/days_out.html", context, status=400 if error or form.errors else 200)


@require_safe
def days_out_gpx(request: HttpRequest) -> HttpResponse:
    """Hand out the day as GPX."""
    asked, _form, day, _error = _plan(request)
    if not day or not day.visits:
        return days_out_nothing(request)
    body = exports.render_gpx(day, title=_title(day), link=_link(asked), address_of=_address_of)
    return _file(body, "application/gpx+xml", "days-out.gpx")


@require_safe
def days_out_ics(request: HttpRequest) -> HttpResponse:
    """Hand out the day as iCalendar."""
    asked, _form, day, _error = _plan(request)
    if not day or not day.visits:
        return days_out_nothing(request)
    body = exports.render_ics(day, now=timezone.now(), link=_link(asked), address_of=_address_of)
    return _file(body, "text/calendar; charset=utf-8", "days-out.ics")


@require_safe
def days_out_qr(request: HttpRequest) -> HttpResponse:
    """Return the QR code of the day's page as SVG."""
    asked, _form, day, _error = _plan(request)
    if not day:
        return days_out_nothing(request)
    return respond_qr(_link(asked))


def days_out_nothing(request: HttpRequest) -> HttpResponse:
    """Lead to the page, which says what is wrong with the day, or that it has no stop yet."""
    return HttpResponseRedirect(f"{reverse('days-out')}?{request.GET.urlencode()}")


def _plan(request: HttpRequest, *, best: bool = False) -> tuple[Asked, forms.Form, Day | None, str]:
    """Return what is asked for, its form, the day, and why there is none."""
    form = DayForm(_one_stay(request.GET), now=timezone.now())
    if not form.is_valid():
        return Asked(start=form.usual_start), form, None, ""
    asked = form.asked
    if not asked.codes:
        return asked, form, None, ""
    try:
        return asked, form, plan_day(asked, language=_language(), best=best), ""
    except DayError as error:
        return asked, form, None, error.text


def _one_stay(query: QueryDict) -> dict[str, str]:
    """The form has a field of minutes for each stop; an address has one list."""
    values = query.dict()
    if "stay" in query:
        values["stay"] = ",".join(query.getlist("stay"))
    return {name: str(value) for name, value in values.items()}


def _rows(day: Day) -> list[Row]:
    asked, last = day.asked, len(day.items) - 1
    return [
        Row(
            number=number + 1,
            item=item,
            stay=asked.stays[number],
            cautions=tuple(find_cautions(item)) if isinstance(item, Visit) else (),
            earlier=asked.moved(number, -1).query if number else "",
            later=asked.moved(number, 1).query if number < last else "",
            remove=asked.without(number).query,
        )
        for number, item in enumerate(day.items)
    ]


def _find(text: str) -> list[PlaceCard]:
    wanted = nfc(text.strip())
    if not wanted:
        return []
    now = timezone.now()
    found = Place.objects.live().matching(wanted).by_likeness(wanted)[:FOUND]
    return make_cards(found, language=_language(), now=now)


def _title(day: Day) -> str:
    return _("Day out in Đà Lạt, %(day)s") % {"day": f"{day.asked.start.astimezone(CITY_ZONE):%d/%m/%Y}"}


def _link(asked: Asked) -> str:
    return f"{settings.SITE_URL}{reverse('days-out')}?{asked.query}"


def _address_of(code: str) -> str:
    return settings.SITE_URL + reverse("place", args=[code])


def _file(body: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
