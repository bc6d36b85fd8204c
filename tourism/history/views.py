"""The history of a place as a page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tiles.models import Edition
from tourism.history.entries import find_history
from tourism.listing import find_ever

PAGE_SIZE = 50


@require_safe
def place_history(request: HttpRequest, code: str) -> HttpResponse:
    """Show what changed of a place, also of one that is no more; who entered it only to those who keep places."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    place = find_ever(code)
    if place is None:
        raise Http404
    name, name_language = place.name_in(language)
    context = {
        "code": code,
        "name": name,
        "name_language": name_language,
        "gone": place.edition.state != Edition.State.LIVE,
        "page": Paginator(find_history(code, language=language), PAGE_SIZE).get_page(request.GET.get("page")),
        "names_staff": request.user.has_perm("tourism.change_place"),
    }
    return render(request, "tourism/place_history.html", context)
