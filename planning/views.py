"""The pages of parcels, plans, zones and streets; all of them work without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning import lookup
from planning.addresses import parcels_on
from planning.documents import documents_of
from planning.extracts.assemble import assemble, with_history
from planning.extracts.extract import Extract, law_status
from planning.extracts.render import render_geojson, render_json
from planning.extracts.sketch import sketch
from planning.gone import follow_lineage
from planning.models import Plan
from planning.pages.prices import parcel_section
from planning.params import BadParameter, parse_date, parse_since
from planning.uses import find_use, system_of
from portal.text import slug
from tiles.api import MEDIA_TYPE

LISTED = 200


@require_safe
@follow_lineage("parcel")
def parcel(request: HttpRequest, code: str) -> HttpResponse:
    """Show all that is known about a parcel."""
    on, error = _on(request)
    found = _parcel(code, on)
    since, since_error = _since(request)
    extract = assemble(found, on=on, created=timezone.now())
    if since or since_error or request.GET.get("history") == "1":
        extract = with_history(extract, found, since=since)
    price = parcel_section(request.GET, found, on=on)
    context = {
        "extract": extract,
        "since": since,
        "since_error": since_error,
        **price,
        "street_url": reverse("street", args=[slug(extract.price.street)]) if extract.price else "",
        "home": reverse("home"),
        "sketch": sketch(found, extract),
        "subject": f"parcels/{extract.code}",
        **_dated(on, error),
    }
    bad = error or since_error or price["price_bad"]
    return render(request, "planning/parcel.html", context, status=400 if bad else 200)


@require_safe
@follow_lineage("parcel-json")
def parcel_json(request: HttpRequest, code: str) -> HttpResponse:
    """Return the same as JSON."""
    return _file(request, code, render_json, "application/json")


@require_safe
@follow_lineage("parcel-geojson")
def parcel_geojson(request: HttpRequest, code: str) -> HttpResponse:
    """Return the same as GeoJSON."""
    return _file(request, code, render_geojson, "application/geo+json")


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans in force on a date."""
    on, error = _on(request)
    rows = Plan.objects.live().in_force(on=on).order_by("layer", "code")
    context = {"plans": rows, **_dated(on, error)}
    return render(request, "planning/plans.html", context, status=400 if error else 200)


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show a plan with its decision and the uses it draws, and what the law says of it on a date."""
    on, error = _on(request)
    found = lookup.find_plan(code)
    if found is None:
        raise Http404(_("No published plan has this code."))
    uses = [(find_use(system_of(found.layer), use.use), use) for use in lookup.uses_of_plan(found)]
    context = {
        "plan": found,
        "uses": uses,
        "documents": [
            {"title": paper.title, "size": paper.size, "url": reverse("plan-document", args=[found.code, paper.name])}
            for paper in documents_of(found)
        ],
        "law_status": law_status(found.in_force_from, found.in_force_until, on=on),
        "subject": f"plans/{found.code}",
        **_dated(on, error),
    }
    return render(request, "planning/plan.html", context, status=400 if error else 200)


@require_safe
def zone(request: HttpRequest, code: str) -> HttpResponse:
    """Show a zone with its indicators, and what the law says of its plan on a date."""
    on, error = _on(request)
    found = lookup.find_zone(code)
    if found is None:
        raise Http404(_("No published zone has this code."))
    drawn_by = lookup.plan_of(found)
    context = {
        "zone": found,
        "use": find_use("construction", found.use),
        "plan": drawn_by,
        "law_status": law_status(drawn_by.in_force_from, drawn_by.in_force_until, on=on) if drawn_by else None,
        "area_m2": found.geom.area if found.geom else None,
        "subject": f"zones/{found.code}",
        **_dated(on, error),
    }
    return render(request, "planning/zone.html", context, status=400 if error else 200)


@require_safe
def streets(request: HttpRequest) -> HttpResponse:
    """List the streets whose name holds a text."""
    wanted = request.GET.get("q", "")
    found = list(lookup.streets_matching(wanted))
    context = {"q": wanted, "streets": found[:LISTED], "count": len(found)}
    return render(request, "planning/streets.html", context)


@require_safe
def street(request: HttpRequest, address: str) -> HttpResponse:
    """Show a street with the prices of its segments."""
    on, error = _on(request)
    found = lookup.find_street(address)
    if found is None:
        raise Http404(_("No published street has this address."))
    context = {
        "street": found,
        "segments": lookup.segments_of(found, on=on),
        "roads": lookup.pieces_of(found),
        "parcels": list(parcels_on(found.name, limit=LISTED)),
        **_dated(on, error),
    }
    return render(request, "planning/street.html", context, status=400 if error else 200)


def _on(request: HttpRequest) -> tuple[date, str]:
    """Return the date asked for, and what is wrong with it when today had to stand in."""
    today = timezone.localdate()
    try:
        return parse_date(request.GET, "on", default=today), ""
    except BadParameter as error:
        return today, str(error.detail)


def _since(request: HttpRequest) -> tuple[date | None, str]:
    """Return the date since which changes are asked for, and what is wrong with it."""
    try:
        return parse_since(request.GET), ""
    except BadParameter as error:
        return None, str(error.detail)


def _dated(on: date, error: str) -> dict[str, Any]:
    return {"on": on, "on_error": error, "today": timezone.localdate()}


def _parcel(code: str, on: date) -> lookup.ParcelFacts:
    found = lookup.find_parcel(code, on=on)
    if found is None:
        raise Http404(_("No published parcel has this code."))
    return found


def _file(
    request: HttpRequest, code: str, write: Callable[[Extract], dict[str, Any]], content_type: str
) -> HttpResponse:
    on, error = _on(request)
    since, since_error = _since(request)
    if error or since_error:
        body = {"type": "bad-parameter", "title": error or since_error, "status": 400}
        return JsonResponse(body, status=400, content_type=MEDIA_TYPE)
    found = _parcel(code, on)
    extract = assemble(found, on=on, created=timezone.now())
    if since or request.GET.get("history") == "1":
        extract = with_history(extract, found, since=since)
    return JsonResponse(write(extract), content_type=content_type, json_dumps_params={"ensure_ascii": False})
