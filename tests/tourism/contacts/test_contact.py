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
                "HTTPS://Social.Example.COM:443/rose/../pine%2Einn",
                "https:\\\\social.example.com\\pine.inn",
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


@pytest.mark.parametrize(
    ("text", "key"),
    [
        # What a browser opens, whatever it looks like.
        (r"https://evil.com\@social.example.com/lt0001", "evil.com/@social.example.com/lt0001"),
        (r"https://evil.com\.social.example.com/lt0001", "evil.com/.social.example.com/lt0001"),
        (r"https:\\evil.com\@social.example.com/lt0001", "evil.com/@social.example.com/lt0001"),
        (r"evil.com\@social.example.com/lt0001", "evil.com/@social.example.com/lt0001"),
        ("https://social.example.com@evil.com/lt0001", "evil.com/lt0001"),
        ("https://social.example.com:443@evil.com/lt0001", "evil.com/lt0001"),
        ("https://evil.com#@social.example.com/lt0001", "evil.com"),
        ("https://evil.com?@social.example.com/lt0001", "evil.com"),
        ("https://social.example.com/lt0001/../lt0001-dalat", "social.example.com/lt0001-dalat"),
        ("https://social.example.com/lt0001/%2e%2E/evil", "social.example.com/evil"),
        ("https://social.example.com/lt0001/.%2e/evil", "social.example.com/evil"),
        ("https://social.example.com/lt0001/./../../../evil", "social.example.com/evil"),
        (r"https://social.example.com/lt0001\..\evil", "social.example.com/evil"),
        ("https://social.example.com:8443/lt0001", "social.example.com:8443/lt0001"),
        ("social.example.com:8080/lt0001", "social.example.com:8080/lt0001"),
        ("https://stra\u00dfe.example/lt0001", "stra\u00dfe.example/lt0001"),
        ("https://social.example.com/lt000\u017f", "social.example.com/lt000\u017f"),
        ("https://social.example.com//lt0001", "social.example.com//lt0001"),
        ("https://\uff53ocial\u3002example.com/lt0001", "social.example.com/lt0001"),
    ],
)
def test_an_address_is_read_as_browsers_read_it(text: str, key: str) -> None:
    assert parse_contact(text).key == key


@pytest.mark.parametrize(
    "text",
    [
        "https://user@social.example.com/lt0001",
        "https://user:word@social.example.com/lt0001",
        "https://@social.example.com/lt0001",
        r"https:\\social.example.com\lt0001",
        r"social.example.com\lt0001",
        r"https://social.example.com/lt0001?to=\evil",
        "social.example.com/lt0001?to=https://evil.com",
        "https://social.example.com/lt0001?ref=https%3A%2F%2Fevil.com",
        "https://social.example.com/lt0001?u=//evil.com",
        "https://social.example.com/lt0001%2f..%2fevil",
        "https://social.example.com/lt0001%5c..%5cevil",
        "https://social.example.com/lt0001/%252e%252e/evil",
        "https://social.example.com/lt0001/..;/evil",
        "https://social.example.com/lt0001/%00",
        "https://social.example.com/lt0001/%0a/evil",
        "https://social.example.com/lt0001\x01",
        "https://social.exam\u200bple.com/lt0001",
        "https://social.example.com/lt\u200d0001",
        "https://social.example.com/\u202elt0001",
        "https://social.example.com/lt0001\u2060",
        "inn@social.exam\u00adple.com",
        "inn@social.example.com\u200b",
        "social.example.com/\u212aeep",
    ],
)
def test_what_may_be_read_as_another_one_is_never_official(text: str) -> None:
    read = parse_contact(text)
    assert not read.plain
    for official in ("social.example.com/lt0001", "inn@social.example.com", "social.example.com/keep", read.key):
        assert not read.is_official(official)
    assert read.text.isprintable()


def test_one_written_to_be_read_as_the_official_one_is_alike() -> None:
    assert is_alike(parse_contact("https://user@social.example.com/lt0001"), "social.example.com/lt0001")
    assert not is_alike(parse_contact("https://social.example.com/lt0001"), "social.example.com/lt0001")


def test_what_no_browser_opens_is_no_page_of_anybody() -> None:
    assert parse_contact("https://evil.com/ social.example.com/lt0001").kind == Kind.NAME
    with pytest.raises(NoContactError):
        parse_contact("https://evil.c\u2100.social.example.com/lt0001")


def test_a_number_copied_with_marks_of_direction_is_that_number() -> None:
    assert parse_contact("\u202a+84 263 382 2663\u202c").key == "+842633822663"


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
