"""The home page, the health of the site, and what is shown when a request fails."""

import sys
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from planning.models import Ward
from portal import problems
from portal.accounts.models import User
from portal.accounts.rooms import rooms_of
from tiles.api import BadParameter
from tiles.dates import parse_date
from tiles.registry import all_layers, find_layer


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the map and, without JavaScript, the same as text."""
    today = timezone.localdate()
    try:
        on, error = parse_date(request.GET, "on", default=today), ""
    except BadParameter as bad:
        on, error = today, bad.plain
    wards = Ward.objects.live().in_force(on=on).order_by("name")
    layer_id, _slash, code = request.GET.get("sel", "")[:180].partition("/")
    layer = find_layer(layer_id)
    context = {
        "layers": all_layers(),
        "wards": wards,
        "today": today,
        "on": on,
        "on_error": error,
        # What a shared map shows, for those who see no map.
        "selected": layer.url(quote(code)) if layer and layer.url and code else "",
        "selected_code": code,
    }
    return render(request, "home.html", context, status=400 if error else 200)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Show the frame of the parcels saved in the reader's browser; the server never learns which."""
    return render(request, "saved.html")


@require_safe
@never_cache
@login_required
def staff(request: HttpRequest) -> HttpResponse:
    """Show a member of staff where they work; who has one room only is led there."""
    assert isinstance(request.user, User)
    rooms = rooms_of(request.user)
    if len(rooms) == 1:
        return redirect(rooms[0].route)
    return render(request, "staff.html", {"rooms": rooms})


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer while the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every dependency is there, else 503 with the one that is missing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT postgis_lib_version()")
            database = {"ok": True, "postgis": cursor.fetchone()[0]}
    except Exception:
        database = {"ok": False}
    return JsonResponse({"database": database}, status=200 if database["ok"] else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: an address, a host or a form no page of ours makes."""
    if problems.for_programs(request):
        return problems.answer(400, "bad-request", _("This request cannot be read. Check address, host and size."))
    return _failure(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: signed in, but not allowed."""
    if problems.for_programs(request):
        return problems.answer(403, "forbidden", _("You may not do this."))
    return _failure(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, with what is missing when a page of ours says so; a slash too many leads to the page before it."""
    reason = problems.missing(exception)
    if problems.for_programs(request):
        return problems.answer(404, "not-found", reason or _("There is nothing at this address."))
    if _has_slash_too_many(request):
        query = iri_to_uri(request.META["QUERY_STRING"])
        return redirect(quote(request.path[:-1]) + (query and f"?{query}"), permanent=True)
    return _failure(request, 404, reason=reason)


def _has_slash_too_many(request: HttpRequest) -> bool:
    path = request.path_info
    is_page = path.endswith("/") and not is_valid_path(path) and is_valid_path(path[:-1])
    return request.method in ("GET", "HEAD") and bool(is_page)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without a word about the inside; 503 when only the database was lost on the way out."""
    if isinstance(sys.exc_info()[1], problems.AWAY):
        return problems.answer_away(request)
    if problems.for_programs(request):
        return problems.answer(500, "server-error", _("The fault is ours and was recorded. Try again later."))
    return HttpResponse(render_to_string("500.html"), status=500)


def _failure(request: HttpRequest, status: int, **said: str) -> HttpResponse:
    try:
        request.GET  # noqa: B018  (read on first use; the page reads it too)
    except SuspiciousOperation:
        request.GET = QueryDict()
    return render(request, f"{status}.html", said, status=status)
