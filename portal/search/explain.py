"""Why a question has no answer, or more than one: what is wrong with it and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext_lazy

from planning.numbered import (
    Choice,
    ask_for_both,
    ask_for_ward,
    explain_missing,
    find_choices,
    is_half_numbered,
    parse_numbered,
)
from portal.search.coordinates import find_fault
from portal.text import nfc
from tiles.registry import Hit

_FAULTS = {
    "outside-city": gettext_lazy(
        "This point lies outside the city in every coordinate system of Vietnam and in both orders. Check the numbers; "
        "in Đà Lạt latitude is about 11.9 and longitude about 108.4, X about 1,320,000 and Y about 575,000."
    ),
    "malformed": gettext_lazy(
        "This looks like a point, but two coordinates could not be read. Write it like 11.9404, 108.4419 or "
        "11°56'25\"N 108°26'31\"E; minutes and seconds are below 60."
    ),
    "short-link": gettext_lazy(
        "A shortened map link does not hold the coordinates. Open it, then copy the long address or the coordinates."
    ),
}


def find_ward_choices(text: str) -> list[Choice]:
    """Return the parcels among which the old ward must choose."""
    numbered = parse_numbered(text)
    return find_choices(numbered) if numbered else []


def explain(text: str, hits: Sequence[Hit], *, language: str) -> str:
    """Return what is to be said beside the hits: which ward is meant, or why there are none; "" when all is clear."""
    with translation.override(language):
        numbered = parse_numbered(text)
        if numbered and any(hit.kind == "parcel" for hit in hits) and (choices := find_choices(numbered)):
            return ask_for_ward(sheet=numbered.sheet, number=numbered.number, count=len(choices))
        if is_half_numbered(text) and not any(hit.kind == "parcel" for hit in hits):
            return ask_for_both()
        if hits:
            return ""
        if fault := find_fault(nfc(text)):
            return str(_FAULTS[fault])
        return explain_missing(numbered) if numbered else ""
