"""Errors for programs: RFC 9457 problem documents; a title a person understands, never a trace."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from tiles.api import MEDIA_TYPE, NothingHere

AWAY = (OperationalError, InterfaceError)
RETRY_S = 30
# Texts of Django's that its Vietnamese lacks or gets wrong: ours go before.
DJANGOS = (
    gettext_noop("Null characters are not allowed."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
)


class Problem(APIException):
    """An error the caller can act on: a stable `type`, a title, and what to do next."""

    def __init__(self, type: str, title: str, *, status: int = 400, detail: str = "", **more: object) -> None:  # noqa: A002
        super().__init__(detail=title, code=type)
        self.status_code = status
        self.body = {
            "type": type,
            "title": str(title),
            "status": status,
            **({"detail": detail} if detail else {}),
            **more,
        }


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return every handled error of an API view as a problem document."""
    response = exception_handler(error, context)
    if response is None:
        return None
    return Response(
        _body(error, response.status_code),
        status=response.status_code,
        headers=dict(response.headers),
        content_type=MEDIA_TYPE,
    )


def for_programs(request: HttpRequest) -> bool:
    """Tell whether this address answers programs, so that its errors are problem documents."""
    path = request.path_info
    return path == "/api" or path.startswith(("/api/", "/tiles/")) or path.endswith((".json", ".geojson"))


def answer(status: int, type: str, title: str) -> HttpResponse:  # noqa: A002
    """Return a problem document."""
    body = {"type": type, "title": title, "status": status}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


def missing(error: Exception) -> str:
    """Return what a page of ours says is missing; "" for what Django says of an address, which is nobody's business."""
    return str(error) if isinstance(error, NothingHere) else ""


def answer_away(request: HttpRequest) -> HttpResponse:
    """Return 503 with Retry-After while the database is out of reach; the page speaks both languages."""
    response: HttpResponse
    if for_programs(request):
        response = answer(503, "database-away", _("The database does not answer. Try again in half a minute."))
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = str(RETRY_S)
    response["Cache-Control"] = "no-store"
    return response


def _body(error: Exception, status: int) -> dict[str, Any]:
    if isinstance(error, Problem):
        return error.body
    if isinstance(error, Http404):
        title = missing(error) or _("There is nothing at this address.")
        return {"type": "not-found", "title": title, "status": status}
    if isinstance(error, ValidationError):
        title = _("Some values of the body are missing or wrong; “errors” names them.")
        return {"type": "invalid", "title": title, "status": status, "errors": error.detail}
    if isinstance(error, ParseError):
        title = _("The body cannot be read as JSON: send one object, in UTF-8.")
        return {"type": "parse-error", "title": title, "status": status}
    if isinstance(error, UnsupportedMediaType):
        title = _("Send the body as JSON, with the header Content-Type: application/json.")
        return {"type": "unsupported-media-type", "title": title, "status": status}
    code = str(getattr(error, "default_code", "error")).replace("_", "-")
    members = getattr(error, "members", {})
    return {"type": code, "title": str(getattr(error, "detail", error)), "status": status, **members}
