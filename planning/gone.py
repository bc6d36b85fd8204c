"""The answers for a parcel code that is no more: 301 to its only successor, 410 with the list of several.

A code typed in capital letters, as some papers print it, is led to the code as it is written: 301.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from planning.former import former_parcels, outlines_of
from planning.lineage import Gone, find_as_written, find_gone, parcels_called
from planning.pages.dates import on_of
from planning.pages.former import drawn
from planning.params import UnknownCode
from tiles.api import MEDIA_TYPE, GoneError

Page = Callable[..., HttpResponse]
# The pages whose readers are told in HTML; the others are read by programs.
FOR_PEOPLE = ("parcel", "parcel-pdf")


def follow_lineage(route: str) -> Callable[[Page], Page]:
    """Let a page of one parcel answer for codes that are no more; `route` is the page's own name."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def answer(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return page(request, code, *args, **kwargs)
            except Http404:
                if written := find_as_written(code):
                    return HttpResponsePermanentRedirect(_address(request, route, written))
                gone = find_gone(code)
                if gone is None:
                    raise
                return _page(request, gone, route)

        return answer

    return decorate


def answer_missing(request: Request, code: str, route: str = "api-parcel") -> Response:
    """Answer an API door for a code without a live parcel: 301; raises GoneError (410) or UnknownCode (404)."""
    if written := find_as_written(code):
        return Response(status=301, headers={"Location": _address(request, route, written)})
    gone = find_gone(code)
    if gone is None:
        raise UnknownCode(_("No published parcel has this code. Search by sheet, number and ward."))
    if gone.moved_to:
        return Response(status=301, headers={"Location": _address(request, route, gone.moved_to)})
    raise GoneError(sentence(gone), **members(gone))


def sentence(gone: Gone) -> str:
    """Say what happened to the parcel, and what to do next."""
    said = _("Parcel %(code)s is no more since %(day)s: %(kind)s.") % {
        "code": gone.code,
        "day": f"{gone.changed:%d/%m/%Y}",
        "kind": gone.kind_name,
    }
    if gone.successors:
        return f"{said} " + _("Ask about one of its parcels of today: %(codes)s.") % {
            "codes": ", ".join(gone.successors)
        }
    return f"{said} " + _("No parcel of today is stated. Ask the land registration office.")


def came_here(code: str, was: str) -> str:
    """Say that a parcel called `was` became the one called `code`; "" when it did not."""
    gone = find_gone(was) if was else None
    if gone is None or gone.moved_to != code:
        return ""
    return _("You came from parcel %(was)s: it is this parcel since %(day)s (%(kind)s).") % {
        "was": gone.code,
        "day": f"{gone.changed:%d/%m/%Y}",
        "kind": gone.kind_name,
    }


def members(gone: Gone) -> dict[str, Any]:
    """Return what the problem document says beside its title."""
    return {
        "code": gone.code,
        "kind": gone.kind,
        "changed": gone.changed.isoformat(),
        "document": gone.document,
        "successors": [{"code": code, "url": f"/parcels/{code}"} for code in gone.successors],
    }


def _page(request: HttpRequest, gone: Gone, route: str) -> HttpResponse:
    if gone.moved_to:
        address = _address(request, route, gone.moved_to)
        if route == "parcel":
            address += ("&" if "?" in address else "?") + f"was={quote(gone.code)}"
        return HttpResponsePermanentRedirect(address)
    if route not in FOR_PEOPLE:
        body = {"type": "gone", "title": sentence(gone), "status": 410, **members(gone)}
        return JsonResponse(body, status=410, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
    on, _error = on_of(request)
    context = {
        "gone": gone,
        "parcels": parcels_called(gone.successors),
        "sentence": sentence(gone),
        "existed_on": on if on < gone.changed else None,
        "last_day": gone.changed - timedelta(days=1),
        "former": drawn(former_parcels([gone.code]), outlines_of(gone.successors)),
    }
    return render(request, "planning/parcel_gone.html", context, status=410)


def _address(request: HttpRequest | Request, route: str, code: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return reverse(route, args=[code]) + (f"?{query}" if query else "")
