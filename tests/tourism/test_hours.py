from datetime import UTC, date, datetime, timedelta

import pytest

from portal.calendar import CITY_ZONE
from portal.calendar.days import Calendar
from tourism import hours

# What the library computes.
LAW = Calendar({})
TET = date(2026, 2, 17)  # a Tuesday


def is_open(text: str, moment: datetime, is_holiday: hours.IsHoliday = LAW.is_holiday) -> bool | None:
    return hours.is_open(text, moment, is_holiday)


def state(text: str, moment: datetime) -> hours.State:
    return hours.state(text, moment, LAW.is_holiday)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CITY_ZONE)


def test_open_within_the_hours_closed_outside() -> None:
    assert is_open("Mo-Su 08:00-22:00", at(10, 12)) is True
    assert is_open("Mo-Su 08:00-22:00", at(10, 23)) is False


@pytest.mark.parametrize(
    "text", ["", "   ", "sáng đến tối", "8h-22h", '"by appointment"', "SH off", "Mo-Fr 08:00-17:00 unknown"]
)
def test_hours_nobody_can_judge_are_unknown_never_closed(text: str) -> None:
    assert is_open(text, at(10, 12)) is None


def test_the_moment_is_judged_in_the_citys_time_whatever_its_zone() -> None:
    assert is_open("08:00-09:00", datetime(2026, 3, 10, 1, 30, tzinfo=UTC)) is True


def test_a_night_lasts_into_the_next_day() -> None:
    assert is_open("Mo-Su 20:00-02:00", at(10, 1)) is True
    assert is_open("Mo-Su 20:00-02:00", at(10, 3)) is False


def test_tet_is_a_public_holiday_for_the_hours() -> None:
    text = "Mo-Su 08:00-22:00; PH off"
    assert is_open(text, at(TET.day, 12, month=2)) is False
    assert is_open(text, at(10, 12, month=2)) is True


def test_holiday_hours_replace_the_ordinary_ones() -> None:
    text = "Mo-Su 08:00-22:00; PH 10:00-14:00"
    assert is_open(text, at(TET.day, 9, month=2)) is False
    assert is_open(text, at(TET.day, 11, month=2)) is True


def test_holidays_listed_with_weekdays_are_open() -> None:
    # Saturday 6 February 2027 is Tết.
    saturday = datetime(2027, 2, 6, 9, tzinfo=CITY_ZONE)
    assert is_open("Mo-Fr,PH 08:00-17:00", saturday) is True
    assert is_open("Mo-Fr 08:00-17:00", saturday) is False


def test_a_holiday_night_lasts_into_an_ordinary_day() -> None:
    text = "Mo-Su 08:00-17:00; PH 20:00-02:00"
    holidays = {date(2026, 3, 10)}.__contains__
    assert is_open(text, at(11, 1), holidays) is True
    assert is_open(text, at(12, 1), holidays) is False
    assert is_open(text, at(11, 9), holidays) is True


@pytest.mark.parametrize("text", ["Tu 20:00-02:00; We 08:00-17:00", "Tu 20:00-26:00; We 08:00-17:00"])
def test_a_night_is_not_cut_by_the_next_days_own_hours(text: str) -> None:
    assert is_open(text, at(11, 1)) is True
    assert is_open(text, at(11, 3)) is False
    assert is_open(text, at(12, 1)) is False


def test_the_night_before_a_closed_day_lasts_and_the_closed_days_own_night_is_none() -> None:
    text = "Mo-Su 20:00-02:00; Tu off"  # the 10th is a Tuesday
    assert is_open(text, at(10, 1)) is True
    assert is_open(text, at(10, 21)) is False
    assert is_open(text, at(11, 1)) is False


def test_a_day_off_is_not_kept_open_by_the_day_before() -> None:
    assert is_open("24/7; Tu off", at(10, 3)) is False
    assert is_open("Mo-Su 08:00-00:00; Tu off", at(11, 0)) is False


def test_ph_inside_a_remark_is_left_alone() -> None:
    assert is_open('08:00-12:00 "PH call"', at(TET.day, 9, month=2)) is True


@pytest.mark.parametrize("text", ['"by appointment"', 'Mo-Su 09:00-17:00 "by appointment"', '09:00-17:00 "hẹn trước"'])
def test_by_appointment_is_a_state_of_its_own_neither_open_nor_unknown(text: str) -> None:
    assert state(text, at(10, 12)) is hours.State.APPOINTMENT
    assert is_open(text, at(10, 12)) is None
    assert hours.is_readable(text)


def test_by_appointment_holds_only_when_the_text_says_so() -> None:
    text = 'Mo-Fr 08:00-17:00; Sa 09:00-12:00 "by appointment"'
    assert [state(text, at(day, 10)) for day in (13, 14, 15)] == ["open", "appointment", "closed"]
    assert state('Mo-Su 08:00-17:00 "ring twice"', at(10, 12)) is hours.State.OPEN
    assert state('"ring twice"', at(10, 12)) is hours.State.UNKNOWN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('08:00-20:00 || "hẹn trước"', ["appointment", "open", "appointment"]),
        ('Mo-Fr 18:00-02:00; We off || "by appointment || call"', ["open", "appointment", "appointment"]),
        ("08:00-20:00 || unknown", ["unknown", "open", "unknown"]),
        ("Th 08:00-20:00 || We 10:00-21:30", ["closed", "open", "open"]),
    ],
)
def test_what_follows_two_bars_holds_where_the_hours_before_are_closed(text: str, said: list[str]) -> None:
    # The 11th of March 2026 is a Wednesday.
    assert [state(text, one) for one in (at(11, 1), at(11, 12), at(11, 21))] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Tuesday at 19:00 and 23:00, Wednesday at 01:00 and 07:00.
        ("Mo-Su 20:00+", ["closed", "unknown", "unknown", "closed"]),
        ("Mo-Su 11:00-22:00+; We off", ["open", "unknown", "unknown", "closed"]),
        ('Tu 10:00-14:00,18:00+ "nhạc sống"', ["unknown", "unknown", "unknown", "closed"]),
        ('Mo-Su 18:00-23:30 "bia 20:00+"', ["open", "open", "closed", "closed"]),
    ],
)
def test_hours_without_an_end_are_unknown_from_where_nobody_knows(text: str, said: list[str]) -> None:
    assert [state(text, at(*moment)) for moment in ((10, 19), (10, 23), (11, 1), (11, 7))] == said


