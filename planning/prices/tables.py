"""Reading price tables and rules: what is in force on a date, and what a segment cost before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import F, Q

from planning.extracts.answers import EditionUsed
from planning.live_editions import live_editions
from planning.models import PriceRule, StreetSegment
from planning.prices.question import Segment
from planning.prices.rules import RuleSet, Source, parse_rule
from planning.sql import rows_of
from portal.text import storable


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


@dataclass(frozen=True, kw_only=True)
class PastPrice:
    """What one table states for a segment, VND per m² by position, and when that table is in force."""

    table: str
    decision: str
    in_force_from: date | None
    in_force_until: date | None
    prices: tuple[int | None, ...]


def history_of(segment: Segment) -> list[PastPrice]:
    """Return what every live table states for the same piece of street, the earliest first."""
    ends = {"street": segment.street, "from_street": segment.from_street, "to_street": segment.to_street}
    return [PastPrice(**{**row, "prices": tuple(row["prices"])}) for row in rows_of("price_history", **ends)]


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
