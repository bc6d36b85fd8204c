"""The price of a parcel, or of land without one, as one answer: inputs, why, steps, questions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from planning.lookup import ParcelFacts
from planning.prices.engine import value
from planning.prices.inputs import OF_THE_WAY, Inputs, ask
from planning.prices.propose import Proposal, propose
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
    proposal = propose(parcel, rules, on=on)
    roads = {road.segment.code: road for road in reversed(proposal.roads)}
    first = proposal.ways[0].segment.code if proposal.ways else ""
    segment = _segment("segment", segment_code or first, roads, on=on)
    proposed = proposal.inputs
    if segment and segment.code != first:
        # What was proposed of the way belongs to another street.
        proposed = replace(proposed, **{name: getattr(Inputs(), name) for name in OF_THE_WAY})
        if (road := roads.get(segment.code)) and road.touches:
            proposed = replace(
                proposed,
                alley_level=road.level,
                alley_width_m=road.way.alley_width_m,
                surface={True: "earth", False: "paved", None: ""}[road.earth],
                distance_m=road.way.distance_m,
            )
    beside = proposal.ways[1].segment.code if not segment_code and len(proposal.ways) > 1 else ""
    other = _segment("other_segment", other_code or beside, roads, on=on)
    others: tuple[Way, ...] = ()
    if other:
        road = roads.get(other.code)
        way = road.way if road and road.touches else Way(segment=other)
        others = (replace(way, position=given.other_position),)
    inputs = given.over(proposed)
    valuation = value(ask(inputs, on=on, segment=segment, others=others), rules)
    return Priced(inputs=inputs, segment=segment, other=other, rules=rules, valuation=valuation, proposal=proposal)


def price_land(given: Inputs, *, on: date, segment_code: str = "", other_code: str = "") -> Priced:
    """Return the price of land that is described without a parcel. Raises NoSegment."""
    rules = rules_in_force(on=on)
    segment = _segment("segment", segment_code, {}, on=on)
    other = _segment("other_segment", other_code, {}, on=on)
    others = (Way(segment=other, position=given.other_position),) if other else ()
    valuation = value(ask(given, on=on, segment=segment, others=others), rules)
    return Priced(inputs=given, segment=segment, other=other, rules=rules, valuation=valuation, proposal=None)


def _segment(name: str, code: str, roads: dict, *, on: date) -> Segment | None:
    if not code:
        return None
    found = roads[code].segment if code in roads else find_segment(code, on=on)
    if found is None:
        raise NoSegment(name, code)
    return found
