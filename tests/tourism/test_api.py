from typing import Any

import pytest
from django.test import Client

from tests.tourism.make import MARKET, STATION, make_edition, make_place
from tourism.models import Place

pytestmark = pytest.mark.django_db
CONTRACT = {"code", "slug", "category", "group", "name", "lang", "opening_hours", "open", "address", "phone"} | {
    "website",
    "stars",
    "price",
    "verified_on",
    "source",
    "licence",
    "url",
}
NEAR = f"near={MARKET[0]},{MARKET[1]}"


def get(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"/api/v1/places?{query}")
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/geo+json"
    found: dict[str, Any] = response.json()
    return found


def codes(answer: dict[str, Any]) -> list[str]:
    return [feature["properties"]["code"] for feature in answer["features"]]


def test_a_place_carries_what_the_contract_lists(client: Client) -> None:
    place = make_place("atm-1", name="ATM Chợ", opening_hours="24/7", phone="0263 3800 001", address="Chợ Đà Lạt")
    [feature] = get(client)["features"]
    assert feature["id"] == place.pk
    assert feature["geometry"]["coordinates"] == pytest.approx(MARKET, abs=1e-6)
    properties = feature["properties"]
    assert set(properties) >= CONTRACT
    assert properties["open"] is True
    assert properties["website"] is None
    assert properties["source"] == "Sở Du lịch (minh họa)"
    assert client.get(properties["url"]).status_code == 200


def test_near_sorts_by_distance_and_returns_it(client: Client) -> None:
    make_place("far", STATION)
    make_place("here", MARKET)
    answer = get(client, NEAR)
    assert codes(answer) == ["here", "far"]
    assert answer["features"][1]["properties"]["distance_m"] == pytest.approx(1922, abs=5)
    assert codes(get(client, f"{NEAR}&within_m=500")) == ["here"]


@pytest.mark.parametrize("by", ["", NEAR])
def test_following_next_visits_every_place_once(client: Client, by: str) -> None:
    for number in range(7):
        make_place(f"p{number}", (MARKET[0] + number // 2 / 1000, MARKET[1]))  # pairs at the same distance
    seen: list[str] = []
    url: str | None = f"/api/v1/places?limit=2&{by}"
    while url:
        answer = client.get(url).json()
        seen += codes(answer)
        url = answer["next"]
    assert seen == [f"p{number}" for number in range(7)]


def test_paging_survives_a_new_edition(client: Client) -> None:
    old = make_edition()
    for code in "abc":
        make_place(code, edition=old)
    following = get(client, "limit=1")["next"]
    Place.objects.update(live=False)
    new = make_edition(state="checked")
    for code in "abc":
        make_place(code, edition=new)
    assert codes(client.get(following).json()) == ["b"]


def test_english_names_are_shown_and_a_fallback_is_declared(client: Client) -> None:
    make_place("a", name="Hồ Xuân Hương", name_en="Xuan Huong Lake")
    make_place("b", name="Chợ Đà Lạt")
    lake, market = (feature["properties"] for feature in get(client, "lang=en")["features"])
    assert (lake["name"], lake["lang"]) == ("Xuan Huong Lake", "en")
    assert (market["name"], market["lang"]) == ("Chợ Đà Lạt", "vi")
    assert lake["url"] == "/en/places/a"


def test_fields_choose_the_properties(client: Client) -> None:
    make_place("a")
    [feature] = get(client, "fields=name,stars")["features"]
    assert set(feature["properties"]) == {"code", "name", "stars"}


def test_filters_work_together(client: Client) -> None:
    make_place("bank", opening_hours="24/7")
    make_place("hotel-4", category="hotel", stars=4, opening_hours="24/7")
    make_place("hotel-2", category="hotel", stars=2)
    assert codes(get(client, "category=hotel&stars=4,5&open_at=now")) == ["hotel-4"]
    assert codes(get(client, "category=lodging&open_at=now&open_at_unknown=include")) == ["hotel-2", "hotel-4"]
    assert codes(get(client, "bbox=108.43,11.94,108.44,11.95&q=hotel")) == ["hotel-2", "hotel-4"]


@pytest.mark.parametrize("moment", ["2026-02-17T12:00:00%2B07:00", "2026-02-17T12:00:00+07:00", "2026-02-17T05:00:00Z"])
def test_open_at_a_moment_knows_tet(client: Client, moment: str) -> None:
    make_place("museum", category="museum", opening_hours="Mo-Su 08:00-17:00; PH off")
    make_place("cafe", category="cafe", opening_hours="Mo-Su,PH 08:00-17:00")
    answer = get(client, f"open_at={moment}")
    assert codes(answer) == ["cafe"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("near=108.44", "near"),
        ("near=11.94,108.44", "near"),
        ("near=nan,11", "near"),
        ("near=1e400,11", "near"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=108.5,11,108.4,12", "bbox"),
        ("bbox=108.4,11,108.5,99", "bbox"),
        ("within_m=100", "within_m"),
        (f"{NEAR}&within_m=-1", "within_m"),
        (f"{NEAR}&within_m=inf", "within_m"),
        ("category=spaceport", "category"),
        ("stars=6", "stars"),
        ("open_at=tomorrow", "open_at"),
        ("open_at=9999-12-31T23:59:59%2B07:00", "open_at"),
        ("open_at_unknown=perhaps", "open_at_unknown"),
        ("lang=fr", "lang"),
        ("fields=owner", "fields"),
        ("limit=0", "limit"),
        ("limit=5001", "limit"),
        ("cursor=abc", "cursor"),
        ("cursor=WzEuMCwgImEiXQ", "cursor"),  # of a list by distance
        ("cursor=%C3%A9", "cursor"),
        ("q=a%00b", "q"),
        ("polygon=108.4,11.9", "polygon"),
        ("polygon=POINT(108.4 11.9)", "polygon"),
        ("polygon=POLYGON((11.9 108.4,11.9 108.5,12 108.5,11.9 108.4))", "polygon"),
        ("polygon=POLYGON((108.4 11.9,108.5 12,108.5 11.9,108.4 12,108.4 11.9))", "polygon"),
        ("polygon=POLYGON EMPTY", "polygon"),
        ("ward=atlantis", "ward"),
        ("ward=a%00b", "ward"),
        ("updated_since=yesterday", "updated_since"),
        ("updated_since=2026-13-01", "updated_since"),
        ("colour=red", "colour"),
        ("limit=1&limit=2", "limit"),
    ],
)
def test_a_bad_parameter_is_named(client: Client, query: str, name: str) -> None:
    response = client.get(f"/api/v1/places?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "bad-parameter"
    assert response.json()["title"].startswith(f"{name}:")


def test_one_place_is_a_feature(client: Client) -> None:
    make_place("atm-1", name="ATM Chợ", name_en="Market ATM")
    feature = client.get("/api/v1/places/atm-1?lang=en").json()
    assert feature["type"] == "Feature"
    assert feature["properties"]["name"] == "Market ATM"


def test_an_unknown_place_is_a_problem_that_says_so(client: Client) -> None:
    make_place("draft", live=False, edition=make_edition("draft", state="staged"))
    for code in ("nowhere", "draft"):
        response = client.get(f"/api/v1/places/{code}")
        assert response.status_code == 404
        assert response.json()["type"] == "no-such-place"


def test_a_list_is_a_handful_of_queries_however_long(client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        make_place(f"p{number}", opening_hours="24/7")
    get(client, NEAR)
    with django_assert_max_num_queries(5):
        assert len(get(client, NEAR)["features"]) == 30
