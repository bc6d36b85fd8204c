"""The page of an administrative unit."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning.models import Plan
from planning.wards import find_ward, plans_on, units_after, units_before


@require_safe
def ward(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit, those before and after it, and the plans published for it."""
    found = find_ward(code)
    if found is None:
        raise Http404(_("No published ward has this code."))
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
