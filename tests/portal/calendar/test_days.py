from datetime import date

import pytest

from portal.calendar import holiday_name, is_public_holiday


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 2, 17),  # first day of Tết
        date(2026, 4, 26),  # Giỗ Tổ, 10th of the 3rd lunar month
        date(2026, 4, 27),  # its observed day: the 26th is a Sunday
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 9, 2),
        date(2026, 9, 1),  # the adjacent day
        date(2026, 11, 24),  # from 2026
        date(2027, 2, 6),
        date(2030, 2, 3),
    ],
)
def test_public_holidays_lunar_and_observed_are_known(day: date) -> None:
    assert is_public_holiday(day)
    assert holiday_name(day)


@pytest.mark.parametrize("day", [date(2026, 2, 12), date(2026, 8, 22), date(2025, 11, 24)])
def test_other_days_are_none(day: date) -> None:
    assert not is_public_holiday(day)
    assert holiday_name(day) == ""
