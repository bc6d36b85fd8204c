"""The API of events."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.tourism.events.make import NOW, at, make_event
from tests.tourism.make import STATION, make_place
from tourism.events import api

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_of_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.timezone, "now", lambda: NOW)


def get(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"/api/v1/events?{query}")
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/geo+json"
    found: dict[str, Any] = response.json()
    return found


def codes(answer: dict[str, Any]) -> list[str]:
    return [feature["properties"]["code"] for feature in answer["features"]]


def test_an_event_says_what_when_where_and_by_whom(client: Client) -> None:
    make_place("hall", STATION, name="Nhà hát", name_en="Theatre")
    event = make_event(
        place="hall",
        rule="FREQ=WEEKLY;COUNT=3",
        left_out=[date(2026, 12, 12)],
        price_vi="50.000 đ",
        price_en="50,000 đ",
        organiser_vi="Nhà hát",
        address="",
    )
    [feature] = get(client, "lang=en")["features"]
    assert feature["id"] == event.pk
    assert feature["geometry"]["coordinates"] == pytest.approx(STATION, abs=1e-6)
    properties = feature["properties"]
    assert properties["name"] == "Concert"
    assert properties["occurrences"] == [
        {"starts": "2026-12-05T19:00:00+07:00", "ends": "2026-12-05T21:00:00+07:00"},
        {"starts": "2026-12-19T19:00:00+07:00", "ends": "2026-12-19T21:00:00+07:00"},
    ]
    assert properties["venue"] == {"code": "hall", "name": "Theatre", "address": None, "url": "/en/places/hall"}
    assert properties["price"] == "50,000 đ"
    assert (properties["organiser"], properties["organiser_lang"]) == ("Nhà hát", "vi")
    assert (properties["price_lang"], properties["reason_lang"]) == ("en", None)
    assert properties["reason"] is None
    for address in (properties["url"], properties["calendar"], properties["venue"]["url"]):
        assert client.get(address).status_code == 200


def test_a_cancelled_event_says_why_in_the_language_asked_for(client: Client) -> None:
    make_event(state="cancelled", reason_vi="Bão", reason_en="Storm")
    for language, why in (("vi", "Bão"), ("en", "Storm")):
        [feature] = get(client, f"lang={language}")["features"]
        assert (feature["properties"]["state"], feature["properties"]["reason"]) == ("cancelled", why)


def test_from_and_until_choose_the_time_and_a_date_counts_whole(client: Client) -> None:
    make_event()
    for query, found in {
        "": 1,
        "from=2026-12-05&until=2026-12-05": 1,
        "from=2026-12-06": 0,
        "until=2026-12-04": 0,
        "from=2026-12-05T20:59:59%2B07:00": 1,
        "from=2026-12-05T21:00:00%2B07:00": 0,
        "from=2026-12-05T13:59:59Z": 1,
        "from=2026-12-05T21:00:00+07:00": 0,
        "until=2026-12-05T19:00:00": 0,
        "until=2026-12-05T19:00:01": 1,
        "from=2026-10-01": 0,  # 31 days
        "from=2026-10-01&until=2027-10-01": 1,
    }.items():
        assert len(get(client, query)["features"]) == found, query


def test_the_pages_are_of_the_time_the_first_was_asked_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        make_event(f"e{number}", starts=at(1, 8 + number), ends=at(1, 10 + number))
    answer = get(client, "limit=2")
    assert codes(answer) == ["e0", "e1"]
    assert (answer["numberMatched"], answer["numberReturned"]) == (3, 2)
    monkeypatch.setattr(api.timezone, "now", lambda: at(3, 9))
    following = client.get(answer["next"]).json()
    assert (codes(following), following["numberMatched"], following["next"]) == (["e2"], 3, None)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("from=tomorrow", "from"),
        ("from=2026-13-01", "from"),
        ("from=9999-12-31", "from"),
        ("from=0001-01-01", "from"),
        ("from=2040-01-01", "from"),
        ("until=9999-12-31T23:59:59%2B07:00", "until"),
        ("until=31/12/2026", "until"),
        ("until=2026-11-01", "until"),
        ("from=2026-12-01&until=2028-01-01", "until"),
        ("free=perhaps", "free"),
        ("limit=1001", "limit"),
        ("category=food", "category"),
    ],
)
def test_a_bad_parameter_is_named(client: Client, query: str, name: str) -> None:
    response = client.get(f"/api/v1/events?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "bad-parameter"
    assert response.json()["title"].startswith(f"{name}:")


def test_one_event_is_told_a_year_ahead(client: Client) -> None:
    make_event(rule="FREQ=WEEKLY;BYDAY=SA")
    feature = client.get("/api/v1/events/concert?lang=en").json()
    assert len(feature["properties"]["occurrences"]) == 52


def test_a_list_is_a_handful_of_queries_however_long(client: Client, django_assert_max_num_queries: Any) -> None:
    make_place("hall")
    for number in range(30):
        make_event(f"e{number}", place="hall", starts=at(1, 8), ends=at(1, 22), rule="FREQ=DAILY")
    with django_assert_max_num_queries(2):
        assert len(get(client)["features"]) == 30
