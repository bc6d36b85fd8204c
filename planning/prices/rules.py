"""Rules of land prices as values: what one line of a decision needs, and which lines hold for a use and a unit.

The rules themselves are dated data (domain.md 7): nothing here knows a percentage or a price. No database, no HTTP.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from planning.extracts.answers import EditionUsed
from planning.models.price_rules import PriceRule

Kind = PriceRule.Kind

# The columns without which a line of a kind says nothing.
NEEDED: Mapping[str, tuple[str, ...]] = {
    Kind.PLAN_500: ("position",),
    Kind.POSITION: ("position", "level"),
    Kind.ALLEY_SHARE: ("level", "percent"),
    Kind.AGRICULTURAL: ("uses", "price"),
    Kind.UNUSED: ("uses", "percent"),
    Kind.USE: ("uses", "percent"),
    Kind.FRONTAGE: ("level", "percent"),
    Kind.FRONTAGE_CAP: ("percent",),
    Kind.NARROW: ("percent",),
    Kind.HEIGHT: ("percent",),
    Kind.EARTH_ALLEY: ("percent",),
    Kind.DISTANCE: ("percent",),
    Kind.DEPTH: ("low", "high", "percent"),
    Kind.DEPTH_FURTHER: ("high", "percent"),
    Kind.DEPTH_FLOOR: ("percent",),
    Kind.HOUSE: ("uses", "percent"),
    Kind.COEFFICIENT: ("year", "percent"),
    Kind.FLOOR: (),
    Kind.CAP: (),
    Kind.ROUNDING: ("high",),
    Kind.HIGHEST: (),
}
# Columns as suppliers head them, for messages.
HEADINGS: Mapping[str, str] = {
    "position": "VI_TRI",
    "level": "CAP",
    "uses": "LOAI_DAT",
    "price": "GIA",
    "percent": "TY_LE",
    "low": "TU",
    "high": "DEN",
    "year": "NAM",
}


class RuleRow(Protocol):
    """A row of `PriceRule`."""

    kind: str
    order: int
    uses: str
    areas: str
    position: int | None
    level: int | None
    low: float | None
    high: float | None
    year: int | None
    percent: float | None
    price: int | None
    text_vi: str
    text_en: str
    clause: str
    decision: str
    row: int


@dataclass(frozen=True, kw_only=True)
class Source:
    """Says who: the dataset, its edition and row, the decision and its clause."""

    dataset: str
    edition: int
    row: int
    decision: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One line: percent as a factor (1 is unchanged), metres as Decimal, price in VND per m²."""

    kind: str
    order: int
    text_vi: str
    text_en: str
    source: Source
    uses: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    position: int | None = None
    level: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    year: int | None = None
    factor: Decimal | None = None
    price: int | None = None

    def spans(self, value: Decimal) -> bool:
        """Tell whether a measure lies in the line's band; an open end has no limit."""
        return (self.low is None or self.low <= value) and (self.high is None or value < self.high)


def missing_columns(row: RuleRow) -> tuple[str, ...]:
    """Return the headings of the columns a line lacks to say anything."""
    needed = NEEDED.get(row.kind, ())
    missing = [HEADINGS[name] for name in needed if getattr(row, name) in (None, "")]
    if row.kind in (Kind.NARROW, Kind.HEIGHT, Kind.DISTANCE) and row.low is None and row.high is None:
        missing.append(f"{HEADINGS['low']}/{HEADINGS['high']}")
    if row.kind in (Kind.FLOOR, Kind.CAP) and row.percent is None and row.price is None:
        missing.append(f"{HEADINGS['percent']}/{HEADINGS['price']}")
    return tuple(missing)


def parse_rule(row: RuleRow, *, dataset: str, edition: int) -> Rule:
    """Read a line; raises ValueError when it lacks a column its kind needs."""
    if lacks := missing_columns(row):
        raise ValueError(f"{row.kind} row {row.row} lacks {', '.join(lacks)}")
    return Rule(
        kind=row.kind,
        order=row.order,
        text_vi=row.text_vi,
        text_en=row.text_en or row.text_vi,
        uses=_codes(row.uses),
        areas=_codes(row.areas),
        position=row.position,
        level=row.level,
        low=_decimal(row.low),
        high=_decimal(row.high),
        year=row.year,
        factor=None if row.percent is None else Decimal(str(row.percent)) / 100,
        price=row.price,
        source=Source(dataset=dataset, edition=edition, row=row.row, decision=row.decision, clause=row.clause),
    )


@dataclass(frozen=True)
class RuleSet:
    """The lines in force on one day, and the editions they come from; empty when no decision gives any."""

    rules: tuple[Rule, ...]
    editions: tuple[EditionUsed, ...] = ()

    def by_street(self, use: str) -> bool:
        """Tell whether a street prices land of a use; farm land and unused land are priced by area."""
        by_area = (Kind.AGRICULTURAL, Kind.UNUSED)
        return not any(use in rule.uses for rule in self.rules if rule.kind in by_area)

    def of(self, *kinds: str, use: str, areas: Iterable[str] = ()) -> tuple[Rule, ...]:
        """Return the lines of some kinds for a use and units, in order; lines that name the use go before general."""
        units = frozenset(areas)
        found = [
            rule
            for rule in self.rules
            if rule.kind in kinds
            and (not rule.uses or use in rule.uses)
            and (not rule.areas or not units.isdisjoint(rule.areas))
        ]
        named = [rule for rule in found if rule.uses] or found
        placed = [rule for rule in named if rule.areas] or named
        return tuple(sorted(placed, key=lambda rule: (rule.order, rule.level or 0, rule.low or 0, rule.source.row)))

    def depends_on_area(self, kind: str, *, use: str) -> bool:
        """Tell whether a kind has lines for this use that hold in some units only."""
        return any(rule.kind == kind and rule.areas and (not rule.uses or use in rule.uses) for rule in self.rules)

    def has_year(self, year: int, *, use: str) -> bool:
        """Tell whether some unit has a coefficient of a year for this use."""
        coefficients = (rule for rule in self.rules if rule.kind == Kind.COEFFICIENT and rule.year == year)
        return any(rule.areas and (not rule.uses or use in rule.uses) for rule in coefficients)

    @property
    def uses(self) -> tuple[str, ...]:
        """Every code of use the lines name as one that has a price."""
        priced = (Kind.USE, Kind.AGRICULTURAL, Kind.UNUSED)
        return tuple(sorted({use for rule in self.rules if rule.kind in priced for use in rule.uses}))


def _codes(text: str) -> frozenset[str]:
    return frozenset(code.strip() for code in text.split(",") if code.strip())


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))
