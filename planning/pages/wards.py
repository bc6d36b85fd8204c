"""The page of an administrative unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning.models import Plan
from planning.wards import find_ward, plans_on, units_after, units_before
from tiles.api import NothingHere


@require_safe
def ward(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit, those before and after it, and the plans published for it."""
    found = find_ward(code)
    if found is None:
        raise NothingHere(_("No published ward has this code. Search for its name, or pick it on the map."))
    plans = plans_on(Plan.objects.live(), found.geom).order_by("layer", "code") if found.geom else Plan.objects.none()
    context = {
        "ward": found,
        "area_km2": found.geom.area / 1e6 if found.geom else None,
        "before": units_before(found),
        "after": units_after(found),
        "plans": plans,
        "subject": f"wards/{found.code}",
    }
    return render(request, "planning/ward.html", context)
