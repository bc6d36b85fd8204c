"""The doors of the API: answers, and clear errors."""

from typing import Any

import pytest
from django.test import Client

from tests.planning.conftest import Block

pytestmark = pytest.mark.usefixtures("block")


def get(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    assert response["Content-Type"] == ("application/json" if status == 200 else "application/problem+json")
    return response.json()


def test_a_point_gives_the_extract_of_its_parcel(client: Client, block: Block) -> None:
    spot = block.straddling.geom.point_on_surface.transform(4326, clone=True)
    found = get(client, f"extract?point={spot.x:.7f},{spot.y:.7f}&on=2026-03-01")
    assert found["code"] == "p1-12-345"
    assert found["on"] == "2026-03-01"
    spot = block.straddling.geom.point_on_surface
    assert get(client, f"extract?point={spot.x},{spot.y}&crs=5899")["code"] == "p1-12-345"


def test_the_shares_of_a_plan_total_the_parcel(client: Client) -> None:
    found = get(client, "parcels/p1-12-346?on=2026-03-01")
    for answer in found["answers"]:
        if answer["status"] == "concerned":
            rest = (answer["gap_m2"] - answer["overlap_m2"]) / found["area_measured_m2"]
            assert sum(zone["share"] for zone in answer["zones"]) + rest == pytest.approx(1, abs=0.001)


def test_the_language_of_an_extract_can_be_chosen(client: Client) -> None:
    assert "Housing" in get(client, "parcels/p1-12-345?lang=en")["summary"]
    assert "Đất nhóm nhà ở" in get(client, "parcels/p1-12-345?lang=vi")["summary"]


def test_a_point_without_a_parcel_says_so(client: Client) -> None:
    problem = get(client, "extract?point=108.3,11.85&lang=en", 404)
    assert problem["type"] == "no-parcel-here"
    assert "No published parcel" in problem["title"]


def test_a_point_outside_the_city_says_so(client: Client) -> None:
    problem = get(client, "extract?point=2.35,48.85&lang=en", 404)
    assert problem["type"] == "no-parcel-here"
    assert "outside the city" in problem["title"]


@pytest.mark.parametrize(
    ("crs", "point", "right"),
    [
        ("5899", "1320036,574879", "574879,1320036"),
        ("EPSG:5899", "1320036.5, 574879", "574879,1320036.5"),
        ("3406", "1321366,221188", "221188,1321366"),
    ],
)
def test_a_point_with_north_first_is_told_the_order(client: Client, crs: str, point: str, right: str) -> None:
    problem = get(client, f"extract?point={point}&crs={crs}&lang=en", 404)
    assert problem["type"] == "no-parcel-here"
    assert "in the other order it lies in it. “point” is east,north" in problem["title"]
    assert f"X is north: write point={right}." in problem["title"]
    assert "theo thứ tự ngược lại" in get(client, f"extract?point={point}&crs={crs}", 404)["title"]
    assert "outside" not in get(client, f"extract?point={right}&crs={crs}&lang=en", 404)["title"].split(".")[0]


def test_metres_far_from_the_city_are_told_what_is_usual_here(client: Client) -> None:
    said = get(client, "extract?point=1120036,574879&crs=5899&lang=en", 404)["title"]
    assert "X is north: in Đà Lạt it is about 575000,1321000 in EPSG:5899" in said
    assert "longitude" not in said


def test_a_point_with_latitude_first_is_told_the_order(client: Client) -> None:
    assert "108.4419,11.9404" in get(client, "extract?point=11.9404,108.4419", 400)["title"]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("extract", "point"),
        ("extract?point=108.44", "point"),
        ("extract?point=a,b", "point"),
        ("extract?point=nan,nan", "point"),
        ("extract?point=1e999,0", "point"),
        ("extract?point=575165,1320567", "point"),
        ("extract?point=1,2&crs=1234", "crs"),
        ("extract?point=1,2&on=1/1/2026", "on"),
        ("extract?point=1,2&lat=3", "lat"),
        ("parcels/p1-12-345?on=20260301", "on"),
        ("parcels/p1-12-345?on=2026-02-30", "on"),
        ("parcels/p1-12-345?lang=fr", "lang"),
        ("parcels?sheet=-1", "sheet"),
        ("parcels?sheet=1.5", "sheet"),
        ("parcels?number=99999999999", "number"),
        ("parcels", "sheet"),
        ("plans?on=now", "on"),
        ("streets/phan-dinh-phung?on=x", "on"),
    ],
)
def test_a_bad_parameter_is_named(client: Client, path: str, named: str) -> None:
    problem = get(client, path, 400)
    assert problem["type"] == "bad-parameter"
    assert named in problem["title"]


