"""Whether two places are one: the evidence of a pair, its weight, and one decision for all pairs together.

The weights are those of record linkage: how much likelier a finding is between two entries of one place than between
neighbours, as a logarithm to base 2; their sum is the score. No database, no clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import shapely
from shapely import STRtree

from tourism.matching.names import Names, similarity

Decision = Literal["same", "uncertain"]

# Metres within which an entry may stand for a place.
REACH_M = 150.0
SAME_FROM = 8.0
UNCERTAIN_FROM = 5.0
# The best pair must be ahead of every other of either place by this much, else a person looks.
AHEAD = 1.0
_NAME = ((0.95, 8.0), (0.85, 6.0), (0.75, 2.0), (0.6, 0.0))
_OTHER_NAME = -6.0
# At the same spot, and what every metre takes away.
_HERE = 4.0
_PER_METRE = 1 / 20
# Another number says little: one is the landline, one the owner's.
_PHONE = {True: 7.0, False: -2.5, None: 0.0}
_KIND = {"same": 1.5, "group": -3.0, "other": -8.0}


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What of a place is compared; metres of EPSG:5899."""

    key: str
    x: float
    y: float
    names: Names
    phones: frozenset[str]
    kind: str
    group: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a pair has in common: metres apart, names 0-1 alike, one number in common (None: one has none), kind."""

    distance_m: float
    name: float
    phone: bool | None
    kind: Literal["same", "group", "other"]

    @property
    def score(self) -> float:
        """The sum of the weights."""
        name = next((weight for least, weight in _NAME if self.name >= least), _OTHER_NAME)
        distance = _HERE - self.distance_m * _PER_METRE
        return name + distance + _PHONE[self.phone] + _KIND[self.kind]

    def as_facts(self) -> dict[str, Any]:
        """Return the evidence as it is kept."""
        return {**asdict(self), "distance_m": round(self.distance_m, 1), "name": round(self.name, 2)}


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A place of the register and one of OpenStreetMap with what speaks for them; what is no pair is different."""

    register: str
    osm: str
    evidence: Evidence
    decision: Decision = "uncertain"

    @property
    def ends(self) -> tuple[str, str]:
        """The two places, told apart by source."""
        return f"register {self.register}", f"osm {self.osm}"

    @property
    def score(self) -> float:
        """The score of the evidence."""
        return self.evidence.score


def near(register: Sequence[Profile], osm: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs that lie within reach of each other."""
    here, there = ([shapely.Point(one.x, one.y) for one in places] for places in (register, osm))
    if here and there:
        for other, this in STRtree(here).query(there, predicate="dwithin", distance=REACH_M).T.tolist():
            yield register[this], osm[other]


def compare(this: Profile, that: Profile) -> Evidence:
    """Return what two places have in common."""
    return Evidence(
        distance_m=((this.x - that.x) ** 2 + (this.y - that.y) ** 2) ** 0.5,
        name=similarity(this.names, that.names),
        phone=bool(this.phones & that.phones) if this.phones and that.phones else None,
        kind=_kind(this, that),
    )


def _kind(this: Profile, that: Profile) -> Literal["same", "group", "other"]:
    """Compare what the places are by their entry or their name: a "Khách sạn" entered as a guest house is a hotel."""
    if this.group != that.group:
        return "other"
    return "same" if {this.kind, *this.names.kinds} & {that.kind, *that.names.kinds} else "group"


def decide(candidates: Iterable[tuple[Profile, Profile]]) -> list[Pair]:
    """Return the pairs that are the same or uncertain, best first; a place is the same as one other at most.

    A pair that is not clearly ahead of another of its places is uncertain: chains and twins look alike.
    """
    compared = (Pair(register=this.key, osm=that.key, evidence=compare(this, that)) for this, that in candidates)
    likely = sorted((pair for pair in compared if pair.score >= UNCERTAIN_FROM), key=_order)
    rivals: dict[str, list[Pair]] = defaultdict(list)
    for pair in likely:
        # A hotel and its restaurant share name, place and telephone: where kinds differ, a person looks.
        if pair.evidence.kind == "same":
            for end in pair.ends:
                rivals[end].append(pair)
    taken: set[str] = set()
    found: list[Pair] = []
    for pair in likely:
        if taken.isdisjoint(pair.ends):
            alike = [other.score for end in pair.ends for other in rivals[end] if other is not pair]
            ahead = pair.score >= max(alike, default=float("-inf")) + AHEAD
            if ahead and pair.evidence.kind == "same" and pair.score >= SAME_FROM:
                pair = replace(pair, decision="same")
                taken.update(pair.ends)
            found.append(pair)
    return found


def _order(pair: Pair) -> tuple[float, float, str, str]:
    return -pair.score, pair.evidence.distance_m, pair.register, pair.osm
