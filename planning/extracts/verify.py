"""Whether a frozen extract still is what the portal says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import override

from planning.extracts.assemble import assemble
from planning.extracts.changes import Change, changes, new_editions
from planning.extracts.frozen import said
from planning.lookup import ParcelFacts, find_parcel
from planning.models import FrozenExtract
from planning.price_forms import read
from planning.prices.answer import NoSegment, Priced, price_parcel
from planning.prices.inputs import Inputs

State = Literal["current", "changed", "gone"]


@dataclass(frozen=True, kw_only=True)
class Verified:
    """A frozen extract beside today's answer to the same question; gone: the parcel is no longer published."""

    frozen: FrozenExtract
    answer: dict[str, Any]
    state: State
    changes: tuple[Change, ...]
    new_editions: tuple[Change, ...]


def verify(frozen: FrozenExtract) -> Verified:
    """Ask the same question again and compare; what changed is said in the active language."""
    then = json.loads(frozen.answer)
    parcel = find_parcel(frozen.code, on=frozen.on)
    if parcel is None:
        return Verified(frozen=frozen, answer=then, state="gone", changes=(), new_editions=())
    # In the language of the document, or every name of a use would differ.
    with override(frozen.language):
        priced = _priced_again(parcel, then.get("price") or {}, on=frozen.on)
        # As of the day of the document: that a date was in the future then is no change.
        today = said(assemble(parcel, on=frozen.on, created=frozen.created, priced=priced))
    found = tuple(changes(then, today))
    return Verified(
        frozen=frozen,
        answer=then,
        state="changed" if found else "current",
        changes=found,
        new_editions=tuple(new_editions(then, today, since=frozen.created)),
    )


def _priced_again(parcel: ParcelFacts, then: dict[str, Any], *, on: date) -> Priced:
    """Price the parcel with the answers that were given then; a row that is gone is left."""
    inputs, codes, _bad = read({one["input"]: one["value"] for one in then.get("given", ())})
    try:
        return price_parcel(parcel, inputs, on=on, **codes)
    except NoSegment:
        return price_parcel(parcel, Inputs(), on=on)
