"""One contact, many ways of writing it, and those made to look like it."""

import pytest

from tourism.contacts.contact import Contact, Kind, NoContactError, find_keys, is_alike, parse_contact, part_number


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("phone", ["0263 382 2663", "+84 263 382 2663", "(0263)3822663", "0263.382.2663", "tel:02633822663"]),
        ("email", ["Inn@Example.com", "mailto:inn@example.com"]),
        (
            "page",
            [
                "https://www.social.example.com/Pine.Inn/",
                "social.example.com/pine.inn",
                "http://m.social.example.com/pine.inn?fbclid=abc&utm_source=x#about",
                "HTTPS://user@Social.Example.COM/pine%2Einn",
            ],
        ),
        ("name", ["CÔNG TY TNHH Thông-Xanh", "cong ty  tnhh thong xanh"]),
    ],
)
def test_however_it_is_written_it_is_the_same(kind: str, written: list[str]) -> None:
    assert {parse_contact(text).kind for text in written} == {kind}
    assert len({parse_contact(text).key for text in written}) == 1


def test_what_tells_pages_apart_is_kept() -> None:
    assert parse_contact("example.com/profile?id=2&utm_a=1").key == "example.com/profile?id=2"
    assert parse_contact("https://inn.example.com@evil.example/inn").key == "evil.example/inn"
    assert parse_contact("xn--thng-xanh-hxb.vn").key != "thong-xanh.vn"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("12345", "số điện thoại"),
        ("+++", "số điện thoại"),
        ("0912 345 678 901 234 567", "số điện thoại"),
        ("javascript:alert(1)", "không phải"),
        ("ftp://example.com/a", "không phải"),
        ("https://[1", "không phải"),
        ("https:///", "không phải"),
        ("🌲🌲", "không phải"),
        ("a!", "không phải"),
    ],
)
def test_what_is_no_contact_is_told_so(text: str, says: str) -> None:
    with pytest.raises(NoContactError, match=says):
        parse_contact(text)


@pytest.mark.parametrize(
    ("text", "official", "alike"),
    [
        ("thongxnah.vn", "thongxanh.vn", True),
        ("thong-xanh.vn", "thongxanh.vn", True),
        ("th0ngxanh.vn", "thongxanh.vn", True),
        ("th\u043engx\u0430nh.vn", "thongxanh.vn", True),
        ("thôngxanh.vn", "thongxanh.vn", True),
        ("thongxanh.com", "thongxanh.vn", True),
        ("thongxanh.vn.example.com/pay", "thongxanh.vn", True),
        ("booking.thongxanh.vn", "thongxanh.vn", False),
        ("hoahong.vn", "thongxanh.vn", False),
        ("social.example.com/pine-inn1", "social.example.com/pine-inn", True),
        ("social.example.com/rose", "social.example.com/pine-inn", False),
        ("social.example.com/pine-inn/photos", "social.example.com/pine-inn", False),
        ("pine@inn-example.com", "pine@inn.example.com", True),
        ("CÔNG TY THÔNG XANHH", "cong ty thong xanh", True),
        ("0912 345 678", "+84912345679", False),
    ],
)
def test_a_letter_off_drawn_alike_or_wrapped_in_another_host_is_alike(text: str, official: str, alike: bool) -> None:
    assert is_alike(parse_contact(text), official) is alike


def test_pages_below_an_official_one_are_official_and_neighbours_are_not() -> None:
    assert parse_contact("example.com/inn/rooms?room=2").is_of("example.com/inn")
    assert not parse_contact("example.com/inn2").is_of("example.com/inn")
    assert not Contact(Kind.NAME, "a b/c", "").is_of("a b")


def test_a_host_where_everybody_has_pages_is_nobodys() -> None:
    record = {"website": "https://www.facebook.com/", "page": "https://facebook.com/inn"}
    assert find_keys(Kind.PAGE, record) == ("facebook.com/inn",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Khách sạn Thông Xanh: 0912 345 678", ("Khách sạn Thông Xanh", "0912 345 678")),
        ("0912345678 Thông Xanh", ("Thông Xanh", "0912345678")),
        ("CÔNG TY 0001", ("CÔNG TY 0001", "")),
        ("0912345678", ("0912345678", "")),
        ("inn0912345678@example.com", ("inn0912345678@example.com", "")),
        ("example.com/0912345678", ("example.com/0912345678", "")),
    ],
)
def test_a_number_behind_a_name_is_parted_from_it(text: str, parts: tuple[str, str]) -> None:
    assert part_number(text) == parts
