"""The history of a parcel on two clocks that are never mixed: what was in force, and what the city had published.

Pure: built from rows; no database, no HTTP.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import Literal

from planning.prices.past import Coefficient, multiplied

Kind = Literal["plan", "price", "ward", "split", "merge", "renumber"]
LINEAGE: tuple[Kind, ...] = ("split", "merge", "renumber")


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something the law began and perhaps ended; an end that is not stated is open. Both ends belong to the time.

    `prices_vnd_per_m2` are as the table states them, of positions 1 to 4 or the one of land that no street prices;
    `coefficients` is what each year multiplies them by.

    Of a split, merger or new number `code` is the old parcel, `title` the one it became, `in_force_from` the day.
    """

    kind: Kind
    code: str
    title: str
    document: str
    in_force_from: date | None
    in_force_until: date | None
    prices_vnd_per_m2: tuple[int | None, ...] | None = None
    url: str = ""
    coefficients: tuple[Coefficient, ...] = ()

    def in_force(self, on: date) -> bool:
        """Tell whether it is in force on a date; a lineage is from its day on."""
        return _holds(self.in_force_from, self.in_force_until, on)

    def prices_on(self, on: date) -> tuple[int | None, ...]:
        """Return the prices on a date of its time, times the coefficient of that date."""
        factors = [one.factor for one in self.coefficients if _holds(one.in_force_from, one.in_force_until, on)]
        factor = factors[0] if factors else 1
        return tuple(multiplied(price, factor) for price in self.prices_vnd_per_m2 or ())


@dataclass(frozen=True, kw_only=True)
class PriceChange:
    """A price that differs between two dates, VND per m² with the coefficient of the date; None: none is stated.

    `position` None: land that no street prices.
    """

    position: int | None
    then_vnd_per_m2: int | None
    now_vnd_per_m2: int | None


@dataclass(frozen=True, kw_only=True)
class Publication:
    """An edition the public saw from `published` until `replaced` (None: it still does, or was taken back)."""

    layer: str
    dataset: str
    title: str
    edition: int
    published: datetime
    replaced: datetime | None
    live: bool


@dataclass(frozen=True, kw_only=True)
class History:
    """`in_force`: the law's dates, oldest first. `published`: the city's editions, oldest first."""

    in_force: tuple[Event, ...]
    published: tuple[Publication, ...]

    def of(self, *kinds: Kind) -> tuple[Event, ...]:
        """The events of these kinds."""
        return tuple(event for event in self.in_force if event.kind in kinds)

    @property
    def plans(self) -> tuple[Event, ...]:
        """Plans that came and went."""
        return self.of("plan")

    @property
    def prices(self) -> tuple[Event, ...]:
        """Prices of the segment that prices the parcel, or of land of its use."""
        return self.of("price")

    @property
    def wards(self) -> tuple[Event, ...]:
        """Units that held the parcel."""
        return self.of("ward")

    @property
    def lineage(self) -> tuple[Event, ...]:
        """Splits, mergers and new numbers."""
        return self.of(*LINEAGE)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What differs between two dates: in force on `on` only, on `since` only; prices; what was published in between."""

    since: date
    on: date
    began: tuple[Event, ...]
    ended: tuple[Event, ...]
    published: tuple[Publication, ...]
    prices: tuple[PriceChange, ...] = ()

    @property
    def nothing(self) -> bool:
        """Tell whether nothing changed at all."""
        return not (self.began or self.ended or self.published or self.prices)


def build_history(events: Iterable[Event], publications: Iterable[Publication]) -> History:
    """Put events and publications in order of time; what has no beginning comes first."""
    in_force = sorted(events, key=lambda event: (event.in_force_from or date.min, event.kind, event.code))
    published = sorted(publications, key=lambda one: (one.published, one.layer, one.dataset))
    return History(in_force=tuple(in_force), published=tuple(published))


def changes_between(history: History, *, since: date, on: date) -> Changes:
    """Return what changed from the earlier of two dates to the later one; the order they are given in is no matter."""
    since, on = min(since, on), max(since, on)
    return Changes(
        since=since,
        on=on,
        began=tuple(event for event in history.in_force if event.in_force(on) and not event.in_force(since)),
        ended=tuple(event for event in history.in_force if event.in_force(since) and not event.in_force(on)),
        published=tuple(one for one in history.published if since < one.published.date() <= on),
        prices=tuple(_price_changes(history, since, on)),
    )


def _price_changes(history: History, since: date, on: date) -> Iterator[PriceChange]:
    then, now = (
        next((event.prices_on(day) for event in reversed(history.prices) if event.in_force(day)), ())
        for day in (since, on)
    )
    for position, (before, after) in enumerate(zip_longest(then, now), start=1):
        if before != after:
            alone = max(len(then), len(now)) == 1
            yield PriceChange(position=None if alone else position, then_vnd_per_m2=before, now_vnd_per_m2=after)


def _holds(begins: date | None, ends: date | None, on: date) -> bool:
    return (begins or on) <= on <= (ends or on)
