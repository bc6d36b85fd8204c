from datetime import UTC, date, datetime

import pytest

from portal.calendar import CITY_ZONE
from tourism import hours

TET = date(2026, 2, 17)  # a Tuesday


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CITY_ZONE)


def test_open_within_the_hours_closed_outside() -> None:
    assert hours.is_open("Mo-Su 08:00-22:00", at(10, 12)) is True
    assert hours.is_open("Mo-Su 08:00-22:00", at(10, 23)) is False


@pytest.mark.parametrize(
    "text", ["", "   ", "sáng đến tối", "8h-22h", '"by appointment"', "SH off", "Mo-Fr 08:00-17:00 unknown"]
)
def test_hours_nobody_can_judge_are_unknown_never_closed(text: str) -> None:
    assert hours.is_open(text, at(10, 12)) is None


def test_the_moment_is_judged_in_the_citys_time_whatever_its_zone() -> None:
    assert hours.is_open("08:00-09:00", datetime(2026, 3, 10, 1, 30, tzinfo=UTC)) is True


def test_a_night_lasts_into_the_next_day() -> None:
    assert hours.is_open("Mo-Su 20:00-02:00", at(10, 1)) is True
    assert hours.is_open("Mo-Su 20:00-02:00", at(10, 3)) is False


def test_tet_is_a_public_holiday_for_the_hours() -> None:
    text = "Mo-Su 08:00-22:00; PH off"
    assert hours.is_open(text, at(TET.day, 12, month=2)) is False
    assert hours.is_open(text, at(10, 12, month=2)) is True


def test_holiday_hours_replace_the_ordinary_ones() -> None:
    text = "Mo-Su 08:00-22:00; PH 10:00-14:00"
    assert hours.is_open(text, at(TET.day, 9, month=2)) is False
    assert hours.is_open(text, at(TET.day, 11, month=2)) is True


def test_holidays_listed_with_weekdays_are_open() -> None:
    # Saturday 6 February 2027 is Tết.
    saturday = datetime(2027, 2, 6, 9, tzinfo=CITY_ZONE)
    assert hours.is_open("Mo-Fr,PH 08:00-17:00", saturday) is True
    assert hours.is_open("Mo-Fr 08:00-17:00", saturday) is False


def test_a_holiday_night_lasts_into_an_ordinary_day() -> None:
    text = "Mo-Su 08:00-17:00; PH 20:00-02:00"
    holidays = {date(2026, 3, 10)}.__contains__
    assert hours.is_open(text, at(11, 1), holidays) is True
    assert hours.is_open(text, at(12, 1), holidays) is False
    assert hours.is_open(text, at(11, 9), holidays) is True


@pytest.mark.parametrize("text", ["Tu 20:00-02:00; We 08:00-17:00", "Tu 20:00-26:00; We 08:00-17:00"])
def test_a_night_is_not_cut_by_the_next_days_own_hours(text: str) -> None:
    assert hours.is_open(text, at(11, 1)) is True
    assert hours.is_open(text, at(11, 3)) is False
    assert hours.is_open(text, at(12, 1)) is False


def test_the_night_before_a_closed_day_lasts_and_the_closed_days_own_night_is_none() -> None:
    text = "Mo-Su 20:00-02:00; Tu off"  # the 10th is a Tuesday
    assert hours.is_open(text, at(10, 1)) is True
    assert hours.is_open(text, at(10, 21)) is False
    assert hours.is_open(text, at(11, 1)) is False


def test_a_day_off_is_not_kept_open_by_the_day_before() -> None:
    assert hours.is_open("24/7; Tu off", at(10, 3)) is False
    assert hours.is_open("Mo-Su 08:00-00:00; Tu off", at(11, 0)) is False


def test_a_night_ends_when_it_ends() -> None:
    assert hours.next_change("Mo-Su 20:00-02:00; Tu off", at(10, 1)) == at(10, 2)
    assert hours.next_change("Mo-Su 20:00-02:00", at(10, 21)) == at(11, 2)


def test_ph_inside_a_remark_is_left_alone() -> None:
    assert hours.is_open('08:00-12:00 "PH call"', at(TET.day, 9, month=2)) is True


def test_the_next_change_is_told() -> None:
    assert hours.next_change("Mo-Su 08:00-22:00", at(10, 12)) == at(10, 22)
    assert hours.next_change("Mo-Su 08:00-22:00", at(10, 23)) == at(11, 8)
    assert hours.next_change("24/7", at(10, 12)) is None
    assert hours.next_change("nonsense", at(10, 12)) is None


def test_the_next_change_knows_the_holiday_between() -> None:
    # Closed from the 16th to the 20th of February.
    assert hours.next_change("Mo-Su 08:00-22:00; PH off", at(15, 23, month=2)) == at(21, 8, month=2)


def test_a_holiday_the_hours_are_silent_on_is_named() -> None:
    assert hours.judge("Mo-Su 08:00-22:00", at(TET.day, 12, month=2)).silent_on
    assert hours.judge("Mo-Su 08:00-22:00; PH off", at(TET.day, 12, month=2)).silent_on == ""
    assert hours.judge("Mo-Su 08:00-22:00", at(10, 12)).silent_on == ""
