"""Reading price tables and rules: what is in force on a date, and what a segment cost before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import F, Q

from planning.extracts.answers import EditionUsed
from planning.live_editions import live_editions
from planning.models import PriceRule, StreetSegment
from planning.prices.past import DatedRule, Past, PastPrice, Unit
from planning.prices.question import Segment
from planning.prices.rules import RuleSet, Source, parse_rule
from planning.sql import rows_of
from planning.wards import find_ward, units_after, units_before
from portal.text import fold, storable


def rules_in_force(*, on: date) -> RuleSet:
    """Return the live rules in force on a date; empty when no decision gives any."""
    return rules_of(live_editions().rules, on)


# Rows of an edition never change once it is live, and reading them costs more than all else that a price asks.
@lru_cache(maxsize=64)
def rules_of(editions: tuple[EditionUsed, ...], on: date) -> RuleSet:
    """Return the live rules of some editions in force on a date."""
    datasets = {one.edition: one.dataset for one in editions}
    rows = PriceRule.objects.live().in_force(on=on).filter(edition__in=datasets).order_by("row")
    rules = tuple(parse_rule(row, dataset=datasets[row.edition_id], edition=row.edition_id) for row in rows)
    used = {rule.source.edition for rule in rules}
    return RuleSet(rules, editions=tuple(one for one in editions if one.edition in used))


def find_segment(code: str, *, on: date) -> Segment | None:
    """Return the live row of a price table in force on a date."""
    return next(iter(_segments(Q(code=storable(code)), on=on)), None)


def carry_over(code: str, *, on: date) -> tuple[str, str]:
    """Return the code on a date of the stretch that a row of any date prices, and its street.

    The code is "" unless exactly one row of the date has the same ends; one that no row has comes back without street.
    """
    row = StreetSegment.objects.live().filter(code=storable(code)).only("street", "from_street", "to_street").first()
    if row is None:
        return code, ""
    there = segments_of_street(row.street, on=on)
    if any(one.code == code for one in there):
        return code, row.street
    same = [one.code for one in there if _ends(one) == _ends(row)]
    return (same[0] if len(same) == 1 else ""), row.street


def _ends(stretch: Segment | StreetSegment) -> list[str]:
    return sorted((fold(stretch.from_street), fold(stretch.to_street)))


def segments_of_street(street: str, *, on: date) -> list[Segment]:
    """Return the rows of a street in force on a date, the dearest first."""
    return sorted(_segments(Q(street=street), on=on), key=lambda one: (-(one.prices[0] or 0), one.code))


def odd_segments(*, on: date) -> list[Segment]:
    """Return the rows that are odd in the law itself: blank cells, a later position dearer."""
    blank = Q(price_2=None) | Q(price_3=None) | Q(price_4=None)
    dearer = Q(price_2__gt=F("price_1")) | Q(price_3__gt=F("price_2")) | Q(price_4__gt=F("price_3"))
    skipped = Q(price_3=None, price_4__gt=F("price_2")) | Q(price_2=None, price_3__gt=F("price_1"))
    found = [one for one in _segments(blank | dearer | skipped, on=on) if one.odd]
    return sorted(found, key=lambda one: (one.street, one.code))


def streets_in_force(*, on: date) -> list[str]:
    """Return the names of the streets a table in force on a date prices."""
    rows = StreetSegment.objects.live().in_force(on=on)
    return sorted(set(rows.values_list("street", flat=True)))


def is_priced(*, on: date) -> bool:
    """Tell whether a live price table is in force on a date."""
    return StreetSegment.objects.live().in_force(on=on).exists()


def history_of(segment: Segment) -> list[PastPrice]:
    """Return what every live table states for the same piece of street, the earliest first."""
    ends = {"street": segment.street, "from_street": segment.from_street, "to_street": segment.to_street}
    return [PastPrice(**{**row, "prices": tuple(row["prices"])}) for row in rows_of("price_history", **ends)]


def past_of(use: str, units: Iterable[Unit], *, editions: tuple[EditionUsed, ...]) -> Past:
    """Return the live lines of all times in some editions, for land of a use that some units held."""
    return Past(use=use, rules=_dated_rules(editions), units=tuple(units))


def units_of_parcel(parcel_id: int) -> list[Unit]:
    """Return the units that ever held a live parcel."""
    return [Unit(**row) for row in rows_of("units_of_parcel", parcel=parcel_id)]


def units_of_ward(code: str) -> list[Unit]:
    """Return a unit with those it was made of, or that were made of it."""
    ward = find_ward(code) if code else None
    found = (ward, *units_before(ward), *units_after(ward)) if ward else ()
    return [Unit(code=one.code, in_force_from=one.in_force_from, in_force_until=one.in_force_until) for one in found]


@lru_cache(maxsize=8)
def _dated_rules(editions: tuple[EditionUsed, ...]) -> tuple[DatedRule, ...]:
    datasets = {one.edition: one.dataset for one in editions}
    kinds = (PriceRule.Kind.AGRICULTURAL, PriceRule.Kind.COEFFICIENT)
    rows = PriceRule.objects.live().filter(edition__in=datasets, kind__in=kinds).order_by("row")
    return tuple(
        DatedRule(
            rule=parse_rule(row, dataset=datasets[row.edition_id], edition=row.edition_id),
            in_force_from=row.in_force_from,
            in_force_until=row.in_force_until,
        )
        for row in rows
    )


def _segments(which: Q, *, on: date) -> Iterable[Segment]:
    rows = StreetSegment.objects.live().in_force(on=on).filter(which).annotate(dataset=F("edition__dataset__code"))
    for row in rows.defer("geom", "shape"):
        yield Segment(
            code=row.code,
            street=row.street,
            from_street=row.from_street,
            to_street=row.to_street,
            prices=row.prices,
            source=Source(dataset=row.dataset, edition=row.edition_id, row=row.row, decision=row.decision),
        )
