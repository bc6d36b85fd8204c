"""A guest was given a number or a page, and asks whether it is real before paying."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.models import User
from portal.desk.models import Report, ReportPlace
from tests.tourism.make import make_place
from tourism.contacts.models import FalseContact
from tourism.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def inn() -> Place:
    return make_place(
        "inn", category="hotel", name="Khách sạn Thông Xanh", phone="0263 382 2663; 0912 345 678",
        website="https://thongxanh.example.com", page="https://social.example.com/thongxanh",
        email="inn@thongxanh.example.com", beneficiary="CÔNG TY THÔNG XANH", licence_state="valid",
    )  # fmt: skip


@pytest.fixture
def rose() -> Place:
    return make_place("rose", category="hotel", name="Khách sạn Hoa Hồng", phone="0263 999 8888")


def make_false(value: str, place: str = "inn") -> FalseContact:
    one = FalseContact(value=value, place=place, since=date(2026, 3, 1), source="DL-0000")
    one.full_clean()
    one.save()
    return one


def ask(contact: str, place: str = "", status: int = 200) -> dict[str, Any]:
    answer = Client().get("/api/v1/places/check", {"contact": contact, "place": place, "lang": "en"})
    assert answer.status_code == status
    found: dict[str, Any] = answer.json()
    return found


def verdict(contact: str, place: str = "") -> tuple[str, list[str]]:
    found = ask(contact, place)
    return found["answer"], [one["code"] for one in found["places"]]


@pytest.mark.parametrize(
    "contact",
    [
        "+84 263 382 2663", "0912345678", "www.thongxanh.example.com/rooms?utm_source=x", "inn@thongxanh.example.com",
        "http://social.example.com/ThongXanh/", "Cong ty Thong Xanh", "Thông Xanh 0912 345 678",
    ],
)  # fmt: skip
def test_official_contacts_are_confirmed_however_they_are_written(contact: str) -> None:
    assert verdict(contact) == ("yes", ["inn"])


@pytest.mark.parametrize(
    ("contact", "place"),
    [
        ("thongxanhh.example.com", ""), ("social.example.com/thongxanh1", ""), ("CÔNG TY THÔNG XAN", ""),
        ("0987 654 321", "Thông Xanh"), ("Khách sạn Thông Xanh 0987 654 321", ""), ("rose.example.com", "thong xanh"),
    ],
)  # fmt: skip
def test_what_could_be_taken_for_an_official_one_is_denied_with_the_official_beside(contact: str, place: str) -> None:
    found = ask(contact, place)
    assert (found["answer"], found["places"][0]["phone"]) == ("no", "0263 382 2663; 0912 345 678")


@pytest.mark.parametrize(
    ("contact", "answer"),
    [
        (r"https://evil.com\@social.example.com/thongxanh", "unknown"),
        ("https://social.example.com/thongxanh/../evil-dalat", "unknown"),
        ("https://social.example.com/thongxanh/%2e%2e/evil", "unknown"),
        ("https://social.example.com:8443/thongxanh", "unknown"),
        ("https://thongxanh@social.example.com/thongxanh", "no"),
        ("https://social.example.com/thong\u200bxanh", "no"),
        (r"https:\\social.example.com\thongxanh", "no"),
        ("inn@thong\x02xanh.example.com", "no"),
    ],
)
def test_an_address_a_browser_opens_elsewhere_is_never_confirmed(client: Client, contact: str, answer: str) -> None:
    assert verdict(contact)[0] == answer
    assert verdict(contact, "Thông Xanh")[0] == "no"
    for asked in ({"contact": contact}, {"contact": contact, "place": "Thông Xanh"}):
        assert "Yes, it is official" not in client.get("/en/places/check", asked).content.decode()


def test_a_false_page_is_known_however_it_is_dressed() -> None:
    make_false("https://evil.example/pay")
    assert verdict(r"https://evil.example\pay?x=@social.example.com")[0] == "reported"
    assert verdict("https://social.example.com@evil.example/pay")[0] == "reported"


def test_a_number_of_another_place_is_not_this_ones(rose: Place) -> None:
    found = ask("0263 999 8888", "Thông Xanh")
    assert (found["answer"], [one["code"] for one in found["belongs_to"]]) == ("no", ["rose"])
    assert verdict("0263 999 8888", "Hoa Hồng") == ("yes", ["rose"])


@pytest.mark.parametrize(("number", "whose"), [("113", "Police"), ("1 1 4", "Fire and rescue"), ("115", "Ambulance")])
def test_national_numbers_are_known_and_nobody_is_asked_to_report_them(client: Client, number: str, whose: str) -> None:
    found = ask(number)
    assert (found["answer"], found["emergency"], found["places"]) == ("yes", whose, [])
    page = client.get("/en/places/check", {"contact": number, "place": "Thông Xanh"}).content.decode()
    assert f"<strong>{whose}</strong>" in page
    assert "Report it" not in page
    assert ask("0263 382 2663")["emergency"] is None


@pytest.mark.parametrize(
    ("contact", "alike"), [("0987 654 321", False), ("rose.example.com", False), ("thongxanhh.example.com", True)]
)
def test_only_what_looks_alike_is_said_to_look_alike(client: Client, contact: str, alike: bool) -> None:
    page = client.get("/en/places/check", {"contact": contact, "place": "Thông Xanh"}).content.decode()
    assert ("It is not, but may be taken for, the official contact of:" in page) is alike
    assert ("It is not the official contact of:" in page) is not alike


def test_an_english_reader_reads_the_english_name(client: Client) -> None:
    Place.objects.update(name_en="Green Pine Hotel")
    assert ask("0912345678")["places"][0]["name"] == "Green Pine Hotel"
    vietnamese = Client().get("/api/v1/places/check", {"contact": "0912345678"}).json()
    assert vietnamese["places"][0]["name"] == "Khách sạn Thông Xanh"
    for path in ("/en/places/check?contact=0912345678", "/en/places/inn/correct"):
        assert '<span lang="en">Green Pine Hotel</span>' in client.get(path).content.decode()
    assert '<span lang="vi">Khách sạn Thông Xanh</span>' in client.get("/places/inn/correct").content.decode()


def test_the_number_of_a_chain_is_official_for_each_of_its_houses() -> None:
    for number in range(5):
        make_place(f"chain-{number}", name=f"Sao Mai {number}", phone="0263 111 2222")
    assert verdict("0263 111 2222", "Sao Mai 4") == ("yes", ["chain-4"])


def test_what_nobody_knows_is_unknown_and_not_denied(rose: Place) -> None:
    assert verdict("0987 654 321") == ("unknown", [])
    # The register knows no page of this one.
    assert verdict("pink.example.com", "Hoa Hồng") == ("unknown", ["rose"])
    # A name is no proof: the official contacts of that place are shown.
    assert verdict("Khách sạn Hoa Hồng") == ("unknown", ["rose"])
    # Words all hotels share do not make it this hotel.
    assert verdict("0987 654 321", "Khách sạn Bình Minh") == ("unknown", [])


@pytest.mark.parametrize("written", ["0987654321", "+84 987 654 321"])
def test_what_is_known_to_be_false_is_told_with_its_day(client: Client, written: str) -> None:
    make_false("0987.654.321")
    found = ask(written)
    assert (found["answer"], found["since"], found["places"][0]["code"]) == ("reported", "2026-03-01", "inn")
    page = client.get("/en/places/check", {"contact": written}).content.decode()
    assert "Known to be false since 01/03/2026" in page
    assert "DL-0000" not in page


def test_entries_of_openstreetmap_and_retired_places_confirm_nothing() -> None:
    Place.objects.update(source="osm")
    assert verdict("0912345678") == ("unknown", [])
    Place.objects.update(source="register", live=False)
    assert verdict("0912345678") == ("unknown", [])


def test_a_guest_reads_the_answer_and_reports_in_one_tap(client: Client) -> None:
    page = client.get("/en/places/check", {"contact": "thongxanh.example.net", "place": ""})
    text = page.content.decode()
    assert "No, it is not the official one" in text
    assert 'href="tel:02633822663"' in text
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))
    assert not page.cookies
    answers = [Client(enforce_csrf_checks=True).post("/en/report/", sent) for _twice in range(2)]
    kept = Report.objects.get()
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/en/reports/{kept.code}")}
    assert (kept.subject, kept.field_id) == ("places/inn", Report.objects.get(field__code="tourism").field_id)
    assert kept.text == "Suspicious contact: thongxanh.example.net"
    assert kept.code in client.get(answers[0]["Location"]).content.decode()


def test_the_report_keeps_whose_it_was_said_to_be(client: Client) -> None:
    page = client.get("/en/places/check", {"contact": "0987 654 321", "place": "Nobody <Inn>"}).content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert client.post("/en/report/", {name: unescape(value) for name, value in sent.items()}).status_code == 302
    kept = Report.objects.get()
    assert kept.text == "Suspicious contact: 0987 654 321\nSaid to be of: Nobody <Inn>"
    assert (kept.subject, ReportPlace.objects.get(report=kept).text) == ("", "Nobody <Inn>")


def test_programs_get_the_report_as_an_address_with_everything_filled_in(client: Client) -> None:
    form = client.get(ask("0987 654 321", "Nobody Inn")["report"]).content.decode()
    assert '<option value="tourism" selected>' in form
    assert "Said to be of: Nobody Inn" in form


def test_a_suspended_licence_is_told_beside_the_contact(client: Client) -> None:
    Place.objects.update(licence_state="suspended")
    page = client.get("/en/places/check", {"contact": "0912345678"}).content.decode()
    assert "Yes, it is official" in page
    assert "Its business licence is suspended." in page


@pytest.mark.parametrize("contact", ["", "12", "+++", "javascript:alert(1)", "🌲", "x" * 251])
def test_what_is_no_contact_is_said_beside_the_field_and_kept(client: Client, contact: str) -> None:
    page = client.get("/en/places/check", {"contact": contact})
    assert page.status_code == 400
    assert 'id="id_contact_error"' in page.content.decode()
    assert contact in page.content.decode()
    assert ask(contact, status=400)["title"].startswith("contact: ")


def test_an_unknown_parameter_is_named() -> None:
    answer = Client().get("/api/v1/places/check", {"contact": "113", "phone": "1"})
    assert (answer.status_code, "phone" in answer.json()["title"]) == (400, True)


def test_stewards_keep_false_contacts_and_no_official_one_among_them(client: Client) -> None:
    lan = User.objects.create_user("lan", is_staff=True)
    lan.groups.add(Group.objects.get(name="Steward"))
    client.force_login(lan)
    sent = {"value": "0987 654 321", "place": "inn", "since": "2026-03-01", "source": "police"}
    path = "/admin/contacts/falsecontact/add/"
    for wrong in ({"value": "0912345678"}, {"value": "12"}, {"place": "nowhere"}):
        assert client.post(path, {**sent, **wrong}).status_code == 200
    assert client.post(path, sent).status_code == 302
    assert client.post(path, {**sent, "value": "+84987654321"}).status_code == 200
    assert [(one.kind, one.key) for one in FalseContact.objects.all()] == [("phone", "+84987654321")]


def test_a_plate_speaks_both_languages_and_leads_to_the_page(client: Client) -> None:
    for path in ("/places/inn/plate", "/en/places/inn/plate"):
        page = client.get(path).content.decode()
        for words in ("Khách sạn", "Hotel", "0263 382 2663", ">social.example.com/thongxanh<", "data:image/svg"):
            assert words in page
        assert '<span lang="en">Official telephone</span>' in page
        assert '<span lang="vi">Điện thoại chính thức</span>' in page
        assert settings.SITE_URL.partition("://")[2] + "/places/check" in page
        assert "licence" not in page


@pytest.mark.parametrize(
    ("state", "says"), [("suspended", "No valid business licence"), ("", "No business licence is")]
)
def test_a_plate_tells_that_a_lodging_has_no_valid_licence(client: Client, state: str, says: str) -> None:
    Place.objects.update(licence_state=state)
    assert says in client.get("/places/inn/plate").content.decode()
    make_place("pine", category="restaurant", licence_state="")
    assert "licence" not in client.get("/places/pine/plate").content.decode()
