"""The days as the library computes them, 2026-2030, and what offices make of them."""

from datetime import date, timedelta

import pytest

from portal.calendar.days import Calendar, DayKind, Mark, by_law

LAW = Calendar({})
# Every day off: New Year, Tết, Giỗ Tổ, 30/4 and 1/5, National Day, Culture Day; observed ones with +.
FREE = {
    2026: "0101 0216 0217 0218 0219 0220 0426 0427+ 0430 0501 0831+ 0901 0902 1124",
    2027: "0101 0204+ 0205 0206 0207 0208 0209 0210+ 0416 0430 0501 0503+ 0902 0903 1124",
    2028: "0101 0103+ 0124+ 0125 0126 0127 0128 0129 0404 0430 0501 0502+ 0901 0902 0904+ 1124",
    2029: "0101 0212 0213 0214 0215 0216 0423 0430 0501 0902 0903 0904+ 1124 1126+",
    2030: "0101 0131+ 0201 0202 0203 0204 0205 0206+ 0412 0430 0501 0902 0903 1124 1125+",
}


@pytest.mark.parametrize("year", FREE)
def test_the_days_off_of_a_year_are_these_and_no_others(year: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    found = [
        f"{day:%m%d}{'+' * (LAW.mark(day).kind == DayKind.OBSERVED)}"
        for day in days
        if day.year == year and LAW.is_holiday(day)
    ]
    assert " ".join(found) == FREE[year]


@pytest.mark.parametrize("year", FREE)
def test_an_observed_day_is_never_on_a_weekend_and_every_day_has_both_names(year: int) -> None:
    for day, mark in by_law(year).items():
        assert mark.kind != DayKind.OBSERVED or day.weekday() < 5
        assert mark.name_vi != mark.name_en
        assert mark.name_en


def test_culture_day_is_a_holiday_from_2026() -> None:
    assert not LAW.is_holiday(date(2025, 11, 24))
    assert LAW.holiday_name(date(2026, 11, 24), "vi") == "Ngày Văn hóa Việt Nam"
    assert LAW.holiday_name(date(2026, 11, 24), "en") == "Vietnam Cultural Day"
    assert LAW.holiday_name(date(2026, 11, 25), "en") == ""


def test_a_day_off_in_exchange_has_its_working_saturday() -> None:
    off, saturday = date(2026, 8, 31), date(2026, 8, 22)
    assert LAW.is_holiday(off)
    assert LAW.mark(off).name_en == "Day off (substituted from 22/08/2026)"
    assert LAW.mark(saturday).kind == DayKind.MAKE_UP
    assert LAW.is_working_day(saturday)
    assert not LAW.is_holiday(saturday)


def test_the_table_beats_the_computation() -> None:
    strike = Mark(kind=DayKind.OFFICE_CLOSED, name_vi="Bão", name_en="Storm")
    none = Mark(kind=DayKind.ORDINARY, name_vi="Ngày thường", name_en="")
    table = Calendar({date(2026, 3, 10): strike, date(2026, 2, 20): none})
    assert not table.is_working_day(date(2026, 3, 10))
    assert not table.is_holiday(date(2026, 3, 10))
    assert table.is_working_day(date(2026, 2, 20))
    assert table.mark(date(2026, 2, 20)) is None
    assert table.is_holiday(date(2026, 2, 19))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 3, 10), 0, date(2026, 3, 10)),
        (date(2026, 3, 10), 3, date(2026, 3, 13)),
        (date(2026, 3, 13), 1, date(2026, 3, 16)),  # over a weekend
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # a Saturday that is worked
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
    ],
)
def test_a_deadline_counts_working_days(start: date, count: int, end: date) -> None:
    assert LAW.working_days_after(start, count) == end
