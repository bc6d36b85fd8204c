"""The picture of a segment's price over the years."""

from datetime import date

import pytest

from planning.prices.chart import LEFT, RIGHT, WIDTH, draw
from planning.prices.past import PastPrice


def past(begins: date | None, ends: date | None, *prices: int | None) -> PastPrice:
    return PastPrice(table="x", decision="", in_force_from=begins, in_force_until=ends, prices=prices)


TABLES = [
    past(date(2020, 1, 1), date(2025, 12, 31), 20_000_000, None),
    past(date(2026, 1, 1), None, 40_000_000, 20_000_000),
]


def test_a_dearer_price_stands_higher_and_later_stands_further_right() -> None:
    chart = draw(TABLES, position=1, today=date(2026, 11, 22))
    assert chart is not None
    first, second = chart.stretches
    assert first.y > second.y
    assert first.x == LEFT < first.until_x <= second.x < second.until_x == WIDTH - RIGHT
    # From nothing upwards: half the price is half the height.
    assert chart.base_y - first.y == pytest.approx((chart.base_y - second.y) / 2)
    assert [tick.year for tick in chart.ticks] == [2020, 2021, 2022, 2023, 2024, 2025, 2026]


def test_figures_without_room_are_left_to_the_table() -> None:
    years = [past(date(year, 1, 1), date(year, 12, 31), 20_000_000 + year) for year in range(2020, 2026)]
    chart = draw([*years, TABLES[1]], position=1, today=date(2026, 11, 22))
    assert chart is not None
    assert [one.named for one in chart.stretches] == [True, False, False, False, False, False, True]


def test_one_stated_price_is_no_history() -> None:
    assert draw(TABLES, position=2, today=date(2026, 11, 22)) is None
    assert draw([], position=1, today=date(2026, 11, 22)) is None


@pytest.mark.parametrize("day", [date.min, date(2019, 1, 1), date(2031, 5, 5), date.max])
def test_every_day_can_be_drawn_inside_the_picture(day: date) -> None:
    chart = draw(TABLES, position=1, today=day)
    assert chart is not None
    assert all(LEFT <= one.x <= one.until_x <= WIDTH - RIGHT for one in chart.stretches)
    assert len(chart.ticks) <= 20


def test_a_table_at_the_end_of_time_is_drawn() -> None:
    tables = [*TABLES, past(date(9999, 6, 1), None, 50_000_000)]
    assert draw(tables, position=1, today=date.max) is not None
