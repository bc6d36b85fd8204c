"""Rules of hours read by their days."""

import pytest

from tourism.weekly import DAYS, find_undone, read_week

MORNING, AFTERNOON = ("07:30", "11:30"), ("13:30", "17:00")


def test_a_plain_week_is_read_and_a_later_rule_replaces_an_earlier_one() -> None:
    week = read_week("Mo-Fr 7:30-11:30, 13:30-17:00; Sa 18:00-02:00; We off; PH off")
    assert week is not None
    assert week == {
        **dict.fromkeys(("Mo", "Tu", "Th", "Fr"), (MORNING, AFTERNOON)),
        "We": (),
        "Sa": (("18:00", "02:00"),),
        "PH": (),
    }
    assert read_week("Mo-Sa 07:30-11:30; Mo-Sa 13:30-17:00") == dict.fromkeys(DAYS[:6], (AFTERNOON,))
    assert read_week("Fr-Mo,PH 17:00-24:00") == dict.fromkeys(("Fr", "Sa", "Su", "Mo", "PH"), (("17:00", "00:00"),))
    assert read_week("24/7") == read_week("00:00-24:00") == dict.fromkeys(DAYS[:7], (("00:00", "23:59"),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sáng",
        "Nov-Apr 07:00-18:00",
        '08:00-20:00 "by appointment"',
        "Mo[1] off",
        "sunrise-sunset",
        "PH off; Mo 8:00-9:00",
    ],
)
def test_what_is_more_than_a_week_is_not_read_as_one(text: str) -> None:
    assert read_week(text) is None


@pytest.mark.parametrize(
    ("text", "rule", "by"),
    [
        ("Mo-Sa 07:30-11:30; Mo-Sa 13:30-17:00", "Mo-Sa 07:30-11:30", "Mo-Sa 13:30-17:00"),
        ("Mo-Su 07:30-11:30; 14:00-17:30", "Mo-Su 07:30-11:30", "14:00-17:30"),
        ("PH off; Mo-Su 08:00-17:00", "PH off", "Mo-Su 08:00-17:00"),
        ("Sa 08:00-12:00; Fr-Su 09:00-10:00", "Sa 08:00-12:00", "Fr-Su 09:00-10:00"),
        ("Nov-Apr 07:00-11:00; Nov-Apr 13:00-17:00", "Nov-Apr 07:00-11:00", "Nov-Apr 13:00-17:00"),
        ("Mo[1] off; Mo-Su 08:00-17:00", "Mo[1] off", "Mo-Su 08:00-17:00"),
    ],
)
def test_a_rule_that_never_holds_is_found(text: str, rule: str, by: str) -> None:
    assert find_undone(text) == (rule, by)


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Sa 07:30-11:30,13:30-17:00",
        "Mo-Su 08:00-20:00; Mo[1] off; PH 08:00-22:00",
        "Mo-Su 08:00-20:00; Mo-Su 12:00-13:00 off",
        "Nov-Apr Mo-Su 07:00-18:00; May-Oct Mo-Su 07:30-17:00",
        "Mo-Fr 13:00-21:30; Sa-Su 08:00-22:00",
        "Mo-Fr 08:00-12:00, Mo-Fr 13:00-17:00",
        "Mo-Su 08:00-17:00; Sa 08:00-12:00",
        'Mo-Su 08:00-17:00 "cash; no cards"',
        "24/7; Tu off",
        "",
    ],
)
def test_exceptions_and_additions_undo_nothing(text: str) -> None:
    assert find_undone(text) is None
