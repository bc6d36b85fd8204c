"""The page that compares two dates: two maps under one slider, and the same as tables."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning.differences import PARCELS_LISTED, PRICES_LISTED, differences
from planning.params import BadParameter, parse_date
from planning.zone_changes import zone_changes
from tiles.registry import all_layers


@require_safe
def compare_dates(request: HttpRequest) -> HttpResponse:
    """Show what differs between two dates; a year ago and today when none are given."""
    today = timezone.localdate()
    errors: dict[str, str] = {}
    dates = sorted(
        _date(request, name, default, errors) for name, default in (("on", _year_before(today)), ("and", today))
    )
    before, after = dates
    # What takes place in a year is no difference between two states of the law.
    dated = [layer for layer in all_layers() if layer.dated and layer.group != "tourism"]
    found = differences(before, after)
    context = {
        "before": before,
        "after": after,
        "today": today,
        "errors": errors,
        "found": found,
        "prices": found.prices[:PRICES_LISTED],
        "parcels": found.parcels[:PARCELS_LISTED],
        "zones": list(zone_changes(before, after)),
        "layers": dated,
        "layer": _layer(request, [layer.id for layer in dated], errors),
        "home": reverse("home"),
    }
    return render(request, "planning/compare.html", context, status=400 if errors else 200)


def _date(request: HttpRequest, name: str, default: date, errors: dict[str, str]) -> date:
    try:
        return parse_date(request.GET, name, default=default)
    except BadParameter as error:
        errors[name] = error.plain
        return default


def _layer(request: HttpRequest, known: list[str], errors: dict[str, str]) -> str:
    wanted = request.GET.get("layer", "")
    if wanted in known:
        return wanted
    if wanted:
        errors["layer"] = _("There is no map layer “%(value)s”. Choose one in the list.") % {"value": wanted[:40]}
    return "zones"


def _year_before(day: date) -> date:
    # 29 February has no day a year before.
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
