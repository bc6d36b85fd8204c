"""The page of an administrative unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning.extracts.answers import law_status
from planning.models import Plan
from planning.pages.dates import dated, on_of
from planning.wards import find_ward, plans_on, units_after, units_before, units_then
from tiles.api import NothingHere


@require_safe
def ward(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit on a date: what the law says of it, those before and after it, and the plans in force there."""
    found = find_ward(code)
    if found is None:
        raise NothingHere(_("No published ward has this code. Search for its name, or pick it on the map."))
    on, error = on_of(request)
    plans = Plan.objects.live().in_force(on=on)
    status = law_status(found.in_force_from, found.in_force_until, on=on)
    context = {
        "ward": found,
        "area_km2": found.geom.area / 1e6 if found.geom else None,
        "before": units_before(found),
        "after": units_after(found),
        "plans": plans_on(plans, found.geom).order_by("layer", "code") if found.geom else [],
        "law_status": status,
        "then": [] if status == "in-force" else units_then(found, on=on),
        "subject": f"wards/{found.code}",
        **dated(on, error),
    }
    return render(request, "planning/ward.html", context, status=400 if error else 200)
