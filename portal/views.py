"""The home page and the health of the site."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from planning.models import Ward
from tiles.registry import all_layers


def home(request: HttpRequest) -> HttpResponse:
    """Show the map and, without JavaScript, the same as text."""
    wards = Ward.objects.live().in_force(on=timezone.localdate()).order_by("name")
    return render(request, "home.html", {"layers": all_layers(), "wards": wards})


def live(request: HttpRequest) -> HttpResponse:
    """Answer while the process lives."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every dependency is there, else 503 with the one that is missing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT postgis_lib_version()")
            database = {"ok": True, "postgis": cursor.fetchone()[0]}
    except Exception:
        database = {"ok": False}
    return JsonResponse({"database": database}, status=200 if database["ok"] else 503)
