"""Finding parcels, streets, plans and units."""

import unicodedata
from datetime import date
from typing import Any

import pytest

from planning.lookup import find_street, near, streets_matching
from planning.models import Parcel, Ward
from planning.search import search_parcels, search_streets, search_wards
from planning.search_plans import search_plans
from planning.ward_names import read_ward
from portal.search.find import find
from portal.text import fold
from tests.planning import make
from tests.planning.conftest import Block
from tiles.models import Edition


def codes(**asked: Any) -> list[str]:
    return [parcel.code for parcel in Parcel.objects.numbered(**asked)]


WARD_1 = ["p1", "P1", "Phường 1", "phuong 1", "P.1", "phường  1", "phường I", "PHƯỜNG I", "phuong 01", "P. 01", "F1",
          "F.01", "phường một", "phuong mot", "ward 1", "Ward 01", "phường 1 (cũ)"]  # fmt: skip
CITIES = ["", ", Đà Lạt", " Đà Lạt", ", thành phố Đà Lạt, tỉnh Lâm Đồng", ", TP.Đà Lạt", ", tp da lat", ", Da Lat City"]


@pytest.mark.parametrize("ward", [*WARD_1, *(f"Phường 1{city}" for city in CITIES)])
def test_an_old_ward_is_known_by_code_and_name(block: Block, ward: str) -> None:
    for text in (ward, unicodedata.normalize("NFD", ward)):
        assert codes(ward=text, sheet=12, number=345) == ["p1-12-345"]
        assert [hit.code for hit in search_wards(text, 10, "vi")] == ["p1"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [("phường XII", "12"), ("phường mười hai", "12"), ("phường năm", "5"), ("nam", "nam"), ("x", "x"),
     ("xăng dầu", "xang dau"), ("Hai Bà Trưng", "hai ba trung"), ("phường", "phuong")],
)  # fmt: skip
def test_a_word_is_a_number_only_after_the_word_for_a_ward(name: str, bare: str) -> None:
    assert read_ward(name).bare == bare


def test_a_ward_called_by_its_very_number_comes_before_streets_of_a_like_name(block: Block) -> None:
    roads = Edition.objects.get(dataset__layer="roads")
    for number in range(12):
        make.make_road(roads, f"Hẻm {number} Phường Iêng", make.line((0, 0), (9, 9)))
    assert find("phường I", limit=3, language="vi")[0].code == "p1"


NEW_WARD = ["", "xuan-huong-da-lat", "Phường Xuân Hương - Đà Lạt", "Xuân Hương", "Xuan Huong ward", "P. Xuân Hương",
            "phường Xuân Hương, thành phố Đà Lạt", "Xuan Huong Ward, Da Lat"]  # fmt: skip


@pytest.mark.parametrize("ward", NEW_WARD)
def test_a_new_ward_or_none_gives_every_parcel_of_that_number(block: Block, ward: str) -> None:
    assert codes(ward=ward, sheet=12, number=345) == ["p1-12-345", "p2-12-345"]


def test_an_unknown_ward_gives_no_parcel(block: Block) -> None:
    assert codes(ward="Phường 99", sheet=12, number=345) == []


def test_units_in_force_end_and_begin_with_their_days(block: Block) -> None:
    def in_force(day: date) -> list[str]:
        return sorted(Ward.objects.live().in_force(on=day).values_list("code", flat=True))

    assert in_force(date(2025, 6, 30)) == ["p1", "p2"]
    assert in_force(date(2025, 7, 1)) == ["xuan-huong-da-lat"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tờ 12 thửa 345 phường 1", ["p1-12-345"]),
        ("to ban do so 12, thua dat so 345, p2", ["p2-12-345"]),
        ("thửa 345 tờ 12", ["p1-12-345", "p2-12-345"]),
        ("tờ 12 thửa 345, TP. Đà Lạt", ["p1-12-345", "p2-12-345"]),
        ("12/345, thành phố Đà Lạt", ["p1-12-345", "p2-12-345"]),
        ("12/345 Phan Đình Phùng, phường 2", []),
        ("12/345", ["p1-12-345", "p2-12-345"]),
        ("12/345 xuân hương", ["p1-12-345", "p2-12-345"]),
        ("p1-12-346", ["p1-12-346"]),
        ("sheet 12 parcel 346", ["p1-12-346"]),
        ("12/0", []),
        ("12/99999999", []),
        ("phường 1", []),
        ("", []),
    ],
)
def test_parcels_are_found_as_people_write_them(block: Block, text: str, expected: list[str]) -> None:
    assert [hit.code for hit in search_parcels(text, 10, "vi")] == expected


CERTIFICATE = [
    "thửa đất số 345, tờ bản đồ số 12, phường 1, thành phố Đà Lạt",
    "tờ 12 thửa 345 phường 1, Đà Lạt",
    "số thửa 345, số tờ bản đồ 12, phường 1",
    "Thửa đất số: 345, tờ bản đồ số: 12, phường 1",
    "Số tờ: 12 Số thửa: 345 phường 1",
    "phường 1 - tờ số 12 - thửa số 345",
    "Thửa đất số: 345; Tờ bản đồ số: 12; Địa chỉ: đường Trần Phú, phường 1, TP Đà Lạt, tỉnh Lâm Đồng",
    "tờ bđ 12, thửa 345, tại phường I",
    "Parcel No. 345, map sheet No. 12, Ward 1, Da Lat City, Lam Dong province",
]


