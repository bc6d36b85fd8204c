"""Parcels by number, address and point: the old ward is asked for, never guessed."""

from typing import Any

import pytest
from django.test import Client

from planning.models import Ward
from portal.search.find import find
from tests.planning import make
from tests.planning.conftest import Block, block

__all__ = ["block"]
pytestmark = pytest.mark.usefixtures("block")


def search(client: Client, **query: Any) -> Any:
    return client.get("/api/v1/search", {"lang": "en", **query}).json()


@pytest.mark.parametrize("text", ["12/345", "tờ 12 thửa 345", "tờ 12 thửa 345 Xuân Hương", "12/345 xuan huong da lat"])
def test_an_ambiguous_pair_asks_for_the_old_ward(client: Client, text: str) -> None:
    found = search(client, q=text, limit=1)
    assert "Which one does the certificate name?" in found["note"]
    page = client.get("/en/search/", {"q": text}).content.decode()
    assert "Which old ward?" in page
    for code, name in (("p1-12-345", "Phường 1"), ("p2-12-345", "Phường 2")):
        assert f'<a href="/en/parcels/{code}">{name}</a>' in page
    assert "Phường Xuân Hương - Đà Lạt" in page


@pytest.mark.parametrize("text", ["12/345 phường 2", "tờ 12, thửa 345, P.2", "sheet 12 parcel 345 ward 2", "p2-12-345"])
def test_with_the_old_ward_there_is_one_answer(client: Client, text: str) -> None:
    found = search(client, q=text)
    assert [hit["code"] for hit in found["results"] if hit["kind"] == "parcel"] == ["p2-12-345"]
    assert "note" not in found


def test_a_commune_and_a_ward_of_one_name_are_told_apart_by_their_kind() -> None:
    wards = make.make_edition("wards", "more")
    make.make_ward(wards, "xuan-truong", make.box(0, 0, 1, 1), name="Xã Xuân Trường", kind="commune")
    make.make_ward(wards, "xuan-truong-da-lat", make.box(0, 0, 1, 1), name="Phường Xuân Trường - Đà Lạt")
    called = {name: set(Ward.objects.called(name).values_list("code", flat=True)) for name in
              ("Xã Xuân Trường", "phường Xuân Trường", "Xuân Trường")}  # fmt: skip
    assert called == {
        "Xã Xuân Trường": {"xuan-truong"},
        "phường Xuân Trường": {"xuan-truong-da-lat"},
        "Xuân Trường": {"xuan-truong", "xuan-truong-da-lat"},
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tờ 12 thửa 999 phường 2", "In Phường 2 no published sheet 12 has a parcel 999."),
        ("tờ 12 thửa 345 phường 99", "No ward or commune, old or new, is called “phường 99”."),
        ("THỬA ĐẤT SỐ: 345, TỜ BẢN ĐỒ SỐ: 12, PHƯỜNG CHÍN CHÍN, TP ĐÀ LẠT", "is called “PHƯỜNG CHÍN CHÍN”."),
        ("99/99", "No published sheet 99 has a parcel 99."),
        ("thửa đất số 345, phường 2", "found by sheet, number and ward together"),
        ("tờ bản đồ 12", "found by sheet, number and ward together"),
        ("48.85, 2.35", "outside the city"),
        ("11°76'25\"N 108°26'31\"E", "minutes and seconds are below 60"),
        ("https://maps.app.goo.gl/AbCd", "does not hold the coordinates"),
    ],
)
def test_a_question_without_an_answer_says_why(client: Client, text: str, said: str) -> None:
    assert said in search(client, q=text)["note"]
    assert said.replace('"', "&quot;") in client.get("/en/search/", {"q": text}).content.decode()


def test_the_list_of_parcels_asks_too(client: Client) -> None:
    found = client.get("/api/v1/parcels?sheet=12&number=345&lang=en").json()
    assert len(found["results"]) == 2
    assert "2 old wards" in found["question"]
    assert "question" not in client.get("/api/v1/parcels?sheet=12&number=345&ward=p2").json()


def test_a_point_leads_to_its_parcel_or_says_there_is_none(block: Block) -> None:
    assert block.neighbour.geom is not None
    middle = block.neighbour.geom.centroid
    hits = find(f"X={middle.y:.2f} Y={middle.x:.2f}", limit=5, language="en")
    assert (hits[0].kind, hits[0].code) == ("parcel", "p2-12-345")
    [hit] = find(f"{middle.y + 3000:.2f} {middle.x:.2f}", limit=5, language="en")
    assert hit.kind == "coordinate"
    assert "no published parcel here" in hit.subtitle


def test_an_address_leads_to_its_parcel() -> None:
    make.make_parcel(
        make.make_edition("parcels", "p9"), 1, 1, make.box(0, 20, 9, 29), address="9 Phan Đình Phùng, Phường 1"
    )
    hit = find("9 phan dinh phung", limit=5, language="vi")[0]
    assert (hit.kind, hit.code) == ("parcel", "p9-1-1")
