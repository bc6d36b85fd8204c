"""What must hold around every request."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string


class DatabaseAway:
    """Answer 503 with Retry-After, in both languages, while the database is out of reach."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a lost database into an answer a person and a program understand."""
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        response: HttpResponse
        if request.path.startswith(("/api/", "/tiles/")):
            problem = {
                "type": "database-away",
                "title": "Database away; try again in a minute",
                "status": 503,
            }
            response = JsonResponse(problem, status=503, content_type="application/problem+json")
        else:
            response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = "30"
        return response
