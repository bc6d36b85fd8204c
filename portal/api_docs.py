"""The description of the API: OpenAPI for programs, a page for people."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from tiles.api import LANGUAGES, OneFormat
from tiles.views import for_reading


class Schema(SpectacularAPIView):
    """The OpenAPI document."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    renderer_classes = [OpenApiJsonRenderer]
    content_negotiation_class = OneFormat


@cache
def calls() -> list[dict[str, Any]]:
    """Return every path and method with its parameters, in the words of the OpenAPI document: English."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return [
        {"path": path, "method": method.upper(), **call}
        for path, methods in schema["paths"].items()
        for method, call in methods.items()
    ]


@for_reading
def docs(request: HttpRequest) -> HttpResponse:
    """Show every address with its parameters, without a script; `lang` chooses the language."""
    language = request.GET.get("lang")
    with translation.override(language if language in LANGUAGES else LANGUAGES[0]):
        shown = [
            {**_said(call), "parameters": [_said(each) for each in call.get("parameters", [])]} for call in calls()
        ]
        addresses = {f"path_{code}": f"{request.path}?lang={code}" for code in LANGUAGES}
        return render(request, "api_docs.html", {"calls": shown, **addresses})


def _said(described: dict[str, Any]) -> dict[str, Any]:
    """Return the same with the paragraphs of its description in the active language."""
    paragraphs = (" ".join(one.split()) for one in described.get("description", "").split("\n\n"))
    return {**described, "description": "\n\n".join(_(one) for one in paragraphs if one)}
