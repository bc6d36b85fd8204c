"""Calendars that calendar programs take: read back with the library, line by line where programs are strict."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rruleset, rrulestr
from django.test import Client
from icalendar import Calendar, Component

from tests.tourism.events.make import NOW, at, make_event, make_steward
from tests.tourism.make import STATION, make_place
from tourism.events import changes, recurrence, views

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_of_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.timezone, "now", lambda: NOW)


def entries(client: Client, address: str = "/events.ics") -> list[Component]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def followed(entry: Component) -> list[datetime]:
    """The beginnings a calendar program works out."""
    dates = rruleset()
    dates.rrule(rrulestr(entry["RRULE"].to_ical().decode(), dtstart=entry.decoded("DTSTART")))
    for left_out in entry["EXDATE"].dts:
        dates.exdate(left_out.dt)
    return list(dates)


def test_a_calendar_program_works_out_the_same_times(client: Client) -> None:
    event = make_event(rule="FREQ=WEEKLY;BYDAY=SA,SU;UNTIL=20270110", left_out=[date(2026, 12, 13)])
    [entry] = entries(client)
    expected = [one.begin for one in recurrence.occurrences(event.timing, at(1), at(1, year=2028))]
    assert len(expected) == 11
    assert followed(entry) == expected
    assert entry.decoded("DTEND") - entry.decoded("DTSTART") == timedelta(hours=2)


def test_times_are_told_in_the_citys_zone_which_is_told_too(client: Client) -> None:
    make_event(rule="FREQ=DAILY;UNTIL=20261231", left_out=[date(2026, 12, 24)])
    lines = client.get("/events.ics").content.decode().split("\r\n")
    for line in (
        "DTSTART;TZID=Asia/Ho_Chi_Minh:20261205T190000",
        "EXDATE;TZID=Asia/Ho_Chi_Minh:20261224T190000",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Ho_Chi_Minh",
        "TZOFFSETTO:+0700",
        "METHOD:PUBLISH",
    ):
        assert line in lines
    assert "RRULE:FREQ=DAILY;UNTIL=20261231T165959Z" in lines
    assert all(len(line.encode()) <= 75 for line in lines)


def test_all_day_is_told_in_days_and_its_end_is_the_day_after(client: Client) -> None:
    make_event(all_day=True, starts=at(5), ends=at(6), rule="FREQ=YEARLY;UNTIL=20281231", left_out=[date(2027, 12, 5)])
    lines = client.get("/events.ics").content.decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20261205" in lines
    assert "DTEND;VALUE=DATE:20261207" in lines
    assert "RRULE:FREQ=YEARLY;UNTIL=20281231" in lines
    assert "EXDATE;VALUE=DATE:20271205" in lines


def test_a_cancelled_event_stays_the_same_event_with_a_higher_number(client: Client) -> None:
    event = make_event()
    [before] = entries(client)
    event.state, event.reason_vi, event.reason_en = "cancelled", "Bão", "Storm; all tickets, too"
    changes.save(event, by=make_steward(), now=NOW + timedelta(hours=2))
    [after] = entries(client, "/en/events.ics")
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert before["UID"] == after["UID"] == str(event.uid)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.decoded("LAST-MODIFIED") - before.decoded("LAST-MODIFIED") == timedelta(hours=2)
    assert "Storm; all tickets, too" in str(after["DESCRIPTION"])


def test_where_and_what_are_told_in_the_language_of_the_address(client: Client) -> None:
    make_place("hall", STATION, name="Nhà hát", name_en="Theatre", address="1 Quang Trung")
    make_event(place="hall", address="", description_en="Chamber music", free=True)
    [entry] = entries(client, "/en/events.ics")
    assert (entry["SUMMARY"], entry["LOCATION"]) == ("Concert", "Theatre, 1 Quang Trung")
    assert entry["DESCRIPTION"] == "Chamber music\n\nFree of charge"
    assert entry["URL"].endswith("/en/events/concert")
    assert (entry["GEO"].latitude, entry["GEO"].longitude) == pytest.approx((STATION[1], STATION[0]), abs=1e-5)
    [entry] = entries(client)
    assert (entry["SUMMARY"], entry["LOCATION"]) == ("Hòa nhạc", "Nhà hát, 1 Quang Trung")


def test_the_calendar_holds_what_comes_and_the_last_month_and_no_draft(client: Client) -> None:
    make_event("draft", state="draft")
    make_event("long-ago", starts=at(1, month=10), ends=at(2, month=10))
    make_event("lately", starts=at(20, month=11), ends=at(21, month=11))
    make_event("coming")
    assert [entry["URL"].rpartition("/")[2] for entry in entries(client)] == ["lately", "coming"]
    assert len(entries(client, "/events/long-ago.ics")) == 1
    assert client.get("/events/draft.ics").status_code == 404


@pytest.mark.parametrize("address", ["/events.ics", "/en/events/concert.ics"])
def test_who_has_it_is_spared_the_body_until_something_changes(client: Client, address: str) -> None:
    event = make_event()
    tag = client.get(address)["ETag"]
    again = client.get(address, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    event.name_vi, event.name_en = "Hòa nhạc lớn", "Great concert"
    changes.save(event, by=make_steward(), now=NOW)
    changed = client.get(address, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_the_tag_changes_when_an_event_is_over_for_a_month(client: Client, monkeypatch: Any) -> None:
    make_event("first")
    make_event("second", starts=at(9, 8), ends=at(9, 9))
    tag = client.get("/events.ics")["ETag"]
    monkeypatch.setattr(views.timezone, "now", lambda: at(7, month=1, year=2027))
    changed = client.get("/events.ics", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.content.count(b"BEGIN:VEVENT") == 1


def test_text_of_an_event_cannot_break_out_of_its_line(client: Client) -> None:
    make_event(name_vi="Hội\r\nATTACH:http://evil.example", description_vi="a\r\nEND:VEVENT\r\nBEGIN:VALARM")
    lines = client.get("/events.ics").content.decode().split("\r\n")
    assert lines.count("END:VEVENT") == 1
    assert not [line for line in lines if line.startswith(("ATTACH", "BEGIN:VALARM"))]
