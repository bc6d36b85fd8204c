"""What comes next, in words, over midnight, weeks and holidays."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from tests.tourism.test_hours import LAW, at
from tourism import hours
from tourism.prospects import Prospect, foresee

FIFTEEN = timedelta(days=15)


def prospect(plan: str | hours.Timetable, moment: datetime) -> Prospect:
    last = moment.date() + timedelta(days=16)
    spans = hours.spans(plan, moment.date() - timedelta(days=1), last, LAW.is_holiday)
    return foresee(spans, moment, horizon=moment + FIFTEEN)


@pytest.mark.parametrize(
    ("text", "moment", "english", "vietnamese"),
    [
        # The 10th of March 2026 is a Tuesday.
        ("Mo-Su 08:00-22:00", at(10, 12), "until 22:00", "đến 22:00"),
        ("Mo-Su 08:00-22:00", at(10, 21, 20), "closes in 40 minutes", "đóng cửa sau 40 phút"),
        ("Mo-Su 08:00-22:00", at(10, 21, 59), "closes in 1 minute", "đóng cửa sau 1 phút"),
        ("Mo-Su 17:00-02:00", at(10, 21), "until 02:00", "đến 02:00"),
        ("Mo-Su 17:00-02:00", at(11, 1, 30), "closes in 30 minutes", "đóng cửa sau 30 phút"),
        ("24/7; Sa 20:00-24:00 off", at(10, 9), "until Saturday at 20:00", "đến Thứ 7 lúc 20:00"),
        ("24/7", at(10, 9), "", ""),
        ("Mo-Su 08:00-22:00", at(10, 7), "opens in 60 minutes", "mở cửa sau 60 phút"),
        ("Mo-Su 08:00-22:00", at(10, 2), "opens at 08:00", "mở cửa lúc 08:00"),
        ("Mo-Su 08:00-22:00", at(10, 23), "opens tomorrow at 08:00", "ngày mai mở cửa lúc 08:00"),
        ("Sa 08:00-12:00", at(10, 9), "opens again on Saturday at 08:00", "mở lại Thứ 7 lúc 08:00"),
        ("Tu 08:00-09:00", at(10, 9), "opens again on 17/03/2026 at 08:00", "mở lại 17/03/2026 lúc 08:00"),
        # Tết, from Monday the 16th to Friday the 20th of February.
        ("Mo-Fr 08:00-17:00; PH off", at(13, 18, month=2), "opens again on 23/02/2026 at 08:00", None),
        ("Mo-Su 08:00-17:00; PH off", at(15, 18, month=2), "opens again on Saturday at 08:00", None),
        # The night before a holiday lasts into it.
        ("Mo-Su 20:00-02:00; PH off", at(16, 1, month=2), "closes in 60 minutes", None),
        ("Nov 08:00-17:00", at(10, 9), "", ""),
        ("", at(10, 9), "", ""),
    ],
)
def test_what_comes_next_in_both_languages(text: str, moment: datetime, english: str, vietnamese: str | None) -> None:
    found = prospect(text, moment)
    with translation.override("en"):
        assert found.words == english
    with translation.override("vi"):
        assert vietnamese is None or found.words == vietnamese


@pytest.mark.parametrize(("minute", "soon"), [(29, False), (30, True), (59, True)])
def test_half_an_hour_is_soon(minute: int, soon: bool) -> None:
    assert prospect("Mo-Su 08:00-22:00", at(10, 21, minute)).closes_soon is soon


def test_what_closes_at_noon_is_not_open_until_evening() -> None:
    found = prospect("Mo-Su 08:00-12:00,13:30-17:00", at(10, 9))
    assert (found.state, found.until, found.opens) == ("open", at(10, 12), at(10, 13, 30))


def test_by_appointment_tells_when_anybody_may_come() -> None:
    found = prospect('Mo-Fr 08:00-17:00; Sa 09:00-12:00 "by appointment"', at(14, 10))
    assert (found.state, found.opens) == ("appointment", at(16, 8))


def test_after_a_closure_it_opens_again() -> None:
    plan = hours.Timetable(text="Mo-Su 08:00-22:00", others=((date(2026, 3, 9), date(2026, 3, 13), None),))
    with translation.override("en"):
        assert prospect(plan, at(10, 9)).words == "opens again on Saturday at 08:00"
