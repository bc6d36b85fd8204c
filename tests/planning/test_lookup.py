"""Finding parcels, streets, plans and units."""

from datetime import date
from typing import Any

import pytest

from planning.lookup import find_street, streets_matching
from planning.models import Parcel, Ward
from planning.search import search_parcels, search_plans, search_streets, search_wards
from tests.planning.conftest import Block


def codes(**asked: Any) -> list[str]:
    return [parcel.code for parcel in Parcel.objects.numbered(**asked)]


@pytest.mark.parametrize("ward", ["p1", "P1", "Phường 1", "phuong 1", "P.1", "phường  1"])
def test_an_old_ward_is_known_by_code_and_name(block: Block, ward: str) -> None:
    assert codes(ward=ward, sheet=12, number=345) == ["p1-12-345"]


@pytest.mark.parametrize("ward", ["", "xuan-huong-da-lat", "Phường Xuân Hương - Đà Lạt", "Xuân Hương"])
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


def test_a_street_is_found_by_its_address_and_by_the_code_of_a_segment(block: Block) -> None:
    assert [find_street(text).name for text in ("phan-dinh-phung", "gia-1")] == ["Phan Đình Phùng"] * 2  # type: ignore[union-attr]
    assert find_street("hung-vuong") is None
    assert [street.slug for street in streets_matching("Hẻm 12")] == ["hem-12-phan-dinh-phung"]
