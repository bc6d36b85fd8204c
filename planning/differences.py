"""What differs in the whole city between two dates: plans, wards, prices and parcels in force on one of them only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from planning.models import ParcelLineage, Plan, StreetSegment, Ward
from portal.text import slug

PRICES_LISTED = PARCELS_LISTED = 200


@dataclass(frozen=True, kw_only=True)
class InForce:
    """A plan or a ward and the time the law gave it; `url` is empty where it has no page."""

    code: str
    title: str
    in_force_from: date | None
    in_force_until: date | None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class PriceChange:
    """A street segment whose price of position 1 (VND per m²) differs; None: no price in force."""

    street: str
    from_street: str
    to_street: str
    before: int | None
    after: int | None
    url: str

    @property
    def percent(self) -> float | None:
        """The change in percent; None when one of the prices is not known."""
        return (self.after / self.before - 1) * 100 if self.before and self.after is not None else None


@dataclass(frozen=True, kw_only=True)
class ParcelChange:
    """A parcel that was split, merged or numbered anew on a day, and one it became."""

    before: str
    after: str
    changed: date
    kind_name: str

    @property
    def last_day(self) -> date:
        """The last day of the parcel of before."""
        return self.changed - timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Differences:
    """What is in force on the earlier date only, and on the later one only; prices and parcels that changed."""

    plans_ended: tuple[InForce, ...]
    plans_begun: tuple[InForce, ...]
    wards_ended: tuple[InForce, ...]
    wards_begun: tuple[InForce, ...]
    prices: tuple[PriceChange, ...]
    parcels: tuple[ParcelChange, ...]

    @property
    def nothing(self) -> bool:
        """Tell whether the two dates are alike."""
        return not any(vars(self).values())


def differences(before: date, after: date) -> Differences:
    """Compare what the live data say of two dates."""
    plans = [_plans(on) for on in (before, after)]
    wards = [_wards(on) for on in (before, after)]
    return Differences(
        plans_ended=only_in(*plans),
        plans_begun=only_in(*reversed(plans)),
        wards_ended=only_in(*wards),
        wards_begun=only_in(*reversed(wards)),
        prices=price_changes(_prices(before), _prices(after)),
        parcels=tuple(_parcel_changes(before, after)),
    )


def only_in(these: Mapping[str, InForce], others: Mapping[str, InForce]) -> tuple[InForce, ...]:
    """Return what of the first is not in the second, by title."""
    return tuple(sorted((row for code, row in these.items() if code not in others), key=lambda row: row.title))


Segment = tuple[str, str, str]


def price_changes(before: Mapping[Segment, int | None], after: Mapping[Segment, int | None]) -> tuple[PriceChange, ...]:
    """Return the segments whose price differs, by street."""
    return tuple(
        PriceChange(
            street=segment[0],
            from_street=segment[1],
            to_street=segment[2],
            before=before.get(segment),
            after=after.get(segment),
            url=f"/streets/{slug(segment[0])}",
        )
        for segment in sorted({*before, *after})
        if before.get(segment) != after.get(segment)
    )


def _parcel_changes(before: date, after: date) -> Iterator[ParcelChange]:
    steps = ParcelLineage.objects.live().filter(changed__gt=before, changed__lte=after)
    for step in steps.order_by("changed", "predecessor", "successor"):
        yield ParcelChange(
            before=step.predecessor, after=step.successor, changed=step.changed, kind_name=step.get_kind_display()
        )


def _plans(on: date) -> dict[str, InForce]:
    rows = Plan.objects.live().in_force(on=on).values_list("code", "title", "in_force_from", "in_force_until")
    return {row[0]: _in_force(row, url=f"/plans/{row[0]}") for row in rows}


def _wards(on: date) -> dict[str, InForce]:
    rows = Ward.objects.live().in_force(on=on).values_list("code", "name", "in_force_from", "in_force_until")
    return {row[0]: _in_force(row) for row in rows}


def _in_force(row: tuple[Any, ...], url: str = "") -> InForce:
    code, title, begins, ends = row
    return InForce(code=code, title=title, in_force_from=begins, in_force_until=ends, url=url)


def _prices(on: date) -> dict[Segment, int | None]:
    rows = StreetSegment.objects.live().in_force(on=on)
    return {
        (street, from_street, to_street): price
        for street, from_street, to_street, price in rows.values_list("street", "from_street", "to_street", "price_1")
    }
