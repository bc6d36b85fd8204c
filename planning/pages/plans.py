"""The pages of plans and their zones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning import lookup
from planning.documents import documents_of
from planning.extracts.answers import law_status
from planning.models import Plan
from planning.offices import office_to_ask
from planning.pages.dates import dated, on_of
from planning.uses import find_use, name_of, system_of
from tiles.api import NothingHere

THEN_LISTED = 12


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans in force on a date."""
    on, error = on_of(request)
    rows = Plan.objects.live().in_force(on=on).select_related("edition__dataset").order_by("layer", "code")
    context = {"plans": rows, **dated(on, error)}
    return render(request, "planning/plans.html", context, status=400 if error else 200)


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show a plan with its decision and the uses it draws, and what the law says of it on a date."""
    on, error = on_of(request)
    found = lookup.find_plan(code)
    if found is None:
        raise NothingHere(_("No published plan has this code. The page of plans lists them all."))
    uses = [(find_use(system_of(found.layer), use.use), use) for use in lookup.uses_of_plan(found)]
    context = {
        "plan": found,
        "uses": uses,
        "documents": [
            {"title": paper.title, "size": paper.size, "url": reverse("plan-document", args=[found.code, paper.name])}
            for paper in documents_of(found)
        ],
        "law_status": law_status(found.in_force_from, found.in_force_until, on=on),
        "ask": office_to_ask(found.layer, found.level, on=timezone.localdate()),
        "subject": f"plans/{found.code}",
        **dated(on, error),
    }
    return render(request, "planning/plan.html", context, status=400 if error else 200)


@require_safe
def zone(request: HttpRequest, code: str) -> HttpResponse:
    """Show a zone with its indicators, and what the law says of its plan on a date."""
    on, error = on_of(request)
    found = lookup.find_zone(code)
    if found is None:
        raise NothingHere(_("No published zone has this code. Search for it, or pick it on the map."))
    drawn_by = lookup.plan_of(found)
    status = law_status(drawn_by.in_force_from, drawn_by.in_force_until, on=on) if drawn_by else None
    then = lookup.zones_then(found, on=on)[:THEN_LISTED] if status in ("not-yet", "ended") else []
    context = {
        "zone": found,
        "use": find_use("construction", found.use),
        "plan": drawn_by,
        "law_status": status,
        "ask": office_to_ask(drawn_by.layer, drawn_by.level, on=timezone.localdate()) if drawn_by else "",
        "then": [(name_of("construction", one.use, one.use_name), one) for one in then],
        "area_m2": found.geom.area if found.geom else None,
        "subject": f"zones/{found.code}",
        **dated(on, error),
    }
    return render(request, "planning/zone.html", context, status=400 if error else 200)