@pytest.mark.parametrize("path", ["parcels/p9-1-1", "parcels/a%00b", "plans/x", "zones/x", "streets/x", "plans/%00"])
def test_an_unknown_code_is_not_found(client: Client, path: str) -> None:
    assert get(client, path, 404)["type"] == "unknown-code"


def test_parcels_by_number_of_a_merged_ward_are_several(client: Client) -> None:
    found = get(client, "parcels?ward=xuan-huong-da-lat&sheet=12&number=345")
    assert [(row["code"], row["ward"]) for row in found["results"]] == [("p1-12-345", "p1"), ("p2-12-345", "p2")]


def test_plans_zones_and_streets_answer(client: Client) -> None:
    assert [plan["code"] for plan in get(client, "plans?on=2026-03-01")["results"]] == ["qhsdd-2030", "qpk-01"]
    assert [plan["code"] for plan in get(client, "plans?on=2031-03-01")["results"]] == ["qpk-01"]
    assert get(client, "plans/qpk-01")["decision"] == "QĐ 1237"
    asked = "Department of Construction of Lâm Đồng province"
    assert get(client, "plans/qpk-01?lang=en")["ask"] == asked
    assert get(client, "plans?lang=en&on=2031-03-01")["results"][0]["ask"] == asked
    assert get(client, "zones/qpk-01-1?lang=en")["plan"]["ask"] == asked
    zone = get(client, "zones/qpk-01-1")
    assert (zone["use"], zone["floors_max"], zone["plan"]["code"]) == ("OM", 4, "qpk-01")
    assert [street["slug"] for street in get(client, "streets?q=dinh phung")["results"]] == [
        "hem-12-phan-dinh-phung",
        "phan-dinh-phung",
    ]
    street = get(client, "streets/phan-dinh-phung?on=2026-03-01")
    assert street["segments"][0]["prices_vnd_per_m2"] == [40_000_000, 20_000_000, None, 8_000_000]
    assert get(client, "streets/phan-dinh-phung?on=2025-03-01")["segments"] == []


def test_nothing_can_be_written(client: Client) -> None:
    assert client.post("/api/v1/parcels/p1-12-345").status_code == 405


def test_wards_are_those_of_the_date_and_name_what_they_were_made_of(block: Block) -> None:
    answers = [Client().get(f"/api/v1/wards?on={on}") for on in ("2024-01-01", "2026-01-01")]
    assert {answer["Content-Type"] for answer in answers} == {"application/geo+json"}
    before, after = (answer.json() for answer in answers)
    assert before["type"] == "FeatureCollection"
    assert [ward["properties"]["code"] for ward in before["features"]] == ["p1", "p2"]
    [ward] = after["features"]
    assert ward["properties"]["predecessors"] == ["p1", "p2"]
    west, south = ward["geometry"]["coordinates"][0][0][:2]
    assert (round(west), round(south)) == (108, 12)


def test_a_ward_of_the_past_has_its_address_and_an_unknown_one_has_none(client: Client, block: Block) -> None:
    found = client.get("/api/v1/wards/p1").json()
    assert (found["type"], found["properties"]["in_force_until"]) == ("Feature", "2025-06-30")
    assert client.get("/api/v1/wards/p99").status_code == 404
    assert client.get("/api/v1/wards?on=yesterday").status_code == 400


def test_a_ward_nobody_knows_is_named_and_a_number_nobody_has_is_explained(client: Client, block: Block) -> None:
    for language, said in (("en", "is called “zz”. See /api/v1/wards."), ("vi", "nào tên là “zz”.")):
        problem = client.get(f"/api/v1/parcels?ward=zz&sheet=12&number=45&lang={language}")
        assert (problem.status_code, problem["Content-Type"]) == (400, "application/problem+json")
        assert (problem.json()["type"], said in problem.json()["title"]) == ("bad-parameter", True)
    empty = client.get("/api/v1/parcels?ward=p1&sheet=12&number=999&lang=en").json()
    assert (empty["results"], empty["note"]) == ([], "In Phường 1 no published sheet 12 has a parcel 999.")
