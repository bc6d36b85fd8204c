"""Rules of RFC 5545 in the city's time: when it takes place, and which rules are refused."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tourism.events.make import at
from tourism.events.recurrence import (
    MOST,
    WEEKDAYS,
    Occurrence,
    RuleError,
    Timing,
    last_end,
    last_occurrence,
    next_occurrence,
    occurrences,
    parse_rule,
)


def evenings(rule: str = "", *, left_out: frozenset[date] = frozenset()) -> Timing:
    """Saturday the 5th from 19:00 to 21:00, repeated by a rule."""
    return Timing(begin=at(5, 19), end=at(5, 21), rule=rule, left_out=left_out)


def days(timing: Timing, since: datetime, until: datetime) -> list[int]:
    return [one.first_day.day for one in occurrences(timing, since, until)]


def test_an_event_without_rule_takes_place_once() -> None:
    [only] = occurrences(evenings(), at(1), at(31))
    assert (only.begin, only.end) == (at(5, 19), at(5, 21))


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (at(5, 20), at(5, 22), 1),  # going on
        (at(5, 21), at(6), 0),  # just over
        (at(5, 12), at(5, 19), 0),  # not yet begun
        (at(5, 12), at(5, 19, 1), 1),
    ],
)
def test_the_end_of_each_time_does_not_belong_to_it(since: datetime, until: datetime, found: int) -> None:
    assert len(occurrences(evenings(), since, until)) == found
    assert len(occurrences(evenings("FREQ=DAILY;COUNT=1"), since, until)) == found


def test_weekends_go_on_and_days_left_out_are_left_out() -> None:
    timing = evenings("FREQ=WEEKLY;BYDAY=SA,SU", left_out=frozenset([date(2026, 12, 13)]))
    assert days(timing, at(1), at(21)) == [5, 6, 12, 19, 20]


def test_the_last_day_of_a_rule_counts_whole() -> None:
    assert days(evenings("FREQ=DAILY;UNTIL=20261207"), at(1), at(31)) == [5, 6, 7]


def test_the_first_saturday_of_every_month() -> None:
    found = occurrences(evenings("FREQ=MONTHLY;BYDAY=1SA"), at(1), at(1, month=4, year=2027))
    assert [(one.first_day.month, one.first_day.day) for one in found] == [(12, 5), (1, 2), (2, 6), (3, 6)]


def test_clock_times_stay_the_same_all_year() -> None:
    found = occurrences(evenings("FREQ=DAILY"), at(1), at(5, month=12, year=2027))
    assert {one.begin.time() for one in found} == {at(5, 19).time()}
    assert {one.begin.utcoffset() for one in found} == {timedelta(hours=7)}


def test_a_rule_that_never_ends_is_capped() -> None:
    assert len(occurrences(evenings("FREQ=DAILY"), at(1), at(1, year=2100))) == MOST
    assert len(occurrences(evenings("FREQ=DAILY"), at(1), at(1, year=2100), limit=3)) == 3


def test_next_is_what_goes_on_or_comes() -> None:
    weekly = evenings("FREQ=WEEKLY;UNTIL=20261231")
    assert next_occurrence(weekly, at(5, 20)) == Occurrence(begin=at(5, 19), end=at(5, 21))
    assert next_occurrence(weekly, at(5, 21)) == Occurrence(begin=at(12, 19), end=at(12, 21))
    assert next_occurrence(weekly, at(1, month=1, year=2027)) is None


def test_what_was_last_and_when_all_is_over() -> None:
    weekly = evenings("FREQ=WEEKLY;COUNT=3")
    assert last_occurrence(weekly, at(1, year=2027)) == Occurrence(begin=at(19, 19), end=at(19, 21))
    assert last_occurrence(weekly, at(1)) is None
    assert last_end(weekly) == at(19, 21)
    assert last_end(evenings()) == at(5, 21)
    assert last_end(evenings("FREQ=DAILY")) is None
    until = last_end(evenings("FREQ=DAILY;UNTIL=20261207"))
    assert until is not None
    assert at(7, 21) <= until < at(9)


@pytest.mark.parametrize(
    ("end", "last"),
    [(at(5, 21), 5), (at(6, 1), 5), (at(6, 6), 5), (at(6, 7), 6), (at(6), 5), (at(8), 7), (at(8, 2), 8)],
)
def test_a_night_belongs_to_the_day_it_began_on(end: datetime, last: int) -> None:
    assert Occurrence(begin=at(5, 19), end=end).last_day.day == last


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("RRULE:freq=weekly; byday=sa,su", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("FREQ=WEEKLY;UNTIL=20261231T180000Z", "FREQ=WEEKLY;UNTIL=20270101"),
        ("FREQ=WEEKLY;UNTIL=20261231T235959", "FREQ=WEEKLY;UNTIL=20261231"),
        ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=05", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=05"),
        ("FREQ=MONTHLY;BYMONTHDAY=-27", "FREQ=MONTHLY;BYMONTHDAY=-27"),
    ],
)
def test_a_rule_is_kept_in_one_notation(text: str, kept: str) -> None:
    assert parse_rule(text, begin=at(5, 19)) == kept


@pytest.mark.parametrize(
    "text",
    [
        *("", "every Saturday", "FREQ=", "FREQ=DAILY;", "FREQ=DAILY;FREQ=DAILY", "BYDAY=SA", "FREQ=DAILY\nCOUNT=2"),
        *("FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1", "FREQ=DAILY;BYSECOND=1,2,3"),
        *("FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=99999999"),
        *("FREQ=DAILY;UNTIL=20261332", "FREQ=DAILY;UNTIL=99991231", "FREQ=DAILY;COUNT=٣", "FREQ=WEEKLY;BYDAY=XX"),
        "FREQ=DAILY;COUNT=2;UNTIL=20261231",
        "FREQ=WEEKLY;BYDAY=1SA",
        "FREQ=WEEKLY;BYMONTHDAY=5",
        "FREQ=DAILY;BYSETPOS=1",
    ],
)
def test_what_is_no_rule_of_ours_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RuleError, match=r"FREQ|UNTIL"):
        parse_rule(text, begin=at(5, 19))


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=2SA",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",  # never
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=4",  # never, from 2026
        "FREQ=MONTHLY;BYDAY=SA;BYSETPOS=-1",
        "FREQ=WEEKLY;UNTIL=20261204",
    ],
)
def test_a_rule_must_name_the_first_day_so_none_searches_for_ever(text: str) -> None:
    with pytest.raises(RuleError, match="05/12/2026"):
        parse_rule(text, begin=at(5, 19))


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 99),
    st.lists(st.sampled_from(WEEKDAYS), max_size=3, unique=True),
    st.lists(st.integers(1, 31), max_size=2, unique=True),
    st.lists(st.integers(1, 12), max_size=2, unique=True),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_a_rule_that_names_the_first_day_is_taken_and_followed_in_order(
    frequency: str, interval: int, weekdays: list[str], month_days: list[int], months: list[int], day: date
) -> None:
    parts: dict[str, set[Any]] = {
        "BYDAY": {*weekdays, WEEKDAYS[day.weekday()]},
        "BYMONTHDAY": {*month_days, day.day} if frequency != "WEEKLY" else set(),
        "BYMONTH": {*months, day.month},
    }
    written = "".join(f";{name}={','.join(map(str, values))}" for name, values in parts.items() if values)
    first = at(day.day, 19, month=day.month, year=day.year)
    rule = parse_rule(f"FREQ={frequency};INTERVAL={interval}{written}", begin=first)
    timing = Timing(begin=first, end=first + timedelta(hours=2), rule=rule)
    found = occurrences(timing, first, first + timedelta(days=2000))
    assert found[0].begin == first
    assert found == sorted(found, key=lambda one: one.begin)
    assert occurrences(timing, first + timedelta(days=800), first + timedelta(days=2000)) == [
        one for one in found if one.end > first + timedelta(days=800)
    ]
    for one in found:
        on = one.first_day
        assert WEEKDAYS[on.weekday()] in parts["BYDAY"]
        assert on.month in parts["BYMONTH"]
        assert on.day in (parts["BYMONTHDAY"] or range(1, 32))
        assert one.end - one.begin == timedelta(hours=2)
