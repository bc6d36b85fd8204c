"""The page of a parcel, and the same as files; works without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning import lookup
from planning.extracts.assemble import assemble, with_history
from planning.extracts.extract import Extract
from planning.extracts.render import render_geojson, render_json
from planning.extracts.sketch import sketch
from planning.former import codes_then, former_parcels
from planning.gone import came_here, follow_lineage
from planning.lineage import find_gone
from planning.pages.dates import dated, on_of, since_of
from planning.pages.former import drawn
from planning.pages.prices import parcel_section
from planning.params import BadParameter, parse_date, parse_since
from planning.prices.answer import price_parcel
from planning.prices.inputs import Inputs
from portal.text import slug
from tiles.api import MEDIA_TYPE, NothingHere


@require_safe
@follow_lineage("parcel")
def parcel(request: HttpRequest, code: str) -> HttpResponse:
    """Show all that is known about a parcel."""
    on, error = on_of(request)
    found = _parcel(code, on)
    since, since_error = since_of(request)
    bare = price_parcel(found, Inputs(), on=on)
    extract = assemble(found, on=on, created=timezone.now(), priced=bare)
    if since or since_error or request.GET.get("history") == "1":
        extract = with_history(extract, found, since=since)
    price = parcel_section(request.GET, found, bare, on=on)
    context = {
        "extract": extract,
        "since": since,
        "since_error": since_error,
        **price,
        "street_url": _street_url(extract),
        "home": reverse("home"),
        "sketch": sketch(found, extract),
        **_former(found, on),
        "became": find_gone(found.code) if found.in_force_until else None,
        "subject": f"parcels/{extract.code}",
        "was": came_here(code, request.GET.get("was", "")[:60]),
        **dated(on, error),
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


def _former(found: lookup.ParcelFacts, on: date) -> dict[str, Any]:
    """Return the parcels that stood there on a date before the parcel was formed, as far as they were published."""
    if not found.formed_on or on >= found.formed_on:
        return {}
    codes = codes_then(found.code, on=on)
    former = former_parcels(codes)
    kept = {one.code for one in former}
    return {"former": drawn(former, [found.outline]), "not_kept": [code for code in codes if code not in kept]}


def _street_url(extract: Extract) -> str:
    return reverse("street", args=[slug(extract.price.street)]) if extract.price and extract.price.street else ""


def _parcel(code: str, on: date) -> lookup.ParcelFacts:
    found = lookup.find_parcel(code, on=on)
    if found is None:
        raise NothingHere(_("No published parcel has this code. Search by sheet, number and ward."))
    return found


def _file(
    request: HttpRequest, code: str, write: Callable[[Extract], dict[str, Any]], content_type: str
) -> HttpResponse:
    try:
        on, since = parse_date(request.GET, "on", default=timezone.localdate()), parse_since(request.GET)
    except BadParameter as bad:
        body = {"type": bad.default_code, "title": str(bad.detail), "status": bad.status_code}
        return JsonResponse(body, status=bad.status_code, content_type=MEDIA_TYPE)
    found = _parcel(code, on)
    extract = assemble(found, on=on, created=timezone.now())
    if since or request.GET.get("history") == "1":
        extract = with_history(extract, found, since=since)
    return JsonResponse(write(extract), content_type=content_type, json_dumps_params={"ensure_ascii": False})
