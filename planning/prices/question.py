"""What a price is asked for, and the answer with every step. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from planning.prices.rules import Source


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A row of a price table: VND per m² of positions 1 to 4; None where the table is blank, which is not 0."""

    code: str
    street: str
    from_street: str
    to_street: str
    prices: tuple[int | None, ...]
    source: Source

    @property
    def lowest(self) -> int | None:
        """The lowest price the table states for the segment."""
        stated = [price for price in self.prices if price is not None]
        return min(stated) if stated else None

    @property
    def odd(self) -> tuple[str, ...]:
        """What is odd in the law's own row: "blank-3", "dearer-3" (position 3 dearer than the one before)."""
        found = [f"blank-{number}" for number, price in enumerate(self.prices, start=1) if price is None]
        stated = [(number, price) for number, price in enumerate(self.prices, start=1) if price is not None]
        for (_before, one), (number, price) in pairwise(stated):
            if price > one:
                found.append(f"dearer-{number}")
        return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a parcel is reached; `alley_level` 0 is the street itself. A given position goes before the rules'.

    `frontage_m` is the parcel's side along this way, `depth_m` how far it goes back from it.
    """

    segment: Segment
    position: int | None = None
    alley_level: int | None = None
    alley_width_m: Decimal | None = None
    earth: bool | None = None
    distance_m: Decimal | None = None
    frontage_m: Decimal | None = None
    depth_m: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is known of the land. None: not known; the engine asks when a rule needs it."""

    on: date
    use: str = ""
    areas: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    area_m2: Decimal | None = None
    frontages: int | None = None
    height_m: Decimal | None = None
    detailed_plan: bool | None = None
    house: bool | None = None
    adjacent_vnd_per_m2: int | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rule applied: `result` (VND per m², whole) is the result before times `factor`, rounded half up."""

    rule: str
    text_vi: str
    text_en: str
    factor: Decimal
    result: int
    source: Source
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class Band:
    """A strip of the parcel along its depth, and its VND per m²; `least`: the least price holds, not the factor."""

    from_m: Decimal
    to_m: Decimal
    factor: Decimal
    price_vnd_per_m2: int
    least: bool = False


@dataclass(frozen=True, kw_only=True)
class Valuation:
    """The answer. Without a price, `missing` names the inputs to give; nothing is guessed."""

    steps: tuple[Step, ...] = ()
    bands: tuple[Band, ...] = ()
    missing: tuple[str, ...] = ()
    price_vnd_per_m2: int | None = None
    amount_vnd: int | None = None
    segment: Segment | None = None
    position: int | None = None
