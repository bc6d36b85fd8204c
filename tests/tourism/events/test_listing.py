"""Which events are found, in what order, and on which days."""

from datetime import date
from typing import Any

import pytest

from tests.tourism.events.make import NOW, at, make_event
from tests.tourism.make import MARKET, STATION, make_edition, make_place
from tourism.events.listing import (
    EventFilter,
    by_day,
    find_at_place,
    find_events,
    find_later,
    find_public,
    on_every_day,
    weekend,
)
from tourism.models import Place

pytestmark = pytest.mark.django_db


def found(**asked: Any) -> list[str]:
    times = {"since": NOW, "until": at(31)}
    return [one.event.code for one in find_events(EventFilter(**{**times, **asked}))]


def test_drafts_are_nobodys_business_and_cancelled_ones_everybodys() -> None:
    make_event("draft", state="draft")
    make_event("off", state="cancelled", reason_vi="Bão", reason_en="Storm")
    make_event("on")
    assert found() == ["off", "on"]
    assert find_public("draft", since=NOW, until=at(31)) is None


def test_what_comes_first_is_first() -> None:
    make_event("later", starts=at(9, 8), ends=at(9, 9))
    make_event("daily", starts=at(1, 8, month=11), ends=at(1, 9, month=11), rule="FREQ=DAILY")
    make_event("over", starts=at(1, 7), ends=at(1, 8))
    make_event("now", starts=at(1, 8), ends=at(1, 10))
    assert found() == ["now", "daily", "later"]


def test_filters_work_together() -> None:
    make_event("free", free=True, name_vi="Chợ phiên Đà Lạt", name_en="Fair")
    make_event("paid", name_vi="Hội chợ", name_en="Market")
    assert found(text="cho phien") == ["free"]
    assert found(text="MARKET") == ["paid"]
    assert found(free=True) == ["free"]
    assert found(bbox=(108.46, 11.93, 108.47, 11.94)) == ["free", "paid"]
    assert found(bbox=(108.40, 11.93, 108.41, 11.94)) == []


def test_near_sorts_by_distance_and_a_place_tells_where() -> None:
    make_place("station", STATION)
    make_event("at-station", place="station", address="", lon=None, lat=None)
    make_event("at-market", lon=MARKET[0], lat=MARKET[1])
    asked = EventFilter(since=NOW, until=at(31), near=MARKET)
    first, second = find_events(asked)
    assert (first.event.code, second.event.code) == ("at-market", "at-station")
    assert second.distance_m == pytest.approx(1922, abs=5)
    assert second.place is not None
    assert found(near=MARKET, within_m=500) == ["at-market"]


def test_a_place_that_left_the_register_still_says_where() -> None:
    place = make_place("station", STATION, edition=make_edition())
    make_event(place="station", address="", lon=None, lat=None)
    place.edition.state, place.live = "retired", False
    place.edition.save()
    place.save()
    [one] = find_events(EventFilter(since=NOW, until=at(31)))
    assert one.place is None
    assert one.point == pytest.approx(STATION, abs=1e-6)


def test_a_place_that_the_lists_leave_to_its_twin_is_still_where_it_takes_place() -> None:
    place = make_place("station", STATION)
    make_event(place="station", address="", lon=None, lat=None)
    Place.objects.update(live=False)
    [one] = find_events(EventFilter(since=NOW, until=at(31)))
    assert one.place == place
    assert one.point == pytest.approx(STATION, abs=1e-6)


def test_what_lasts_is_on_each_of_its_days_and_a_night_on_one() -> None:
    make_event("festival", all_day=True, starts=at(4), ends=at(6))
    make_event("night", starts=at(5, 22), ends=at(6, 2))
    events = find_events(EventFilter(since=NOW, until=at(8)))
    days = by_day(events, date(2026, 12, 1), date(2026, 12, 7))
    told = [(day.day.day, [one.event.code for _when, one in day.entries]) for day in days]
    assert told == [(4, ["festival"]), (5, ["festival", "night"]), (6, ["festival"])]


def test_what_is_on_every_day_asked_for_is_told_once() -> None:
    make_event("daily", starts=at(1, 8), ends=at(1, 9), rule="FREQ=DAILY")
    make_event("but-sunday", starts=at(1, 8), ends=at(1, 9), rule="FREQ=DAILY", left_out=[date(2026, 12, 6)])
    make_event("festival", all_day=True, starts=at(1), ends=at(9))
    events = find_events(EventFilter(since=at(1), until=at(8)))
    week = on_every_day(events, date(2026, 12, 1), date(2026, 12, 7))
    assert [one.event.code for one in week] == ["festival", "daily"]
    assert on_every_day(events, date(2026, 12, 1), date(2026, 12, 1)) == []


def test_later_tells_each_event_once_and_none_twice() -> None:
    make_event("daily", starts=at(1, 8), ends=at(1, 9), rule="FREQ=DAILY")
    make_event("yearly", starts=at(24, 8), ends=at(24, 9), rule="FREQ=YEARLY")
    asked = EventFilter(since=NOW, until=at(8))
    [later] = find_later(asked, find_events(asked))
    assert later.event.code == "yearly"
    assert [one.begin for one in later.occurrences] == [at(24, 8)]


@pytest.mark.parametrize(("day", "wanted"), [(1, (5, 6)), (4, (5, 6)), (5, (5, 6)), (6, (6, 6)), (7, (12, 13))])
def test_this_weekend_is_what_is_left_of_it(day: int, wanted: tuple[int, int]) -> None:
    assert tuple(one.day for one in weekend(date(2026, 12, day))) == wanted


def test_a_place_knows_what_comes_next_in_it() -> None:
    place = make_place("hall")
    make_event("elsewhere")
    for code, day in (("b", 9), ("a", 8), ("over", 1)):
        make_event(code, place="hall", starts=at(day, 7), ends=at(day, 8), rule="FREQ=WEEKLY;COUNT=1")
    coming = find_at_place(place, now=NOW, limit=5)
    assert [one.event.code for one in coming] == ["a", "b"]
    assert len(find_at_place(place, now=NOW, limit=1)) == 1
