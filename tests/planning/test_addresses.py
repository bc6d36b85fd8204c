import pytest

from planning.addresses import Address, find_address, find_alley, find_parcels_of, parcels_on, parse_address
from planning.search import search_parcels, search_streets
from tests.planning import make
from tests.planning.conftest import Block
from tiles.models import Edition


@pytest.mark.parametrize(
    ("text", "numbers", "street", "alley"),
    [
        ("5 Phan Đình Phùng", "5", "phan dinh phung", False),
        ("số 5 đường Phan Đình Phùng, phường 2, Đà Lạt", "5", "phan dinh phung", False),
        ("số nhà 5A Phan Đình Phùng", "5A", "phan dinh phung", False),
        ("12/3 Phan Đình Phùng", "12/3", "phan dinh phung", False),
        ("hẻm 12/3/4 Phan Đình Phùng", "12/3/4", "phan dinh phung", True),
        ("Hẻm số 12, đường Phan Đình Phùng", "12", "phan dinh phung", True),
        ("số 7 hẻm 12 Phan Đình Phùng", "12/7", "phan dinh phung", True),
        ("7/2, hẻm 12 Phan Đình Phùng", "12/7/2", "phan dinh phung", True),
        ("alley 12 Phan Dinh Phung street", "12", "phan dinh phung", True),
        ("ngõ 12 Phan Đình Phùng", "12", "phan dinh phung", True),
    ],
)
def test_an_address_is_read(text: str, numbers: str, street: str, alley: bool) -> None:
    assert parse_address(text) == Address(tuple(numbers.split("/")), street, alley=alley)


@pytest.mark.parametrize("text", ["", "12/345", "Phan Đình Phùng", "tờ 12 thửa 345", "hẻm", "12", "11.9404, 108.4419"])
def test_what_has_no_number_and_street_is_no_address(text: str) -> None:
    assert parse_address(text) is None


@pytest.fixture
def alleys(block: Block) -> Block:
    """Alleys 12, 12/3 and 20 of the street, with parcels on alley 12 by address and by place."""
    edition = Edition.objects.get(dataset__layer="roads")
    ends = {"road_class": "alley", "parent_street": "Phan Đình Phùng"}
    make.make_road(edition, "Hẻm 12 Phan Đình Phùng", make.line((-40, -10), (-40, -60)), **ends)
    make.make_road(edition, "Hẻm 12/3 Phan Đình Phùng", make.line((-40, -40), (-60, -40)), **ends)
    make.make_road(edition, "Hẻm 21 Phan Đình Phùng", make.line((40, -10), (40, -60)), **ends)
    parcels = make.make_edition("parcels", "p3")
    make.make_parcel(parcels, 1, 1, make.box(-38, -30, -30, -20), address="12/6 Phan Đình Phùng, Phường 1")
    make.make_parcel(parcels, 1, 2, make.box(-38, -40, -30, -30), address="12/8 Phan Đình Phùng, Phường 1")
    make.make_parcel(parcels, 1, 3, make.box(-38, -50, -30, -40), address="Tổ dân phố 3, Phường 1")
    make.make_parcel(parcels, 1, 4, make.box(0, -8, 10, 0), address="7 Phan Đình Phùng, Phường 1")
    return block


def found(text: str) -> list[tuple[str, bool]]:
    address = parse_address(text)
    assert address
    return [(each.parcel.code, each.exact) for each in find_parcels_of(address, find_alley(address), limit=10)]


@pytest.mark.usefixtures("alleys")
def test_an_alley_leads_to_the_parcels_on_it_by_address_and_by_place() -> None:
    assert [code for code, _exact in found("hẻm 12 phan dinh phung")] == ["p3-1-1", "p3-1-2", "p3-1-3", "p3-1-4"]


@pytest.mark.usefixtures("alleys")
def test_a_house_in_an_alley_comes_before_its_neighbours() -> None:
    assert found("12/8 Phan Đình Phùng")[:2] == [("p3-1-2", True), ("p3-1-1", False)]


