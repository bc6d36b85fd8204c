"""Two parcels side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning.extracts.assemble import assemble
from planning.extracts.comparison import compare
from planning.extracts.extract import Extract
from planning.gone import sentence
from planning.lineage import find_gone
from planning.lookup import find_parcel
from planning.pages.dates import dated, on_of
from planning.search import search_parcels
from tiles.registry import Hit

CHOICES = 12
LONGEST = 200


@dataclass(kw_only=True)
class Side:
    """What was asked for on one side: the extract, or parcels to choose from, or what is wrong.

    `successors` are the codes of today of a parcel that is no more.
    """

    name: str
    asked: str
    extract: Extract | None = None
    choices: list[Hit] = field(default_factory=list)
    error: str = ""
    successors: tuple[str, ...] = ()


@require_safe
def parcels(request: HttpRequest) -> HttpResponse:
    """Compare the parcels `a` and `b`, each a code or numbers such as "12/345 phường 4"."""
    on, error = on_of(request)
    a, b = (_side(name, request.GET.get(name, ""), on) for name in ("a", "b"))
    wrong = any(side.error for side in (a, b))
    context = {
        "sides": (a, b),
        "sections": list(compare(a.extract, b.extract)) if a.extract and b.extract else [],
        **dated(on, error),
    }
    return render(request, "planning/compare_parcels.html", context, status=400 if error else 404 if wrong else 200)


def _side(name: str, asked: str, on: date) -> Side:
    side = Side(name=name, asked=asked.strip()[:LONGEST].replace("\0", ""))
    if not side.asked:
        return side
    parcel = find_parcel(side.asked, on=on)
    gone = None if parcel else find_gone(side.asked)
    if parcel is None and gone is None:
        hits = search_parcels(side.asked, CHOICES, get_language() or "vi")
        if len(hits) == 1:
            parcel, gone = find_parcel(hits[0].code, on=on), find_gone(hits[0].code)
        # What is no more cannot be compared.
        side.choices = [hit for hit in hits if hit.lon is not None] if len(hits) > 1 else []
    if parcel:
        side.extract = assemble(parcel, on=on, created=timezone.now())
    elif gone:
        side.error, side.successors = sentence(gone), gone.successors
    elif not side.choices:
        text = _(
            "No published parcel is called “%(asked)s”. Write its code, or sheet, number and ward: 12/345 phường 4."
        )
        side.error = text % {"asked": side.asked[:60]}
    return side
