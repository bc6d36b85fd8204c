"""The pages of events."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.tourism.events.make import NOW, at, make_event
from tests.tourism.make import STATION, make_place
from tests.tourism.test_pages import linked_data
from tourism import views as place_views
from tourism.events import views

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_of_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.timezone, "now", lambda: NOW)


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_goes_by_day_and_tells_what_comes_later(client: Client) -> None:
    make_event(rule="FREQ=DAILY;COUNT=2")
    make_event("gala", name_en="Gala", starts=at(24, 20), ends=at(24, 22), price_en="9 đ")
    page = read(client, "/en/events/")
    saturday, sunday, later = (page.index(f'id="{each}"') for each in ("day-2026-12-05", "day-2026-12-06", "later"))
    assert page.count('href="/en/events/concert"') == 2
    assert saturday < page.index('href="/en/events/concert"') < sunday < later < page.index("Gala")
    assert "Saturday, 05/12/2026" in page
    assert "19:00–21:00" in page
    assert "Thursday, 24/12/2026" in page


def test_what_is_on_every_evening_is_told_once_above_the_days(client: Client) -> None:
    make_event("market", starts=at(1, 17, month=11), ends=at(1, 23, month=11), rule="FREQ=DAILY")
    make_event()
    page = read(client, "/en/events/")
    assert page.count('href="/en/events/market"') == 1
    assert page.index('id="daily"') < page.index('href="/en/events/market"') < page.index('id="day-2026-12-05"')
    assert page.count('class="card"') == 2
    assert 'id="day-2026-12-02"' not in page


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("when=today", {"morning"}),
        ("when=weekend", {"concert"}),
        ("on=2026-12-24", {"gala"}),
        ("on=24/12/2026", {"gala"}),
        ("when=today&on=2026-12-24", {"gala"}),
        ("free=true", {"morning"}),
        ("q=hoa+nhac", {"concert"}),
    ],
)
def test_today_the_weekend_a_date_and_free(client: Client, query: str, codes: set[str]) -> None:
    make_event("morning", name_vi="Sáng", starts=at(1, 8), ends=at(1, 12), free=True)
    make_event()
    make_event("gala", name_vi="Dạ hội", starts=at(24, 20), ends=at(24, 22))
    page = read(client, f"/events/?{query}").split('id="later"')[0]
    assert {code for code in ("morning", "concert", "gala") if f'href="/events/{code}"' in page} == codes


@pytest.mark.parametrize("query", ["on=2026-02-30", "on=9999-12-31", "on=1900-01-01", "when=never", "free=no"])
def test_a_filter_that_cannot_be_read_is_explained_and_hides_nothing(client: Client, query: str) -> None:
    make_event()
    page = read(client, f"/en/events/?{query}", 400)
    assert 'class="errorlist"' in page
    assert "the next seven days are shown" in page
    assert "/en/events/concert" in page


def test_an_empty_day_offers_what_comes_later(client: Client) -> None:
    page = read(client, "/en/events/")
    assert "No event fits these filters." in page
    assert 'id="later"' not in page
    make_event()
    page = read(client, "/en/events/?when=today")
    assert "Below is what comes later." in page
    assert "/en/events/concert" in page


def test_what_comes_later_is_told_up_to_a_screen_or_two(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LATER", 2)
    for number in range(3):
        make_event(f"e{number}", starts=at(20 + number, 8), ends=at(20 + number, 9))
    page = read(client, "/en/events/")
    assert "/en/events/e1" in page
    assert "/en/events/e2" not in page
    assert "There is more" in page


def test_an_event_has_a_page_with_its_facts(client: Client) -> None:
    make_place("hall", STATION, name="Nhà hát", name_en="Theatre", address="1 Quang Trung")
    make_event(
        place="hall",
        address="",
        rule="FREQ=WEEKLY;COUNT=4",
        left_out=[date(2026, 12, 19)],
        price_en="50,000 đ",
        phone="0263 300 9001",
        organiser_en="Theatre company",
    )
    page = read(client, "/en/events/concert")
    for words in (
        'href="/en/places/hall"',
        "1 Quang Trung",
        "50,000 đ",
        'href="tel:02633009001"',
        "geo:11.941500,108.454500",
        "sel=events/concert",
        "/en/events/concert.ics",
        "Saturday, 12/12/2026",
        "Not on:",
        "19/12/2026",
        "Sở Du lịch (minh họa)",
    ):
        assert words in page
    data = linked_data(page)
    assert data["@type"] == "Event"
    assert (data["startDate"], data["endDate"]) == ("2026-12-05T19:00:00+07:00", "2026-12-05T21:00:00+07:00")
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["location"]["name"] == "Theatre"
    assert data["location"]["geo"]["latitude"] == pytest.approx(STATION[1], abs=1e-6)
    assert data["organizer"]["name"] == "Theatre company"


def test_a_cancelled_event_says_so_and_why_to_people_and_programs(client: Client) -> None:
    make_event(state="cancelled", reason_vi="Bão", reason_en="Storm")
    page = read(client, "/en/events/concert")
    assert "This event is cancelled." in page
    assert "Storm" in page
    assert linked_data(page)["eventStatus"] == "https://schema.org/EventCancelled"
    listed = read(client, "/events/")
    assert "Đã hủy" in listed
    assert "Bão" in listed


def test_an_event_that_is_over_says_so_and_tells_its_last_time(client: Client) -> None:
    make_event(starts=at(5, 19, month=9), ends=at(5, 21, month=9), rule="FREQ=WEEKLY;COUNT=2")
    page = read(client, "/en/events/concert")
    assert "This event is over." in page
    assert linked_data(page)["startDate"] == "2026-09-12T19:00:00+07:00"


def test_all_day_is_told_in_days(client: Client) -> None:
    make_event(all_day=True, starts=at(5), ends=at(6))
    page = read(client, "/en/events/concert")
    assert "00:00" not in page
    data = linked_data(page)
    assert (data["startDate"], data["endDate"]) == ("2026-12-05", "2026-12-06")


def test_an_event_to_come_at_a_place_can_be_put_into_a_day(client: Client) -> None:
    make_place("hall")
    make_event(place="hall")
    make_event("street")
    make_event("over", place="hall", starts=at(1, 6), ends=at(1, 8))
    make_event("off", place="hall", state="cancelled", reason_vi="Bão", reason_en="Storm")
    offered = [code for code in ("concert", "street", "over", "off") if "data-add-to-day" in page_of(client, code)]
    assert offered == ["concert"]
    assert 'href="/en/days-out/?stops=hall"' in page_of(client, "concert")


def page_of(client: Client, code: str) -> str:
    return client.get(f"/en/events/{code}").content.decode()


def test_drafts_and_unknown_events_are_not_found_and_the_page_leads_on(client: Client) -> None:
    make_event("draft", state="draft")
    for code in ("draft", "nothing"):
        assert f"There is no event “{code}”" in read(client, f"/en/events/{code}", 404)


def test_text_of_staff_cannot_break_out_of_the_page(client: Client) -> None:
    evil = '</script><script>alert(1)</script>&"'
    make_event(name_vi=evil, description_vi=evil, address=evil)
    for address in ("/events/", "/events/concert"):
        assert "<script>alert" not in read(client, address)
    assert linked_data(read(client, "/events/concert"))["name"] == evil


def test_a_place_tells_what_comes_next_in_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_views.timezone, "now", lambda: NOW)
    make_place("hall")
    assert "Events here" not in read(client, "/en/places/hall")
    make_event(place="hall")
    page = read(client, "/en/places/hall")
    assert "Events here" in page
    assert 'href="/en/events/concert"' in page


def test_pages_ask_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    make_place("hall")
    for number in range(20):
        make_event(f"e{number}", place="hall", rule="FREQ=DAILY")
    for address, queries in (("/events/", 4), ("/events/e1", 2), ("/events.ics", 4)):
        with django_assert_max_num_queries(queries):
            client.get(address)
