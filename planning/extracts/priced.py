"""The price of a parcel as its extract tells it: one choice of street or rule for page, map, document and API."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from planning.extracts.answers import EditionUsed
from planning.extracts.extract import GivenAnswer, Price, Question
from planning.price_forms import told
from planning.prices import words
from planning.prices.answer import Priced
from planning.prices.propose import Beside
from planning.prices.question import Segment
from portal.text import slug


def price_of(priced: Priced) -> Price | None:
    """Return how the parcel is priced; None when neither a table nor a rule is in force."""
    segment, road = _segment(priced)
    if segment is None and not priced.rules.rules:
        return None
    found = priced.valuation
    questions = tuple(Question(input=words.addressed(name), question=words.question(name)) for name in found.missing)
    common: dict[str, Any] = {
        "position": found.position if found.price_vnd_per_m2 is not None else None,
        "price_vnd_per_m2": found.price_vnd_per_m2,
        "missing": questions if priced.rules.rules else (),
        "given": tuple(_answers(priced)),
        # Without a word of a person the amount is the page's to tell.
        "amount_vnd": found.amount_vnd if priced.given else None,
    }
    if segment:
        return Price(**common, **_by_street(segment, road))
    step = found.steps[0] if found.steps and not priced.by_street else None
    return Price(
        basis="area" if step else "open",
        code="",
        street="",
        from_street="",
        to_street="",
        distance_m=None,
        prices_vnd_per_m2=(),
        text=f"{words.text_of(step)}: {number_format(step.result)} đ/m²" if step else "",
        table=step.source.dataset if step else "",
        decision=step.source.decision if step else "",
        in_force_from=None,
        in_force_until=None,
        url="",
        **common,
    )


def editions_of(priced: Priced) -> Iterator[EditionUsed]:
    """Yield the editions the price rests on: the table's, and those of the rules."""
    segment, road = _segment(priced)
    if segment:
        published = road.published if road else None
        yield EditionUsed(dataset=segment.source.dataset, edition=segment.source.edition, published=published)
    yield from priced.rules.editions


def _segment(priced: Priced) -> tuple[Segment | None, Beside | None]:
    """Return the row of the street that prices the parcel; none for land that no street prices, or may not."""
    segment = priced.valuation.segment or priced.segment
    # Without rules nothing says which use a street prices; its row is all there is to tell.
    undecided = priced.rules.rules and {"use", "priced_use"} & {*priced.valuation.missing}
    if segment is None or undecided or not priced.by_street:
        return None, None
    return segment, priced.proposal.by_segment.get(segment.code) if priced.proposal else None


def _answers(priced: Priced) -> Iterator[GivenAnswer]:
    segments = {"segment": priced.segment, "other_segment": priced.other}
    for name, value in priced.given.items():
        segment = segments.get(name)
        yield GivenAnswer(
            input=name,
            value=f"{value.normalize():f}" if isinstance(value, Decimal) else str(value),
            text=told(name, words.span(segment) if segment else value),
        )


def _by_street(segment: Segment, road: Beside | None) -> dict[str, Any]:
    return {
        "basis": "street",
        "code": segment.code,
        "street": segment.street,
        "from_street": segment.from_street,
        "to_street": segment.to_street,
        "distance_m": round(road.from_street_m, 1) if road else None,
        "prices_vnd_per_m2": segment.prices,
        "text": "",
        "table": segment.source.dataset,
        "decision": segment.source.decision,
        "in_force_from": road.in_force_from if road else None,
        "in_force_until": road.in_force_until if road else None,
        "adjoins": bool(road and road.level == 0 and road.touches),
        "url": f"/streets/{slug(segment.street)}",
    }
