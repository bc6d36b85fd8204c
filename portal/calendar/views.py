"""The keepers' doors to the calendar: the special days of a year, and what one day is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.calendar import CITY_ZONE, table
from portal.calendar.forms import YEARS, DayForm, WhichForm
from portal.calendar.models import DayChange

if TYPE_CHECKING:
    from portal.accounts.models import User

View = Callable[..., HttpResponse]


def for_keepers(view: View) -> View:
    """Open the door to those who may correct the calendar."""
    return never_cache(login_required(permission_required("calendar.change_day", raise_exception=True)(view)))


@require_safe
@for_keepers
def calendar(request: HttpRequest) -> HttpResponse:
    """List the special days of a year; lead to the day that is asked for."""
    form = WhichForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    if day := asked.get("day"):
        return redirect("calendar_day", day.isoformat())
    year = asked.get("year") or timezone.localdate(timezone.now(), CITY_ZONE).year
    years = [one for one in range(year - 2, year + 3) if YEARS[0] <= one <= YEARS[1]]
    context = {"form": form, "year": year, "years": years, "days": table.find_days(year)}
    return render(request, "calendar/calendar.html", context, status=200 if form.is_valid() else 400)


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def calendar_day(request: HttpRequest, day: str) -> HttpResponse:
    """Show what a day is and was; make it what is written."""
    on = _parse(day)
    known = table.find_day(on)
    form = DayForm(request.POST or None, initial=dict(known.values) if known else None)
    if request.method == "POST" and form.is_valid():
        table.correct(on, **form.cleaned_data, by=cast("User", request.user), now=timezone.now())
        messages.success(request, _("Saved. Opening hours and deadlines follow; what it was stays in the history."))
        return redirect(reverse("calendar_day", args=[day]))
    history = DayChange.objects.filter(day_id=on).select_related("by")
    context = {"day": on, "known": known, "form": form, "history": history}
    return render(request, "calendar/day.html", context, status=400 if form.errors else 200)


def _parse(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if day.isoformat() != text or not YEARS[0] <= day.year <= YEARS[1]:
        raise Http404
    return day
