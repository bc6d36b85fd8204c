from typing import Any

import pytest
from django.test import Client

from tests.planning import make
from tests.tourism.days_out.make import TUESDAY, make_stop, make_street, make_three
from tests.tourism.make import make_edition, make_place
from tourism.models import Place

pytestmark = pytest.mark.django_db


def ask(client: Client, query: str, *, status: int = 200) -> dict[str, Any]:
    response = client.get(f"/api/v1/days-out?{query}")
    assert response.status_code == status
    wanted = "application/geo+json" if status == 200 else "application/problem+json"
    assert response["Content-Type"].startswith(wanted)
    body: dict[str, Any] = response.json()
    return body


def test_the_plan_is_geojson_of_stops_and_ways(client: Client) -> None:
    make_three()
    day = ask(client, f"stops=garden,church&start={TUESDAY}&lang=en")
    kinds = [(one["properties"]["kind"], one["geometry"]["type"]) for one in day["features"]]
    assert kinds == [("stop", "Point"), ("way", "LineString"), ("stop", "Point")]
    garden, way, church = (one["properties"] for one in day["features"])
    assert (garden["name"], garden["lang"], garden["number"]) == ("Flower Garden", "en", 1)
    assert (way["to"], way["distance_m"], way["minutes"], way["estimated"]) == ("church", 1500, 20, False)
    assert (church["begins"], church["open"]) == ("2026-12-01T09:20+07:00", True)
    assert (day["distance_m"], day["travel_minutes"], day["proven_best"]) == (1500, 20, None)
    lon, lat = day["features"][1]["geometry"]["coordinates"][0]
    assert (round(lon), round(lat)) == (108, 12)


def test_unknown_hours_are_null_and_closed_is_false(client: Client) -> None:
    make_three()
    make_stop("silent", 10, opening_hours="")
    day = ask(client, f"stops=silent,market&start={TUESDAY}&stay=180&lang=en")
    silent, market = (one["properties"] for one in day["features"] if one["properties"]["kind"] == "stop")
    assert (silent["open"], silent["warnings"][0]["code"]) == (None, "hours-unknown")
    assert (market["open"], market["warnings"][0]["code"]) == (False, "closed")
    assert market["warnings"][0]["text"].startswith("Closed when you arrive")


def test_the_best_order_says_that_it_is_proven(client: Client) -> None:
    make_three()
    day = ask(client, f"stops=garden,church,market&start={TUESDAY}&stay=,20,45&order=best")
    codes = [one["properties"]["code"] for one in day["features"] if one["properties"]["kind"] == "stop"]
    assert (codes, day["proven_best"]) == (["market", "church", "garden"], True)
    assert day["query"].startswith("stops=market,church,garden&")


def test_the_day_starts_at_a_place_an_address_or_a_point_in_either_order(client: Client) -> None:
    make_three()
    make.make_parcel(
        make.make_edition("parcels", "p1"), 1, 1, make.box(0, -10, 20, 10), address="12 Trần Phú, Phường 1"
    )
    lon, lat = (f"{degrees:.6f}" for degrees in Place.objects.get(code="garden").lon_lat)
    for origin in ("flower garden", "12 tran phu", f"{lat},{lon}", f"{lon},{lat}"):
        way = ask(client, f"stops=market&origin={origin}")["features"][0]["properties"]
        assert way["distance_m"] == pytest.approx(3000, abs=50), origin
    ask(client, "stops=market&origin=Trần Phú")


def test_where_a_day_starts_is_asked_not_guessed(client: Client) -> None:
    make_three()
    for number in (1, 9):
        make_stop(f"stall-{number}", number, name="Quầy vé", address=f"{number} Trần Phú, Đà Lạt")
    refused = ask(client, "stops=market&lang=en&origin=Quầy vé", status=400)["title"]
    assert refused == "origin: Which place? Write one of these names: 1 Trần Phú, Đà Lạt; 9 Trần Phú, Đà Lạt."
    ask(client, "stops=market&origin=9 trần phú, đà lạt")
    refused = ask(client, "stops=market&lang=en&destination=Samarkand", status=400)["title"]
    assert refused.startswith("destination: No place or address is called “Samarkand”.")


def test_stops_that_are_gone_are_told(client: Client) -> None:
    make_three()
    make_place("old", name="Quán cũ", live=False, edition=make_edition("old", state="retired"))
    day = ask(client, f"stops=garden,old&start={TUESDAY}")
    assert day["gone"] == [{"code": "old", "name": "Quán cũ"}]


@pytest.mark.parametrize(
    ("query", "kind", "vi", "en"),
    [
        ("stops=garden,nowhere", "unknown-stop", "“nowhere”", "No place has the code “nowhere”."),
        ("stops=garden,beyond", "no-way", "Đồi chè", "No road we know leads from “Flower Garden” to “Đồi chè”"),
        ("stops=" + ",".join(f"x{n}" for n in range(13)), "bad-parameter", "13", "stops: 13 stops are too many"),
        ("stops=garden&start=2026-02-30T08:00", "bad-parameter", "start: ", "start: “2026-02-30T08:00” is no moment."),
        ("stops=garden&mode=boat", "bad-parameter", "mode: ", "mode: "),
        ("stops=garden&colour=red", "bad-parameter", "colour", "colour: no such parameter."),
        ("start=2026-12-01T08:00", "bad-parameter", "stops: ", "stops: "),
    ],
)
def test_what_cannot_be_planned_is_a_problem_in_both_languages(
    client: Client, query: str, kind: str, vi: str, en: str
) -> None:
    make_three()
    make_street((0, 5000), (1000, 5000))
    make_stop("beyond", 500, 5000, name="Đồi chè")
    vietnamese, english = (ask(client, f"{query}&lang={language}", status=400) for language in ("vi", "en"))
    assert vietnamese["type"] == english["type"] == kind
    assert vi in vietnamese["title"]
    assert en in english["title"]
    assert vietnamese["title"] != english["title"] or kind == "bad-parameter"


def test_a_problem_names_its_stops(client: Client) -> None:
    make_three()
    assert ask(client, "stops=garden,nowhere", status=400)["stops"] == ["nowhere"]
