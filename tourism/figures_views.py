"""The figures of the register for everybody, and what it lacks for those who keep it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tourism import verifications, visits
from tourism.cards import make_cards
from tourism.figures import Figures, count_places
from tourism.quality import GAPS, choose_round, count_gaps, lacking

VISITED_DAYS = 30
PAGE_SIZE = 50


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show what the register holds."""
    return render(request, "tourism/figures.html", _figures())


@require_safe
def figures_feed(request: HttpRequest) -> HttpResponse:
    """Answer the same numbers to the operations centre, as JSON."""
    found = _figures()
    counted: Figures = found["figures"]
    return JsonResponse(
        {**asdict(counted), "visits": {"days": VISITED_DAYS, "pages": found["visits"]}},
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
@never_cache
@login_required
@permission_required("tourism.change_place", raise_exception=True)
def quality(request: HttpRequest) -> HttpResponse:
    """Show a steward what places lack, and a round of places to verify."""
    day = timezone.localdate()
    gap = request.GET.get("gap", "")
    context: dict[str, Any] = {"gaps": count_gaps(on=day), "gap": gap if gap in GAPS else ""}
    if gap in GAPS:
        page = Paginator(lacking(gap, on=day), PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"page": page, "name": GAPS[gap], "query": f"gap={gap}", "cards": _cards(page)}
    else:
        context |= {"round": _cards(choose_round(on=day)), "recorded": verifications.recorded(on=day)}
    return render(request, "tourism/quality.html", context)


def _figures() -> dict[str, Any]:
    now = timezone.now()
    return {
        "figures": count_places(now=now, language=_language()),
        "visits": visits.visits_of(until=timezone.localdate(now), days=VISITED_DAYS),
        "visited_days": VISITED_DAYS,
    }


def _cards(places: Any) -> Any:
    return make_cards(places, language=_language(), now=timezone.now())


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