@pytest.mark.parametrize("text", CERTIFICATE)
def test_a_parcel_is_found_in_the_words_of_its_certificate(block: Block, text: str) -> None:
    for typed in (text, text.upper(), fold(text), unicodedata.normalize("NFD", text)):
        assert [hit.code for hit in search_parcels(typed, 10, "vi")] == ["p1-12-345"]


def test_a_hit_carries_its_place(block: Block) -> None:
    (hit,) = search_parcels("p1-12-345", 10, "vi")
    assert (hit.lon, hit.lat) == (pytest.approx(108.44199, abs=1e-3), pytest.approx(11.9404, abs=1e-3))
    assert hit.url == "/parcels/p1-12-345"


@pytest.mark.parametrize("text", ["Phan Đình Phùng", "phan dinh", "pham dinh phung", "Phan Đình Phung"])
def test_streets_are_found_without_diacritics_and_with_slips(block: Block, text: str) -> None:
    hits = search_streets(text, 10, "vi")
    assert [hit.code for hit in hits] == ["phan-dinh-phung", "hem-12-phan-dinh-phung"]


def test_a_street_of_another_name_is_not_found(block: Block) -> None:
    assert search_streets("Trần Quốc Toản", 10, "vi") == []


def test_plans_and_units_are_found_by_a_part_of_their_name(block: Block) -> None:
    assert [hit.code for hit in search_plans("quy hoach qpk", 10, "vi")] == ["qpk-01"]
    assert [hit.code for hit in search_wards("xuan huong", 10, "vi")] == ["xuan-huong-da-lat"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trần phú đống đa", ["qpk-04"]),
        ("Tran Phu – Dong Da", ["qpk-04"]),
        ("đống đa trần phú", ["qpk-04"]),
        ("quy hoạch Hòa Bình", ["qpk-03"]),
        ("quy hoạch phân khu trung t", ["qpk-03"]),
        ("1348/QĐ-UBND", ["qpk-04"]),
        ("1348/qd", ["qpk-04"]),
        ("1348", ["qpk-04"]),
        ("Quyết định số 1348/QĐ-UBND ngày 22/4/2017 của UBND tỉnh", ["qpk-04"]),
        ("quyết định số 1348", ["qpk-04"]),
        ("QPK 04", ["qpk-04"]),
        ("134", ["qpk-04"]),
        ("48", []),
        ("trần phú hùng vương", []),
        ("1348/QĐ-TTg", []),
        ("-", []),
        ("", []),
    ],
)
def test_a_plan_is_found_by_words_and_by_its_decision(block: Block, text: str, expected: list[str]) -> None:
    for code, title, decision in (
        ("qpk-03", "Quy hoạch phân khu Trung tâm Hòa Bình", "1237/QĐ-UBND (minh họa)"),
        ("qpk-04", "Quy hoạch phân khu Trần Phú - Đống Đa", "1348/QĐ-UBND (minh họa)"),
    ):
        make.make_plan(make.make_edition("zones", code), make.box(0, 0, 9, 9), title=title, decision=decision)
    assert [hit.code for hit in search_plans(unicodedata.normalize("NFD", text), 10, "vi")] == expected
    if expected:
        assert find(text, limit=5, language="vi")[0].code == expected[0]


def test_a_street_is_found_by_its_address_and_by_the_code_of_a_segment(block: Block) -> None:
    assert [find_street(text).name for text in ("phan-dinh-phung", "gia-1")] == ["Phan Đình Phùng"] * 2  # type: ignore[union-attr]
    assert find_street("hung-vuong") is None
    assert [street.slug for street in streets_matching("Hẻm 12")] == ["hem-12-phan-dinh-phung"]


@pytest.mark.django_db
def test_a_layer_nobody_declares_has_nothing_near() -> None:
    assert near(1, {"no-such-layer": 500}, on=date(2026, 3, 1), limit=3) == {"no-such-layer": []}
    assert near(1, {"no-such-layer": 500, "projects": 500}, on=date(2026, 3, 1), limit=3)["projects"] == []


def test_an_exact_code_means_no_unit_of_the_same_name(block: Block) -> None:
    wards = make.make_edition("wards", "more")
    make.make_ward(wards, "xuan-truong", make.box(400, 0, 500, 100), name="Xã Xuân Trường", kind="commune")
    new = make.make_ward(wards, "xuan-truong-da-lat", make.box(300, 0, 500, 100), name="Phường Xuân Trường - Đà Lạt")
    Ward.objects.filter(pk=new.pk).update(made_of="p2,xuan-truong")
    assert [ward.code for ward in Ward.objects.live().called("xuan-truong")] == ["xuan-truong"]
    assert {ward.code for ward in Ward.objects.live().called("Xuân Trường")} == {"xuan-truong", "xuan-truong-da-lat"}
