"""The page of changes and its feeds, for people and for programs that ask again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe
from rest_framework.exceptions import APIException

from portal import problems
from portal.changes.feeds import ChangesFeed, items, page_of, title_of
from portal.changes.params import Asked, parse_asked
from portal.changes.publications import publications
from tiles.api import InPlainWords
from tiles.registry import all_layers

PER_PAGE = 20
MAX_AGE_S = 300


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Show what was published when, the latest first."""
    asked, error, status = Asked(), "", 200
    try:
        asked = parse_asked(request.GET, "page")
    except InPlainWords as refused:
        error, status = refused.plain, refused.status_code
    page = Paginator(asked.publications(), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "asked": asked,
        "error": error,
        "page": page,
        "publications": asked.read(page),
        "layers": all_layers(),
        "query": "" if error else query.urlencode(),
    }
    return render(request, "changes/changes.html", context, status=status)


def _version(request: HttpRequest) -> str | None:
    newest = publications().values_list("pk", flat=True).first()
    return f'"{newest or 0}-{get_language()}"'


def _feed(answer: Callable[[HttpRequest, Asked], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make a door of `answer`: a reader that has the latest already gets 304, a bad parameter a problem document."""

    @require_safe
    @condition(etag_func=_version)
    def door(request: HttpRequest) -> HttpResponse:
        try:
            response = answer(request, parse_asked(request.GET))
        except APIException as refused:
            return problems.answer(refused.status_code, refused.default_code, str(refused.detail))
        patch_cache_control(response, public=True, max_age=MAX_AGE_S)
        return response

    return door


@_feed
def atom(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Return the latest publications as Atom 1.0."""
    return ChangesFeed()(request, asked=asked)


@_feed
def json_feed(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Return the latest publications as JSON Feed 1.1."""
    body: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(asked),
        "description": _("Demonstration data. What the city published, took back or replaced."),
        "home_page_url": page_of(request.GET.urlencode()),
        "feed_url": settings.SITE_URL + request.get_full_path(),
        "language": get_language(),
        "items": [
            {
                "id": item.url,
                "url": item.url,
                "title": item.publication.title,
                "content_text": item.text,
                "date_published": item.publication.moment.isoformat(),
                "tags": [item.publication.layer],
            }
            for item in items(asked)
        ],
    }
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/feed+json"
    return response
