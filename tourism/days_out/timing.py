"""When each stop of a day is reached, begun and left, and the order that loses least. Minutes from the day's start.

At a stop you wait until it is open for the whole of your stay. When it is not any more, you see what is left until it
closes; when it does not open any more, you go on at once. So whoever arrives earlier never leaves later and never
sees less: this is what makes the search for the best order exact. A last entry breaks it: who comes too late for it is
on the way again before those who came in time. Then only orders that end at the same minute are compared.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

State = Literal["open", "cut", "closed", "unknown"]
Order = tuple[int, ...]
# (begin, end) in order.
Windows = tuple[tuple[int, int], ...]

# Up to here all orders are weighed; each stop more takes more than twice the time, with last entries eight times.
EXACT = 9
EXACT_WITH_ENTRIES = 7


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A stop: how long to stay, when it is open, None: nobody knows; when one may enter, None: while it is open."""

    stay: int
    windows: Windows | None = None
    entries: Windows | None = None

    @property
    def without_entries(self) -> Wish:
        """The stop as if one might enter for as long as it is open."""
        return replace(self, entries=None)


class Timing(NamedTuple):
    """What becomes of a stop: "cut" closes during the stay, "closed" does not open any more."""

    arrives: int
    begins: int
    leaves: int
    state: State


@dataclass(frozen=True, kw_only=True)
class Travel:
    """Minutes between stops, to each from where the day starts, and from each to where it ends."""

    between: Sequence[Sequence[int]]
    to_first: Sequence[int]
    from_last: Sequence[int]


class Loss(NamedTuple):
    """What an order costs, the worst first: stops closed (100 each) or cut short (1 each), end, minutes on the way."""

    missed: int
    ends: int
    travel: int


_Label = tuple[Loss, Order]


def time_visit(wish: Wish, arrives: int) -> Timing:
    """Return when a visit begins and ends for who arrives at a minute."""
    if wish.windows is None:
        begins = arrives if wish.entries is None else _enter(wish.entries, arrives, arrives, math.inf)
        if begins is None:
            return Timing(arrives, arrives, arrives, "closed")
        return Timing(arrives, begins, begins + wish.stay, "unknown")
    entries = wish.windows if wish.entries is None else wish.entries
    visits = [(_enter(entries, arrives, begin, end), end) for begin, end in wish.windows]
    for begins, end in visits:
        if begins is not None and begins + wish.stay <= end:
            return Timing(arrives, begins, begins + wish.stay, "open")
    for begins, end in visits:
        if begins is not None:
            return Timing(arrives, begins, end, "cut")
    return Timing(arrives, arrives, arrives, "closed")


def _enter(entries: Windows, arrives: int, begin: int, end: float) -> int | None:
    """Return the first minute at which one is let in between `begin` and `end`; None: not any more."""
    for first, last in entries:
        if (at := max(arrives, begin, first)) < min(last, end):
            return at
    return None


def time_day(wishes: Sequence[Wish], travel: Travel, order: Sequence[int]) -> list[Timing]:
    """Return the timing of each stop in an order."""
    timings: list[Timing] = []
    for place, stop in enumerate(order):
        arrives = timings[-1].leaves + travel.between[order[place - 1]][stop] if place else travel.to_first[stop]
        timings.append(time_visit(wishes[stop], arrives))
    return timings


def weigh(wishes: Sequence[Wish], travel: Travel, order: Sequence[int]) -> Loss:
    """Return what an order costs."""
    if not order:
        return Loss(0, 0, 0)
    timings = time_day(wishes, travel, order)
    on_the_way = sum(travel.between[a][b] for a, b in pairwise(order))
    first, last = travel.to_first[order[0]], travel.from_last[order[-1]]
    return Loss(sum(map(_missed, timings)), timings[-1].leaves + last, first + on_the_way + last)


def best_order(wishes: Sequence[Wish], travel: Travel) -> tuple[Order, bool]:
    """Return the order that loses least, and whether it is proven to: beyond EXACT stops it is a good one only."""
    starts = (tuple(range(len(wishes))), _nearest_first(wishes, travel))
    loss, order = min(_improve(start, lambda order: weigh(wishes, travel, order)) for start in starts)
    if len(wishes) > (EXACT if all(wish.entries is None for wish in wishes) else EXACT_WITH_ENTRIES):
        return order, False
    return _exact(wishes, travel, loss), True


def _missed(timing: Timing) -> int:
    return {"closed": 100, "cut": 1}.get(timing.state, 0)


def _exact(wishes: Sequence[Wish], travel: Travel, limit: Loss) -> Order:
    """Dynamic programming over (stops done, last stop); of each only labels that no other beats in everything.

    While a last entry is ahead, only labels of the same minute beat each other. What already loses more than `limit`,
    the loss of a good order, is not followed: losses only grow.
    """
    entries = sum(1 << stop for stop, wish in enumerate(wishes) if wish.entries is not None)
    labels: dict[tuple[int, int], list[_Label]] = {(0, -1): [(Loss(0, 0, 0), ())]}
    for _stop in wishes:
        following: dict[tuple[int, int], list[_Label]] = {}
        for (done, last), kept in labels.items():
            for stop, wish in enumerate(wishes):
                if done >> stop & 1:
                    continue
                minutes = travel.between[last][stop] if done else travel.to_first[stop]
                into = following.setdefault((done | 1 << stop, stop), [])
                beats = _beats_at_once if entries & ~(done | 1 << stop) else _beats
                for loss, order in kept:
                    timing = time_visit(wish, loss.ends + minutes)
                    reached = Loss(loss.missed + _missed(timing), timing.leaves, loss.travel + minutes)
                    if reached[:2] <= limit[:2] and not any(beats(other, reached) for other, _order in into):
                        into[:] = [label for label in into if not beats(reached, label[0])]
                        into.append((reached, (*order, stop)))
        labels = following
    done_with = (order for kept in labels.values() for _loss, order in kept)
    return min(done_with, key=lambda order: (weigh(wishes, travel, order), order))


def _beats(one: Loss, other: Loss) -> bool:
    return one.missed <= other.missed and one.ends <= other.ends and one.travel <= other.travel


def _beats_at_once(one: Loss, other: Loss) -> bool:
    return one.ends == other.ends and _beats(one, other)


def _nearest_first(wishes: Sequence[Wish], travel: Travel) -> Order:
    left = set(range(len(wishes)))
    order: list[int] = []
    while left:
        minutes = travel.between[order[-1]] if order else travel.to_first
        order.append(min(left, key=lambda stop: (minutes[stop], stop)))
        left.remove(order[-1])
    return tuple(order)


def _improve(order: Order, weighed: Callable[[Order], Loss]) -> tuple[Loss, Order]:
    """Move one stop or turn a stretch around for as long as that loses less."""
    loss = weighed(order)
    while True:
        lighter, other = min(((weighed(other), other) for other in _neighbours(order)), default=(loss, order))
        if lighter >= loss:
            return loss, order
        loss, order = lighter, other


def _neighbours(order: Order) -> Iterator[Order]:
    for i in range(len(order)):
        rest = order[:i] + order[i + 1 :]
        yield from ((*rest[:j], order[i], *rest[j:]) for j in range(len(order)) if j != i)
        yield from (order[:i] + order[i:j][::-1] + order[j:] for j in range(i + 2, len(order) + 1))
