"""The price of a parcel, or of land without one, as one answer: inputs, why, steps, questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from planning.lookup import ParcelFacts
from planning.prices.engine import value
from planning.prices.inputs import Inputs, ask
from planning.prices.propose import Beside, Proposal, propose
from planning.prices.question import Segment, Valuation, Way
from planning.prices.rules import RuleSet
from planning.prices.tables import find_segment, rules_in_force, rules_of


class NoSegment(LookupError):  # noqa: N818 - a wrong address, no failure
    """No row in force on the date has this code; `name` is the input that gave it."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__(code)
        self.name, self.code = name, code


@dataclass(frozen=True, kw_only=True)
class Priced:
    """An answer with the inputs it rests on; `proposal` is None without a parcel."""

    inputs: Inputs
    segment: Segment | None
    other: Segment | None
    rules: RuleSet
    valuation: Valuation
    proposal: Proposal | None
    # What a person gave, by the names of the addresses.
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def by_street(self) -> bool:
        """Tell whether a street prices land of this use."""
        return self.rules.by_street(self.inputs.use)


def price_parcel(
    parcel: ParcelFacts, given: Inputs, *, on: date, segment_code: str = "", other_code: str = ""
) -> Priced:
    """Return the price of a parcel: what is given goes before what the map proposes.

    Without a segment every road the parcel lies at is a way to it. Raises NoSegment.
    """
    rules = rules_of(parcel.rule_editions, on)
    proposal = propose(parcel, rules, on=on, segment_code=segment_code)
    roads = proposal.by_segment
    first = segment_code or (proposal.ways[0].segment.code if proposal.ways else "")
    segment = _segment("segment", first, roads, on=on)
    beside = proposal.ways[1].segment.code if not segment_code and len(proposal.ways) > 1 else ""
    other = _segment("other_segment", other_code or beside, roads, on=on)
    inputs = given.over(proposal.inputs)
    others = (_other_way(other, roads.get(other.code), inputs),) if other else ()
    valuation = value(ask(inputs, on=on, segment=segment, others=others), rules)
    answers = {**vars(given), "segment": segment_code, "other_segment": other_code}
    return Priced(
        inputs=inputs,
        segment=segment,
        other=other,
        rules=rules,
        valuation=valuation,
        proposal=proposal,
        given={name: answer for name, answer in answers.items() if answer not in (None, "")},
    )


def price_land(given: Inputs, *, on: date, segment_code: str = "", other_code: str = "") -> Priced:
    """Return the price of land that is described without a parcel. Raises NoSegment."""
    rules = rules_in_force(on=on)
    segment = _segment("segment", segment_code, {}, on=on)
    other = _segment("other_segment", other_code, {}, on=on)
    others = (_other_way(other, None, given),) if other else ()
    valuation = value(ask(given, on=on, segment=segment, others=others), rules)
    return Priced(inputs=given, segment=segment, other=other, rules=rules, valuation=valuation, proposal=None)


def _other_way(segment: Segment, road: Beside | None, inputs: Inputs) -> Way:
    """Return another way to the land; what the map does not tell of it is taken to be as at the first."""
    way = road.way if road and road.touches else Way(segment=segment)
    return replace(
        way,
        position=inputs.other_position,
        frontage_m=inputs.frontage_m if way.frontage_m is None else way.frontage_m,
        depth_m=inputs.depth_m if way.depth_m is None else way.depth_m,
    )


def _segment(name: str, code: str, roads: Mapping[str, Beside], *, on: date) -> Segment | None:
    if not code:
        return None
    found = roads[code].segment if code in roads else find_segment(code, on=on)
    if found is None:
        raise NoSegment(name, code)
    return found
