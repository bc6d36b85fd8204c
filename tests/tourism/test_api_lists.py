"""What the lists of places and of events have in common: pages, distance, answers to bad questions."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.tourism.events.make import NOW, make_event
from tests.tourism.make import MARKET, STATION, make_edition, make_place
from tourism.cursors import Cursor, render_cursor
from tourism.events import api
from tourism.forms import PlaceListForm

pytestmark = pytest.mark.django_db
NEAR = f"near={MARKET[0]},{MARKET[1]}"
Make = Callable[..., Any]


def event_at(code: str, at: tuple[float, float] = MARKET) -> None:
    make_event(code, lon=at[0], lat=at[1])


MAKERS: dict[str, Make] = {"places": make_place, "events": event_at}
# What each list goes by unless it goes by distance.
ORDERS = {"places": Cursor("code", None, "a"), "events": Cursor("time", 1.0, "a")}


@pytest.fixture(params=["places", "events"])
def listed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(api.timezone, "now", lambda: NOW)
    return str(request.param)


def get(client: Client, listed: str, query: str = "") -> dict[str, Any]:
    response = client.get(f"/api/v1/{listed}?{query}")
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/geo+json"
    found: dict[str, Any] = response.json()
    return found


def codes(answer: dict[str, Any]) -> list[str]:
    return [feature["properties"]["code"] for feature in answer["features"]]


def encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def test_near_sorts_by_distance_and_returns_it(client: Client, listed: str) -> None:
    MAKERS[listed]("far", STATION)
    MAKERS[listed]("here", MARKET)
    answer = get(client, listed, NEAR)
    assert codes(answer) == ["here", "far"]
    assert answer["features"][1]["properties"]["distance_m"] == pytest.approx(1922, abs=5)
    assert codes(get(client, listed, f"{NEAR}&within_m=500")) == ["here"]


def test_a_box_leaves_out_what_is_outside(client: Client, listed: str) -> None:
    MAKERS[listed]("far", STATION)
    MAKERS[listed]("here", MARKET)
    assert codes(get(client, listed, "bbox=108.43,11.94,108.44,11.95")) == ["here"]


@pytest.mark.parametrize("by", ["", NEAR])
def test_following_next_visits_everything_once(client: Client, listed: str, by: str) -> None:
    for number in range(7):
        MAKERS[listed](f"p{number}", (MARKET[0] + number // 2 / 1000, MARKET[1]))  # pairs at the same distance
    seen: list[str] = []
    url: str | None = f"/api/v1/{listed}?limit=2&{by}"
    while url:
        answer = client.get(url).json()
        assert len(answer["features"]) <= 2
        seen += codes(answer)
        url = answer["next"]
    assert seen == [f"p{number}" for number in range(7)]


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
        ("lang=fr", "lang"),
        ("limit=0", "limit"),
        ("limit=5001", "limit"),
        ("cursor=abc", "cursor"),
        ("cursor=%C3%A9", "cursor"),
        (f"cursor={encoded(['distance', 1.0, 'a'])}", "cursor"),
        (f"cursor={encoded(['code', 'x', 'a'])}", "cursor"),
        (f"cursor={encoded(['distance', 1.0, 'a' + chr(0xD800)])}", "cursor"),
        (f"cursor={encoded([['code'], None, 'a'])}", "cursor"),
        ("q=a%00b", "q"),
        ("colour=red", "colour"),
        ("limit=1&limit=2", "limit"),
    ],
)
def test_a_bad_parameter_is_named(client: Client, listed: str, query: str, name: str) -> None:
    response = client.get(f"/api/v1/{listed}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "bad-parameter"
    assert response.json()["title"].startswith(f"{name}:")


def test_a_cursor_of_another_order_is_refused(client: Client, listed: str) -> None:
    own = render_cursor(ORDERS[listed])
    assert client.get(f"/api/v1/{listed}?cursor={own}").status_code == 200
    others = [one for one in (*ORDERS.values(), Cursor("distance", 1.0, "a")) if one != ORDERS[listed]]
    for other in others:
        assert client.get(f"/api/v1/{listed}?cursor={render_cursor(other)}").status_code == 400, other
    assert client.get(f"/api/v1/{listed}?{NEAR}&cursor={own}").status_code == 400


def test_one_is_a_feature_and_what_nobody_may_see_a_problem(client: Client, listed: str) -> None:
    MAKERS[listed]("one")
    make_place("draft", live=False, edition=make_edition("draft", state="staged"))
    make_event("draft", state="draft")
    feature = client.get(f"/api/v1/{listed}/one?lang=en").json()
    assert (feature["type"], feature["properties"]["code"]) == ("Feature", "one")
    for code in ("nowhere", "draft"):
        response = client.get(f"/api/v1/{listed}/{code}")
        assert response.status_code == 404
        assert response.json()["type"] == f"no-such-{listed.removesuffix('s')}"


def test_a_list_is_a_handful_of_queries_however_long(
    client: Client, listed: str, django_assert_max_num_queries: Any
) -> None:
    make_place("hall")
    for number in range(30):
        MAKERS[listed](f"p{number}")
    get(client, listed, NEAR)
    with django_assert_max_num_queries(5):
        assert len(get(client, listed, NEAR)["features"]) >= 30


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "says"), [("q=%00", "ký tự NUL"), ("limit=abc", "số nguyên"), ("limit=0", "từ 1 trở lên")]
)
def test_what_djangos_vietnamese_lacks_is_said_in_ours(client: Client, query: str, says: str) -> None:
    assert says in client.get(f"/api/v1/places?{query}").json()["title"]


def test_a_parameter_left_out_means_the_same_as_an_empty_one() -> None:
    """The API cleans only what is given."""
    now = timezone.now()
    few = PlaceListForm({}, now=now)
    all_empty = PlaceListForm(dict.fromkeys(PlaceListForm.base_fields, ""), now=now)

    assert few.is_valid()
    assert all_empty.is_valid()
    assert not few.fields
    assert few.filter == all_empty.filter
    assert few.cleaned_data == all_empty.cleaned_data


def test_pages_of_a_text_go_by_likeness_and_visit_everything_once(client: Client) -> None:
    names = ["Sân chợ nhỏ bên hồ", "Chợ", "Chợ đêm", "Quán bên chợ", "Chợ"]
    for number, name in enumerate(names):
        make_place(f"p{number}", name=name)
    seen: list[str] = []
    url: str | None = "/api/v1/places?q=cho&limit=1"
    while url:
        answer = client.get(url).json()
        seen += codes(answer)
        url = answer["next"]
    assert seen == ["p1", "p4", "p2", "p3", "p0"]
    assert codes(get(client, "places", f"q=cho&{NEAR}")) == [f"p{number}" for number in range(5)]
    by_code = f"q=cho&cursor={render_cursor(Cursor('code', None, 'p0'))}"
    assert client.get(f"/api/v1/places?{by_code}").status_code == 400
    assert client.get(f"/api/v1/places?{by_code}&updated_since=2020-01-01").status_code == 200
