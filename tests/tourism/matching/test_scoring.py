"""The evidence of a pair and the decision, each rule in a story of its own."""

import pytest

from tourism.matching.names import read_names, similarity
from tourism.matching.profiles import numbers_of
from tourism.matching.scoring import Pair, Profile, decide, near


def place(
    key: str,
    *names: str,
    east: float = 0,
    phone: str = "",
    kind: str = "hotel",
    group: str = "lodging",
) -> Profile:
    return Profile(
        key=key,
        x=575_000 + east,
        y=1_320_000,
        names=read_names(*names),
        phones=numbers_of(phone),
        kind=kind,
        group=group,
    )


def decided(register: list[Profile], osm: list[Profile]) -> dict[tuple[str, str], str]:
    return {(pair.register, pair.osm): pair.decision for pair in decide(near(register, osm))}


def alike(this: str, that: str) -> float:
    return similarity(read_names(this), read_names(that))


@pytest.mark.parametrize(
    "written",
    [
        "Thông Xanh", "KS Thông Xanh", "Hotel Thông Xanh Đà Lạt", "thong xanh", "KHÁCH SẠN THÔNG XANH", "Xanh Thông",
        "ThôngXanh", "Khachsan Thông Xanh", "Thông Xanh Hotel & Spa",
    ],
)  # fmt: skip
def test_a_name_is_known_however_it_is_dressed(written: str) -> None:
    assert alike("Khách sạn Thông Xanh", written) == 1


@pytest.mark.parametrize("misspelt", ["Khách sạn Thôg Xanh", "Khách sạn Thông Xnah", "Khách sạn Thông Xxanh"])
def test_one_slip_of_the_finger_is_forgiven(misspelt: str) -> None:
    assert 0.85 <= alike("Khách sạn Thông Xanh", misspelt) < 1


@pytest.mark.parametrize(
    ("this", "that"),
    [
        ("Khách sạn Hoa Hồng", "Khách sạn Anh Đào"), ("Khách sạn Hoa Hồng 2", "Khách sạn Hoa Hồng 3"),
        ("Khách sạn Hoa Hồng", "Khách sạn Hoa Hồng 2"), ("Cà phê Cao Nguyên - Yersin", "Cà phê Cao Nguyên - Lê Lợi"),
        ("Nhà hàng", "Khách sạn"),
    ],
)  # fmt: skip
def test_other_words_numbers_and_branches_are_other_places(this: str, that: str) -> None:
    assert alike(this, that) < 0.75


def test_a_name_of_generic_words_alone_stays_whole() -> None:
    assert alike("Chợ Đà Lạt", "Cho Da Lat") == 1
    assert alike("Chợ Đà Lạt", "Ga Đà Lạt") < 0.75


def test_the_name_in_the_other_language_counts() -> None:
    register = [place("r", "Khách sạn Thông Xanh", "Green Pine Hotel")]
    assert decided(register, [place("o", "Green Pine Hotel", east=60)]) == {("r", "o"): "same"}
    assert decided(register, [place("o", "Khách sạn Thông Xanh (Green Pine)", east=60)]) == {("r", "o"): "same"}


@pytest.mark.parametrize(("east", "found"), [(5, "same"), (80, "same"), (149, "uncertain"), (151, None)])
def test_the_same_name_far_off_is_left_to_a_person_and_then_to_nobody(east: float, found: str | None) -> None:
    pairs = decided([place("r", "Khách sạn Thông Xanh")], [place("o", "Khách sạn Thông Xanh", east=east)])
    assert pairs.get(("r", "o")) == found


@pytest.mark.parametrize(("phone", "found"), [("+84 263 382 2663", "same"), ("", "uncertain"), ("0263 311 1234", None)])
def test_a_telephone_number_decides_between_names_half_alike(phone: str, found: str | None) -> None:
    register = [place("r", "Khách sạn Hoa Hồng Vàng", phone="0263 382 2663")]
    pairs = decided(register, [place("o", "Khách sạn Hoa Hồng Đỏ", east=10, phone=phone)])
    assert pairs.get(("r", "o")) == found


def test_a_hotel_and_its_restaurant_are_not_the_same_whatever_they_share() -> None:
    hotel = [place("r", "Khách sạn Thông Xanh", phone="0263 382 2663")]
    restaurant = place("o", "Nhà hàng Thông Xanh", phone="0263 382 2663", kind="restaurant", group="food")
    assert decided(hotel, [restaurant]) == {("r", "o"): "uncertain"}


def test_a_hotel_entered_as_a_guest_house_is_known_by_its_name() -> None:
    hotel = [place("r", "Khách sạn Thông Xanh")]
    assert decided(hotel, [place("o", "Khách sạn Thông Xanh", kind="guesthouse")]) == {("r", "o"): "same"}
    assert decided(hotel, [place("o", "Thông Xanh", kind="guesthouse")]) == {("r", "o"): "uncertain"}


def test_two_branches_that_look_alike_are_left_to_a_person() -> None:
    register = [place("r", "Siêu thị Hoa Hồng", kind="supermarket", group="shopping")]
    chain = [
        place(f"o{east}", "Siêu thị Hoa Hồng", east=east, kind="supermarket", group="shopping") for east in (40, 50)
    ]
    assert decided(register, chain) == {("r", "o40"): "uncertain", ("r", "o50"): "uncertain"}


def test_the_branch_that_is_clearly_nearer_is_the_same_and_the_other_is_not() -> None:
    register = [place("r", "Siêu thị Hoa Hồng", kind="supermarket", group="shopping")]
    chain = [
        place(f"o{east}", "Siêu thị Hoa Hồng", east=east, kind="supermarket", group="shopping") for east in (10, 70)
    ]
    assert decided(register, chain) == {("r", "o10"): "same"}


def test_the_order_of_the_places_changes_nothing() -> None:
    register = [place("r1", "Khách sạn Hoa Hồng"), place("r2", "Khách sạn Hoa Hồng", east=60)]
    osm = [place("o1", "Khách sạn Hoa Hồng", east=5), place("o2", "Khách sạn Hoa Hồng", east=70)]
    assert decided(register, osm) == decided(register[::-1], osm[::-1]) == {("r1", "o1"): "same", ("r2", "o2"): "same"}


def test_a_pair_keeps_what_spoke_for_it() -> None:
    (pair,) = decide(near([place("r", "Khách sạn Thông Xanh")], [place("o", "KS Thông Xanh", east=12.34)]))
    assert isinstance(pair, Pair)
    assert pair.evidence.as_facts() == {"distance_m": 12.3, "name": 1.0, "phone": None, "kind": "same"}
