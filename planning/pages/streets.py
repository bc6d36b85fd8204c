"""The pages of streets and their prices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning import lookup
from planning.addresses import parcels_on
from planning.pages.dates import dated, on_of
from tiles.api import NothingHere

LISTED = 200


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
    on, error = on_of(request)
    found = lookup.find_street(address)
    if found is None:
        raise NothingHere(_("No published street has this address. The page of streets lists them all."))
    context = {
        "street": found,
        "segments": lookup.segments_of(found, on=on),
        "roads": lookup.pieces_of(found),
        "parcels": list(parcels_on(found.name, limit=LISTED)),
        **dated(on, error),
    }
    return render(request, "planning/street.html", context, status=400 if error else 200)
