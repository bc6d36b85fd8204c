"""API errors as RFC 9457 problem documents, in both languages."""

from typing import Any

from django.http import Http404
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler


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
    """Return every handled error as application/problem+json."""
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, Problem):
        body = error.body
    elif isinstance(error, Http404):
        body = {"type": "not-found", "title": "Không tìm thấy / Not found", "status": 404}
    else:
        code = getattr(error, "default_code", "error")
        body = {
            "type": str(code).replace("_", "-"),
            "title": str(getattr(error, "detail", error)),
            "status": response.status_code,
        }
    return Response(
        body,
        status=response.status_code,
        headers=dict(response.headers),
        content_type="application/problem+json",
    )