@pytest.mark.usefixtures("alleys")
@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Phan Đình Phùng 7", "7 Phan Đình Phùng"),
        ("đường phan dinh phung số 7, phường 1", "7 Phan Đình Phùng"),
        ("Phan Đình Phùng, số nhà 12/8", "12/8 Phan Đình Phùng"),
        ("phan dinh phung hẻm 12", "hẻm 12 Phan Đình Phùng"),
    ],
)
def test_a_number_may_stand_after_its_street(text: str, like: str) -> None:
    assert find_address(text) == parse_address(like.lower())
    assert search_parcels(text, 10, "vi") == search_parcels(like, 10, "vi") != []
    assert [hit.code for hit in search_streets(text, 10, "vi")] == [hit.code for hit in search_streets(like, 10, "vi")]


@pytest.mark.usefixtures("alleys")
@pytest.mark.parametrize("text", ["phường 1", "quán 99", "tờ 1 thửa 3", "Phan Đình 7", "hẻm 12", "Phan Đình Phùng"])
def test_a_number_after_what_is_no_street_is_no_address(text: str) -> None:
    assert find_address(text) is None


@pytest.mark.usefixtures("alleys")
@pytest.mark.parametrize(
    ("text", "name", "exact", "part"),
    [
        ("hẻm 12/3 Phan Đình Phùng", "Hẻm 12/3 Phan Đình Phùng", True, False),
        ("hẻm 12/3/4 Phan Đình Phùng", "Hẻm 12/3 Phan Đình Phùng", False, True),
        ("hẻm 12/9 Phan Đình Phùng", "Hẻm 12 Phan Đình Phùng", False, True),
        ("12/9 Phan Đình Phùng", "Hẻm 12 Phan Đình Phùng", True, False),
        # 19 stands on the side of 21, not of 12.
        ("hẻm 19 Phan Đình Phùng", "Hẻm 21 Phan Đình Phùng", False, False),
        ("hem 12 phan dinh phug", "Hẻm 12 Phan Đình Phùng", True, False),
    ],
)
def test_the_alley_or_the_nearest_known_is_found(text: str, name: str, exact: bool, part: bool) -> None:
    address = parse_address(text)
    assert address
    alley = find_alley(address)
    assert alley
    assert (alley.road.name, alley.exact, alley.part) == (name, exact, part)


@pytest.mark.usefixtures("alleys")
def test_what_is_not_exact_is_said() -> None:
    [alley] = search_streets("hẻm 19 Phan Đình Phùng", 10, "vi")
    assert "19" in alley.subtitle
    [house] = search_parcels("9 Phan Đình Phùng", 10, "vi")
    assert house.code == "p3-1-4"
    assert "9" in house.subtitle.split("·")[1]
    assert house.score < 1
    [exact] = search_parcels("7 Phan Đình Phùng", 10, "vi")
    assert (exact.code, exact.score) == ("p3-1-4", 1)


@pytest.mark.usefixtures("alleys")
def test_an_unknown_street_has_no_parcel_and_no_alley() -> None:
    assert search_parcels("12 Khong Co Duong Nay", 10, "vi") == []
    assert found("hẻm 12 Khong Co Duong Nay") == []


@pytest.mark.usefixtures("alleys")
def test_the_page_of_an_alley_lists_its_parcels() -> None:
    listed = [parcel.code for parcel in parcels_on("Hẻm 12 Phan Đình Phùng", limit=10)]
    assert listed == ["p3-1-1", "p3-1-2", "p3-1-3", "p3-1-4"]
    assert list(parcels_on("Phan Đình Phùng", limit=10)) == []


@pytest.mark.usefixtures("alleys")
def test_along_the_nearest_alley_known_no_parcel_is_offered() -> None:
    assert search_parcels("hẻm 19 Phan Đình Phùng", 10, "vi") == []
    assert search_parcels("hẻm 12/9 Phan Đình Phùng", 10, "vi")