def test_seasons_pass_the_new_year() -> None:
    text = "Nov-Feb 08:00-16:00; Mar-Oct 07:00-19:00"
    assert is_open(text, at(31, 18, month=1)) is False
    assert is_open(text, at(1, 18)) is True
    assert is_open("08:00-17:00; Dec 20-Jan 10 off", at(5, 12, month=1)) is False
    assert is_open("Dec 20-Jan 10 08:00-17:00", at(11, 12, month=1)) is False


def test_the_first_and_the_last_weekday_of_a_month() -> None:
    # Saturdays of March 2026: 7, 14, 21, 28.
    assert [is_open("Sa[1] 18:00-22:00", at(day, 20)) for day in (7, 14, 28)] == [True, False, False]
    assert [is_open("Sa[-1] 18:00-02:00", at(day, 20)) for day in (7, 21, 28)] == [False, False, True]
    assert is_open("Sa[-1] 18:00-02:00", at(29, 1)) is True


def test_other_hours_hold_on_their_days_only_and_a_night_before_lasts() -> None:
    plan = hours.Timetable(
        text="Mo-Su 18:00-02:00", others=((date(2026, 3, 10), date(2026, 3, 11), "Mo-Su 09:00-12:00"),)
    )
    moments = [at(10, 1), at(10, 10), at(10, 20), at(11, 1), at(12, 1), at(12, 20)]
    assert [hours.is_open(plan, one, LAW.is_holiday) for one in moments] == [True, True, False, False, False, True]


def test_a_closure_is_closed_from_its_first_minute_to_its_last() -> None:
    plan = hours.Timetable(text="Mo-Su 18:00-02:00", others=((date(2026, 3, 10), date(2026, 3, 11), None),))
    moments = [at(9, 23), at(10, 1), at(11, 20), at(12, 1), at(12, 18)]
    assert [hours.is_open(plan, one, LAW.is_holiday) for one in moments] == [True, False, False, False, True]
    assert [hours.is_open(plan, one.begin, LAW.is_holiday) for one in plan_spans(plan)] == [True, True]


def plan_spans(plan: hours.Timetable) -> list[hours.Span]:
    found = hours.spans(plan, date(2026, 3, 9), date(2026, 3, 12), LAW.is_holiday)
    return [one for one in found if one.begin >= at(9, 18)]


def test_the_days_beside_other_hours_stay_unknown_when_the_text_cannot_be_read() -> None:
    plan = hours.Timetable(text="sáng", others=((date(2026, 3, 10), date(2026, 3, 10), "09:00-12:00"),))
    assert [
        (one.begin, one.state) for one in hours.spans(plan, date(2026, 3, 10), date(2026, 3, 11), LAW.is_holiday)
    ] == [
        (at(10, 9), "open"),
        (at(11, 0), "unknown"),
    ]


@pytest.mark.parametrize(
    ("text", "position", "rest"),
    [
        ("Mo-Fr 8h-22h", 7, "8h-22h"),
        ("Mo-Fr 08:00-17:00; hẹn", 20, "hẹn"),
        ("sáng", 1, "sáng"),
        ("Mo-Fr 08:00-17:00; SH off", 20, "SH off"),
        ("", 1, ""),
    ],
)
def test_a_fault_says_where_it_is(text: str, position: int, rest: str) -> None:
    assert hours.find_fault(text) == hours.Fault(position=position, rest=rest)
    assert hours.find_fault("Mo-Fr 08:00-17:00") is None


def test_what_is_silent_on_holidays_is_told() -> None:
    assert hours.is_silent_on_holidays("Mo-Su 08:00-22:00")
    assert hours.is_silent_on_holidays('Mo-Su 08:00-22:00 "PH call"')
    assert not any(map(hours.is_silent_on_holidays, ["Mo-Su 08:00-22:00; PH off", "24/7", ""]))


@pytest.mark.parametrize(
    # NOAA's solar calculator for Hồ Xuân Hương, to the nearest minute.
    ("month", "day", "rises", "sets"),
    [(6, 21, (5, 23), (18, 12)), (11, 29, (5, 49), (17, 19)), (2, 10, (6, 10), (17, 51))],
)
def test_the_sun_rises_and_sets_where_the_city_is(
    month: int, day: int, rises: tuple[int, int], sets: tuple[int, int]
) -> None:
    found = hours.spans("Mo-Su sunrise-sunset", date(2026, month, day), date(2026, month, day), LAW.is_holiday)
    [span] = found
    for said, (hour, minute) in ((span.begin, rises), (span.end, sets)):
        assert abs(said - at(day, hour, minute, month=month)) <= timedelta(minutes=1)
    assert is_open("sunrise-sunset", at(day, 18, 30, month=month)) is False
