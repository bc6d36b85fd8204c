"""What a segment cost over the years, as values an inline SVG can draw. No database, no HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planning.prices.past import PastPrice

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 16, 16, 28, 28
OPEN_YEARS = 10
# How wide a figure is on a phone.
FIGURE = 150


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A price while it held, in picture units; `named` where its figure has room."""

    x: float
    until_x: float
    y: float
    price: int
    named: bool


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A first of January on the time axis."""

    x: float
    year: int


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture of WIDTH × HEIGHT units: prices as level stretches over time, from nothing upwards."""

    width: int
    height: int
    base_y: int
    stretches: tuple[Stretch, ...]
    ticks: tuple[Tick, ...]


def draw(history: Sequence[PastPrice], *, position: int, today: date) -> Chart | None:
    """Draw the price of a position; None when fewer than two prices are stated."""
    stated = [
        (past.in_force_from, past.in_force_until, price)
        for past in history
        if past.in_force_from and (price := past.prices[position - 1]) is not None
    ]
    if len(stated) < 2:
        return None
    begins = min(begin for begin, _end, _price in stated)
    # A table without an end goes on to the day asked for, but no day of fancy stretches the picture.
    last = max((end or min(today, _later(begin))).year for begin, end, _price in stated)
    ends = date(min(max(last, *(begin.year for begin, _end, _price in stated)) + 1, date.max.year), 1, 1)
    top = max(price for _begin, _end, price in stated) or 1

    def x(day: date) -> float:
        return round(LEFT + (day - begins).days / max((ends - begins).days, 1) * (WIDTH - LEFT - RIGHT), 1)

    def y(price: int) -> float:
        return round(HEIGHT - BOTTOM - price / top * (HEIGHT - TOP - BOTTOM), 1)

    years = ends.year - begins.year
    step = 1 if years <= 8 else 2 if years <= 16 else 5  # so that years stay apart on a phone
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        base_y=HEIGHT - BOTTOM,
        stretches=tuple(
            Stretch(
                x=x(min(begin, ends)),
                until_x=x(min(end or ends, ends)),
                y=y(price),
                price=price,
                named=number in (0, len(stated) - 1) or x(min(end or ends, ends)) - x(min(begin, ends)) >= FIGURE,
            )
            for number, (begin, end, price) in enumerate(stated)
        ),
        ticks=tuple(
            Tick(x=x(date(year, 1, 1)), year=year)
            for year in range(begins.year, ends.year)
            if date(year, 1, 1) >= begins and (year - begins.year) % step == 0
        ),
    )


def _later(day: date) -> date:
    return date(min(day.year + OPEN_YEARS, date.max.year), 12, 31)
