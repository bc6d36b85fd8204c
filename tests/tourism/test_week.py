"""The coming seven days of a place, in words, on its page."""

import re
from datetime import date, datetime
from html import unescape

import pytest
from django.test import Client

from portal.calendar import CITY_ZONE
from tests.tourism.make import make_place
from tourism import schedules
from tourism.models import Place

pytestmark = pytest.mark.django_db

# The Wednesday before Tết of 2027, which is on Saturday the 6th.
WEDNESDAY = datetime(2027, 2, 3, 9, tzinfo=CITY_ZONE)


@pytest.fixture
def tet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tourism.views.timezone.now", lambda: WEDNESDAY)


def publish(code: str, hours: str, **more: str) -> Place:
    place = make_place(code, opening_hours=hours, **more)
    schedules.work_out(on=WEDNESDAY.date())
    return place


def rows(page: str) -> list[list[str]]:
    """Return the cells of the table of days as a person reads them."""
    [body] = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    return [
        [" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


@pytest.mark.usefixtures("tet")
def test_the_page_tells_seven_days_in_words_with_the_holidays_by_name(client: Client) -> None:
    publish("bar", "Mo-Su 18:00-02:00; PH 10:00-14:00; Mo[2] off")
    vietnamese = rows(client.get("/places/bar").content.decode())
    assert len(vietnamese) == 7
    assert vietnamese[0] == ["Thứ 4 03/02", "18:00–02:00"]
    assert "Tết" in vietnamese[3][0]
    assert vietnamese[3][1] == "10:00–14:00"
    assert vietnamese[5][1] == "đóng cửa"
    english = rows(client.get("/en/places/bar").content.decode())
    assert "Lunar New Year" in english[3][0]
    assert english[5][1] == "closed"


@pytest.mark.usefixtures("tet")
def test_the_syntax_stands_behind_a_summary_only(client: Client) -> None:
    publish("bar", "Mo-Su 18:00-02:00; PH off")
    page = client.get("/en/places/bar").content.decode()
    before, after = page.split("<details>", 1)[0], page.split("<details>", 1)[1].split("</details>")[0]
    assert "PH off" in after
    assert "PH off" not in re.sub(r'data-hours="[^"]*"', "", before)


@pytest.mark.usefixtures("tet")
def test_each_kind_of_hours_has_its_column(client: Client) -> None:
    publish("garden", "07:00-18:00", ticket_hours="07:00-17:00", last_entry_hours='We 07:00-17:30 "by appointment"')
    page = client.get("/en/places/garden").content.decode()
    assert rows(page)[0] == ["Wed 03/02", "07:00–18:00", "07:00–17:00", "07:00–17:30 by appointment"]
    assert rows(page)[1][3] == "closed"


@pytest.mark.usefixtures("tet")
def test_on_a_day_the_doors_are_shut_nobody_eats_or_enters(client: Client) -> None:
    publish("inn", "07:00-18:00; Th off", kitchen_hours="10:00-14:00", ticket_hours="07:00-17:00")
    found = rows(client.get("/en/places/inn").content.decode())
    assert [row[2] for row in found[:3]] == ["10:00–14:00", "closed", "10:00–14:00"]


@pytest.mark.usefixtures("tet")
def test_hours_that_never_end_are_all_day_every_day_and_without_the_index_too(client: Client) -> None:
    publish("atm", "24/7")
    page = client.get("/en/places/atm").content.decode()
    assert [row[1] for row in rows(page)] == ["all day"] * 7
    schedules.work_out(on=date(2030, 1, 1))
    assert rows(client.get("/en/places/atm").content.decode()) == rows(page)


def test_on_a_holiday_the_list_and_the_api_say_of_which_places_nobody_knows_what_holds(client: Client) -> None:
    publish("stall", "07:00-20:00", name="Quán phở")
    publish("market", "07:00-20:00; PH 07:00-12:00")
    publish("shut", "12:00-20:00")
    asked = "2027-02-06T10:00"
    page = " ".join(client.get(f"/en/places/?open_on={asked}").content.decode().split())
    assert "06/02/2027 is a public holiday (Lunar New Year)" in page
    badges = {code: page.split(f"/en/places/{code}")[1].split("</article>")[0] for code in ("stall", "market")}
    assert "Open by usual hours</span>" in badges["stall"]
    assert "Open</span>" in badges["market"]
    ordinary = client.get("/en/places/?open_on=2027-01-30T10:00").content.decode()
    assert "Open by usual hours" not in ordinary
    assert "is a public holiday" not in ordinary
    found = client.get(f"/api/v1/places?open_at={asked}&fields=holiday&lang=en").json()["features"]
    told = {one["properties"]["code"]: one["properties"]["holiday"] for one in found}
    assert told == {"stall": "Lunar New Year", "market": None}
    found = client.get("/api/v1/places?open_at=2027-01-30T10:00&fields=holiday").json()["features"]
    assert {one["properties"]["holiday"] for one in found} == {None}


@pytest.mark.usefixtures("tet")
def test_what_nobody_can_judge_is_told_as_it_is_and_has_no_days(client: Client) -> None:
    publish("stall", "sáng đến tối")
    publish("silent", "")
    page = client.get("/en/places/stall").content.decode()
    assert "sáng đến tối" in page
    assert "<tbody>" not in page
    page = client.get("/en/places/silent").content.decode()
    assert "Nobody has told us yet." in page
    assert "<tbody>" not in page


@pytest.mark.usefixtures("tet")
def test_a_place_for_those_who_ask_before_says_from_when(client: Client) -> None:
    publish("villa", 'Mo-Su 10:00-20:00 "by appointment"')
    publish("studio", 'Sa 10:00-20:00 "by appointment"')
    publish("shop", 'We 15:00-20:00 "by appointment", We 14:00-15:00')
    assert "by appointment from 10:00" in client.get("/en/places/villa").content.decode()
    assert "by appointment on Saturday from 10:00" in client.get("/en/places/studio").content.decode()
    assert "theo hẹn Thứ 7 từ 10:00" in client.get("/places/studio").content.decode()
    assert "opens at 14:00" in client.get("/en/places/shop").content.decode()
