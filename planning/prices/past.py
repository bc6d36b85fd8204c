"""Prices over the years: tables and lines that state one, times the coefficient of each year. No database, no HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from planning.prices.factors import factor_of, to_dong
from planning.prices.rules import Kind, Rule, RuleSet

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Coefficient:
    """What the table's price is multiplied by during a part of its time; None: it depends on the unit."""

    in_force_from: date | None
    in_force_until: date | None
    factor: float | None


@dataclass(frozen=True, kw_only=True)
class PastPrice:
    """What one table or line states, VND per m² by position, and when it is in force.

    `text` is the line of land that no street prices. `coefficients`: those of its time, the earliest first.
    """

    table: str
    decision: str
    in_force_from: date | None
    in_force_until: date | None
    prices: tuple[int | None, ...]
    text: str = ""
    coefficients: tuple[Coefficient, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit that held the land, and when."""

    code: str
    in_force_from: date | None
    in_force_until: date | None


@dataclass(frozen=True, kw_only=True)
class DatedRule:
    """A line of the rules and when it is in force."""

    rule: Rule
    in_force_from: date | None
    in_force_until: date | None


@dataclass(frozen=True, kw_only=True)
class Past:
    """The lines of all times for a use, and the units that held the land."""

    use: str
    rules: Sequence[DatedRule]
    units: Sequence[Unit]

    def of_land(self, *, english: bool) -> list[PastPrice]:
        """Return what the decisions stated for land of the use that no street prices, the earliest first."""
        found: list[PastPrice] = []
        for begins, ends in self._pieces(None, None):
            lines = self._lines(Kind.AGRICULTURAL, begins or date.min)
            if len(lines) != 1:
                continue
            [line] = lines
            stated = PastPrice(
                table=line.source.dataset,
                decision=line.source.decision,
                in_force_from=begins,
                in_force_until=ends,
                prices=(line.price,),
                text=line.text_en if english else line.text_vi,
            )
            if found and stated == replace(found[-1], in_force_from=begins, in_force_until=ends):
                found[-1] = replace(found[-1], in_force_until=ends)
            else:
                found.append(stated)
        return self.with_coefficients(found)

    def with_coefficients(self, history: Iterable[PastPrice]) -> list[PastPrice]:
        """Add the coefficients of their time to prices."""
        return [
            replace(past, coefficients=self.coefficients(past.in_force_from, past.in_force_until)) for past in history
        ]

    def coefficients(self, begins: date | None, ends: date | None) -> tuple[Coefficient, ...]:
        """Return the coefficients during a time; what lies between them has none."""
        found: list[Coefficient] = []
        for start, end in self._pieces(begins, ends):
            on = start or date.min
            lines = [line for line in self._lines(Kind.COEFFICIENT, on) if line.year == on.year]
            if not lines and not self._depends_on_unit(on):
                continue
            one = Coefficient(
                in_force_from=start,
                in_force_until=end,
                factor=float(factor_of(lines[0])) if len(lines) == 1 else None,
            )
            last = found[-1] if found else None
            if last and last.factor == one.factor and last.in_force_until and last.in_force_until + DAY == start:
                found[-1] = replace(last, in_force_until=end)
            else:
                found.append(one)
        return tuple(found)

    def _lines(self, kind: str, on: date) -> tuple[Rule, ...]:
        units = [unit.code for unit in self.units if _holds(unit, on)]
        return self._rules(on).of(kind, use=self.use, areas=units)

    def _rules(self, on: date) -> RuleSet:
        return RuleSet(tuple(one.rule for one in self.rules if _holds(one, on)))

    def _depends_on_unit(self, on: date) -> bool:
        lines = [one for one in self._rules(on).rules if one.kind == Kind.COEFFICIENT and one.year == on.year]
        return RuleSet(tuple(lines)).depends_on_area(Kind.COEFFICIENT, use=self.use)

    def _pieces(self, begins: date | None, ends: date | None) -> Iterator[tuple[date | None, date | None]]:
        """Yield the parts of a time within which no line, unit or year changes."""
        for cut in self._cuts():
            if (begins is None or cut > begins) and (ends is None or cut <= ends):
                yield begins, cut - DAY
                begins = cut
        yield begins, ends

    def _cuts(self) -> list[date]:
        """Return the days from which something else holds."""
        dated: tuple[Unit | DatedRule, ...] = (*self.rules, *self.units)
        cuts = {one.in_force_from for one in dated if one.in_force_from}
        cuts |= {one.in_force_until + DAY for one in dated if one.in_force_until and one.in_force_until < date.max}
        years = {one.rule.year for one in self.rules if one.rule.year}
        return sorted(cuts | {date(year + more, 1, 1) for year in years for more in (0, 1)})


def by_coefficient(past: PastPrice) -> Iterator[PastPrice]:
    """Yield a price in the parts of its time that have one coefficient, multiplied by it; nothing where it is open."""
    begins = past.in_force_from
    for one in past.coefficients:
        if one.in_force_from and (begins is None or begins < one.in_force_from):
            yield replace(past, in_force_from=begins, in_force_until=one.in_force_from - DAY, coefficients=())
        yield replace(
            past,
            in_force_from=one.in_force_from,
            in_force_until=one.in_force_until,
            prices=tuple(multiplied(price, one.factor) for price in past.prices),
            coefficients=(one,),
        )
        begins = one.in_force_until + DAY if one.in_force_until and one.in_force_until < date.max else None
        if begins is None:
            return
    if past.in_force_until is None or begins is None or begins <= past.in_force_until:
        yield replace(past, in_force_from=begins, coefficients=())


def multiplied(price: int | None, factor: float | None) -> int | None:
    """Return a price times a coefficient, in whole đồng; None when one of them is not known."""
    return None if price is None or factor is None else to_dong(price * Decimal(str(factor)))


def _holds(one: Unit | DatedRule, on: date) -> bool:
    return (one.in_force_from or on) <= on <= (one.in_force_until or on)
