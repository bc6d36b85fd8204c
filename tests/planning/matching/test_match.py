"""The door and the page: a table in, the parcel out; each bad table its own answer."""

import json
from typing import Any

import pytest
from django.test import Client

from planning.models import Parcel
from tests.planning.conftest import Block
from tests.planning.make import EAST, NORTH

pytestmark = pytest.mark.usefixtures("block")


def table(parcel: Parcel, *, without: int = 0) -> str:
    assert parcel.geom is not None
    corners = list(parcel.geom.exterior_ring.coords)[: -1 - without]
    return "\n".join(f"{n}\t{north:.2f}\t{east:.2f}\t20,00" for n, (east, north) in enumerate(corners, start=1))


def post(client: Client, body: Any, status: int = 200, query: str = "") -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    response = client.post(f"/api/v1/parcels/match{query}", text, content_type="application/json")
    assert response.status_code == status, response.content
    assert response["Content-Type"] == ("application/json" if status == 200 else "application/problem+json")
    return response.json()


def test_the_table_of_a_certificate_leads_to_its_parcel(client: Client, block: Block) -> None:
    found = post(client, {"text": table(block.straddling)})
    best = found["candidates"][0]
    assert best["code"] == block.straddling.code
    assert best["score"] == pytest.approx(1, abs=0.001)
    assert (best["crs"], best["axes"], best["datum_shift"]) == ("EPSG:5899", "north-east", True)
    assert best["area_difference_m2"] == pytest.approx(0, abs=0.1)
    assert not found["ambiguous"]


def test_a_program_may_send_pairs(client: Client, block: Block) -> None:
    pairs = [[EAST, NORTH], [EAST + 20, NORTH], [EAST + 20, NORTH + 10]]
    best = post(client, {"corners": pairs}, query="?lang=en")["candidates"][0]
    assert (best["code"], best["axes"], best["corners_matched"]) == (block.straddling.code, "east-north", 3)
    assert "3 of 3 corners" in best["note"]
    assert "a corner of the table is probably missing" in best["note"]


def test_two_parcels_that_fit_alike_are_both_shown(client: Client, block: Block) -> None:
    twin = Parcel.objects.get(pk=block.straddling.pk)
    Parcel.objects.create(
        edition=twin.edition, code="p1-99-1", live=True, geom=twin.geom, ward="p1", sheet=99, number=1
    )
    found = post(client, {"text": table(block.straddling)})
    assert found["ambiguous"]
    assert {each["code"] for each in found["candidates"]} == {"p1-12-345", "p1-99-1"}


def test_a_parcel_of_a_retired_edition_is_not_offered(client: Client, block: Block) -> None:
    Parcel.objects.filter(pk=block.straddling.pk).update(live=False)
    codes = {each["code"] for each in post(client, {"text": table(block.straddling)})["candidates"]}
    assert block.straddling.code not in codes


def test_corners_outside_the_city_and_on_no_parcel_are_told_apart(client: Client) -> None:
    hanoi = [[2326000, 587000], [2326020, 587000], [2326020, 587020]]
    meadow = [[EAST + 5000 + x, NORTH + y] for x, y in ((0, 0), (20, 0), (20, 10))]
    for corners, problem in ((hanoi, "outside-city"), (meadow, "no-parcel")):
        found = post(client, {"corners": corners})
        assert (found["candidates"], found["problem"]) == ([], problem)
        assert found["note"]


