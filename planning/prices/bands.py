"""Depth bands: the strips of a parcel behind its frontage, each with its share of the price."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from planning.prices.question import Band
from planning.prices.rules import Rule

ONE = Decimal(1)


def bands_of(
    depth_m: Decimal, lines: tuple[Rule, ...], further: Rule | None, *, price: int, floor: int
) -> Iterator[Band]:
    """Yield the bands of a depth at `price` VND per m²: the named ones, then further ones, none below `floor`.

    Each further band of `further.high` metres has `further.factor` of the band before it; without such a line the last
    named band goes on to the end.
    """
    begins, factor = Decimal(0), ONE
    for line in lines:
        factor = ONE if line.factor is None else line.factor
        last = line is lines[-1] and further is None
        ends = depth_m if last else min(depth_m, line.high or depth_m)
        if ends > begins:
            yield _band(begins, ends, factor, price, floor)
            begins = ends
    while further is not None and further.high and begins < depth_m:
        factor *= ONE if further.factor is None else further.factor
        if price * factor <= floor or price * factor < 1:
            # From here on every band has the least price: one band to the end.
            yield _band(begins, depth_m, factor, price, floor)
            return
        ends = min(depth_m, begins + further.high)
        yield _band(begins, ends, factor, price, floor)
        begins = ends


def _band(begins: Decimal, ends: Decimal, factor: Decimal, price: int, floor: int) -> Band:
    of_band = int((price * factor).quantize(ONE, rounding=ROUND_HALF_UP))
    # Never dearer than the front, even where the floor is.
    least = min(floor, price)
    return Band(from_m=begins, to_m=ends, factor=factor, price_vnd_per_m2=max(of_band, least), least=of_band < least)
