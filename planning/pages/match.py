"""The page that finds a parcel by the corner table of its certificate."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from planning.matching.corners import MAX_BYTES, CornersError, parse_corners
from planning.matching.match import Candidate, example, match, ward_names
from planning.matching.sketch import draw
from planning.matching.words import describe_fit, describe_problem, describe_reading, describe_verdict, refuse


# Nothing is changed by it and no cookie is read, so there is nothing a foreign site could misuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def match_page(request: HttpRequest) -> HttpResponse:
    """Show the form, and the parcels that fit what was pasted."""
    if request.method != "POST":
        text = _table(example()) if "example" in request.GET else ""
        return render(request, "planning/match.html", {"text": text})
    text = request.POST.get("text", "")[:MAX_BYTES]
    try:
        found = match(parse_corners(request.POST.get("text", "")))
    except CornersError as error:
        return render(request, "planning/match.html", {"text": text, "error": refuse(error)}, status=400)
    names = ward_names() if found.candidates else {}
    context = {
        "text": text,
        "match": found,
        "problem": describe_problem(found),
        "candidates": [_shown(each, names) for each in found.candidates],
    }
    return render(request, "planning/match.html", context)


def _shown(candidate: Candidate, names: dict[str, str]) -> dict[str, Any]:
    return {
        "parcel": candidate,
        "ward": names.get(candidate.ward, candidate.ward),
        "percent": 100 * candidate.fit.score,
        "verdict": describe_verdict(candidate),
        "reading": describe_reading(candidate.outline.reading),
        "note": describe_fit(candidate),
        "picture": draw(candidate),
    }


def _table(corners: list[tuple[float, float]]) -> str:
    """Write corners (east, north) as a certificate does: number, X north, Y east."""
    rows = (
        [str(number), *(number_format(round(value, 2), 2, force_grouping=True) for value in (north, east))]
        for number, (east, north) in enumerate(corners, start=1)
    )
    return "\n".join("\t".join(row) for row in rows)