@pytest.mark.parametrize(
    ("corners", "problem", "english", "vietnamese"),
    [
        ([(0, 0), (20, 0), (0, 30), (20, 30)], "no-parcel", "crosses itself", "tự cắt"),
        ([(0, 0), (10, 0), (20, 0)], "no-parcel", "on one line", "một đường thẳng"),
        ([(0, 0), (-25_000, 0), (-25_000, 60_000), (0, 60_000)], "far-apart", "kilometres away", "hàng ki-lô-mét"),
    ],
)
def test_corners_that_can_be_no_parcel_are_told_why(
    client: Client, corners: list[tuple[int, int]], problem: str, english: str, vietnamese: str
) -> None:
    body = {"corners": [[EAST + 5000 + x, NORTH + y] for x, y in corners]}
    found = post(client, body)
    assert (found["candidates"], found["problem"]) == ([], problem)
    assert vietnamese in found["note"]
    page = client.post("/en/parcels/match", {"text": "\n".join(f"{n} {e}" for e, n in body["corners"])})
    assert english in page.content.decode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"text": "abc"}, "no-corners"),
        ({"text": ""}, "no-corners"),
        ({"text": "\0"}, "no-corners"),
        ({"text": "1320566.81 575165.38\n1320566.81 575185.38"}, "too-few-corners"),
        ({"text": "x" * 20_001}, "too-long"),
        ({"corners": [[1, 2]] * 501}, "too-many-corners"),
        ({"corners": []}, "no-corners"),
        ({"corners": [[1, 2, 3]]}, "bad-parameter"),
        ({"corners": [["1", 2]]}, "bad-parameter"),
        ({"corners": [[True, 2]]}, "bad-parameter"),
        ({"corners": [[10**400, 2]]}, "bad-parameter"),
        ({"corners": {}}, "bad-parameter"),
        ({"text": 5}, "bad-parameter"),
        ({"text": "abc", "corners": []}, "bad-parameter"),
        ({}, "bad-parameter"),
        ([], "bad-parameter"),
        ("{", "parse-error"),
        ("[" * 100_000, "parse-error"),
        ('{"text": "\\ud800"}', "parse-error"),
        ('{"corners": [[NaN, 1]]}', "parse-error"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_bad_body_is_a_problem_with_its_own_name(client: Client, body: Any, kind: str, language: str) -> None:
    problem = post(client, body, status=400, query=f"?lang={language}")
    assert problem["type"] == kind
    assert problem["title"]


def test_the_page_works_without_a_script_and_sets_no_cookie(block: Block) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get("/parcels/match").status_code == 200
    response = client.post("/en/parcels/match", {"text": table(block.straddling)})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'href="/en/parcels/{block.straddling.code}"' in page
    assert "4 of 4 corners lie within 0.3 m" in page
    assert "<svg" in page
    assert not response.cookies


def test_the_example_of_the_page_is_found(client: Client) -> None:
    text = client.get("/parcels/match?example").context["text"]
    assert "1.320.567,00\t575.165,00" in text
    assert client.post("/parcels/match", {"text": text}).context["match"].candidates[0].code == "p1-12-345"


@pytest.mark.parametrize(("text", "said"), [("abc", "No coordinates"), ("1320566.8 575165.3", "Only 1 corner")])
def test_the_page_says_what_is_wrong_and_keeps_the_text(client: Client, text: str, said: str) -> None:
    response = client.post("/en/parcels/match", {"text": text})
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert f">{text}</textarea>" in page


def test_a_crossing_order_is_said(client: Client, block: Block) -> None:
    rows = table(block.straddling).splitlines()
    page = client.post("/en/parcels/match", {"text": "\n".join(rows[i] for i in (0, 2, 1, 3))}).content.decode()
    assert "crosses itself" in page
    assert f"/en/parcels/{block.straddling.code}" in page


@pytest.mark.parametrize(
    ("body", "content_type", "says"),
    [
        ("{bad", "application/json", "Không đọc được nội dung dưới dạng JSON"),
        ("x=1", "text/plain", "Hãy gửi nội dung dưới dạng JSON"),
    ],
)
def test_a_body_that_is_no_json_is_refused_in_the_readers_language(
    client: Client, body: str, content_type: str, says: str
) -> None:
    answer = client.post("/api/v1/parcels/match", body, content_type=content_type)
    assert answer["Content-Type"] == "application/problem+json"
    assert says in answer.json()["title"]
