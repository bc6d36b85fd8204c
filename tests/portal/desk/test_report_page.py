import html
import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.desk import reports
from portal.desk.forms import ReportForm, field_choices
from portal.desk.models import Allowance, Report, Reporter
from tests.portal.desk.make import LAT, LON, NOW, hand_in, make_agent, make_chief, make_ward, same_for_all
from tests.portal.pictures import photo

pytestmark = pytest.mark.django_db


def filled(**more):
    return {"key": uuid.uuid4().hex, "field": "environment", "text": "Rác bên hồ", "place": "Hồ Xuân Hương", **more}


def test_a_resident_reports_with_a_photo_and_lands_on_the_tracking_page(client):
    sent = filled(photo=SimpleUploadedFile("a.jpg", photo()), name="Hoa", phone="0912 345 678")
    answer = client.post("/report/", sent)
    report = Report.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/reports/{report.code}")
    assert (report.lang, report.photos.count(), report.reporter.phone) == ("vi", 1, "0912 345 678")
    page = client.get(answer.url)
    assert page.status_code == 200
    assert report.code in page.content.decode()


def test_the_english_form_leads_to_the_english_page(client):
    answer = client.post("/en/report/", filled(text="Rubbish at the lake"))
    assert answer.url == f"/en/reports/{Report.objects.get().code}"
    assert Report.objects.get().lang == "en"
    assert "What happened" in client.get(answer.url).content.decode()


def test_the_form_knows_the_ward_it_is_asked_about(client):
    make_ward("p1")
    page = client.get("/report/?subject=wards/p1").content.decode()
    assert "Phường p1" in page
    assert 'value="wards/p1"' in page
    client.post("/report/", filled(subject="wards/p1", place=""))
    report = Report.objects.get()
    assert (report.subject, report.ward) == ("wards/p1", "p1")
    assert "Phường p1" in report.subject_title
    assert report.cell is not None


@pytest.mark.parametrize(
    "subject", ["wards/none", "nothing/1", "wards", "../x", "wards/p1/p2", "places/%00", "x" * 500]
)
def test_an_unknown_subject_still_gets_a_form(client, subject):
    answer = client.get("/report/", {"subject": subject})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_fields_that_fit_the_object_come_first_and_none_is_out_of_reach():
    _, (_, fitting), (_, others) = field_choices("places")
    assert "food-safety" in dict(fitting)
    assert "forest-protection" in dict(others)
    assert len(fitting) + len(others) == 13


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": "\u200b\u202e\ufeff"}, "text"),
        ({"field": "invented"}, "field"),
        ({"place": ""}, "place"),
        ({"lon": "108.4"}, "lat"),
        ({"lon": "nan", "lat": "11.9"}, "lon"),
        ({"lon": "1e400", "lat": "11.9"}, "lon"),
        ({"lon": "108.4", "lat": "95"}, "lat"),
        ({"email": "no address"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"key": "short"}, "key"),
        ({"subject": "wards/none"}, "subject"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_kept(client, wrong, named):
    answer = client.post("/report/", filled(**wrong))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [named]
    assert not Report.objects.exists()


def test_four_thousand_characters_with_windows_line_ends_fit(client):
    client.post("/report/", filled(text="a\r\n" * 2000))
    assert len(Report.objects.get().text) == 3999


def test_decomposed_vietnamese_is_kept_composed(client):
    client.post("/report/", filled(text="Đường ho\u0309ng"))
    assert Report.objects.get().text == "Đường hỏng"


def test_a_report_is_kept_without_what_nobody_sees_or_what_turns_the_text(client):
    client.post("/report/", filled(text="\u202eTố\u200b cáo\u2066", place="Chợ\u200d Đà Lạt", name="\u202eaoH"))
    report = Report.objects.get()
    assert (report.text, report.place.text, report.reporter.name) == ("Tố cáo", "Chợ Đà Lạt", "aoH")
    assert report.formal


def test_a_decimal_comma_is_understood():
    form = ReportForm(filled(lon="108,4419", lat="11,9404"), on=NOW.date())
    assert form.is_valid()
    assert (form.cleaned_data["lon"], form.cleaned_data["lat"]) == (LON, LAT)


def test_a_point_in_the_sea_is_refused_with_a_way_out(client):
    make_ward()
    answer = client.post("/report/", filled(lon="109.5", lat="11.9"))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["lon"]


def test_a_robot_that_fills_the_trap_is_stopped_and_a_person_is_not_lost(client):
    answer = client.post("/report/", filled(website="http://spam.example"))
    assert answer.status_code == 400
    assert not Report.objects.exists()
    page = answer.content.decode()
    assert "spam.example" not in page
    assert "Rác bên hồ" in page


def test_pressing_twice_is_one_report_and_back_with_another_text_is_told(client):
    sent = filled()
    first, second = client.post("/report/", sent), client.post("/report/", sent)
    assert first.url == second.url
    answer = client.post("/report/", {**sent, "text": "Another"})
    assert answer.status_code == 422
    fresh = re.search(r'name="key" value="([^"]+)"', answer.content.decode())[1]
    assert client.post("/report/", {**sent, "text": "Another", "key": fresh}).status_code == 302
    assert Report.objects.count() == 2


def test_the_eleventh_report_of_an_hour_is_told_when_to_come_back(client):
    for _ in range(10):
        assert client.post("/report/", filled()).status_code == 302
    answer = client.post("/report/", filled(), headers={"x-forwarded-for": "198.51.100.7"})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3601
    assert Report.objects.count() == 10
    assert "127.0.0.1" not in Allowance.objects.get().key


def test_a_bad_photo_is_told_on_the_tracking_page(client):
    answer = client.post("/en/report/", filled(photo=SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")))
    page = client.get(answer.url).content.decode()
    assert "only JPEG, PNG and WebP are accepted" in page
    assert "The report itself was kept." in page


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
        {"origin": "https://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "null"},
    ],
)
def test_a_foreign_site_cannot_send_the_form(headers):
    answer = Client(enforce_csrf_checks=True).post("/en/report/", filled(text="<b>kept</b>"), headers=headers)
    assert answer.status_code == 403
    assert "sent from another site" in answer.content.decode()
    assert "&lt;b&gt;kept" in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "http://testserver"},
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver"},
        {},
    ],
)
def test_our_own_form_is_taken_without_token_and_no_cookie_is_set(headers):
    strict = Client(enforce_csrf_checks=True)
    assert not strict.get("/report/").cookies
    answer = strict.post("/report/", filled(), headers=headers)
    assert (answer.status_code, len(answer.cookies)) == (302, 0)
    assert not strict.get(answer.url).cookies


def test_formal_complaints_are_explained_and_emergency_numbers_shown(client):
    page = client.get("/report/").content.decode()
    assert all(f'href="tel:{number}"' in page for number in (113, 114, 115))
    assert "khiếu nại" in page.casefold()
    answer = client.post("/en/report/", filled(text="Tôi khiếu nại"))
    assert "the formal procedure starts only" in client.get(answer.url).content.decode()


def test_the_tracking_page_reveals_nothing_but_the_public_state(client):
    secrets = [
        "SECRET-TEXT",
        "SECRET-PLACE",
        "SECRET-NAME",
        "0912345678",
        "secret@example.vn",
        "108.4419",
        "108,4419",
        "SECRET-NOTE",
    ]
    report = hand_in(
        text=secrets[0], place_text=secrets[1], name=secrets[2], phone=secrets[3], email=secrets[4], photos=(photo(),)
    )
    agent = make_agent("agent-x", "environment")
    reports.note(report, text="SECRET-NOTE", by=agent, now=NOW)
    reports.reveal_reporter(report, by=agent, now=NOW)
    reports.move(report, to="refused", note="Trùng với phản ánh khác", by=agent, now=NOW + timedelta(hours=1))
    for path in (f"/reports/{report.code}", f"/api/v1/reports/{report.code}"):
        page = html.unescape(client.get(path).content.decode())
        assert "Trùng với phản ánh khác" in page
        assert [secret for secret in [*secrets, "agent-x", report.photos.get().token] if secret in page] == []


def test_a_moderated_report_shows_its_moderated_text_and_photo(client):
    report = hand_in(text="SECRET", photos=(photo(),))
    reports.moderate(report, text="Moderated", publish=True, with_photos=True, by=make_chief(), now=NOW)
    page = client.get(f"/reports/{report.code}").content.decode()
    assert "Moderated" in page
    assert "SECRET" not in page
    shown = client.get(f"/photos/{report.photos.get().token}.jpg")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")


def test_unknown_mistyped_and_foreign_codes_look_the_same(client):
    report = hand_in()
    codes = ["DL-0000-0000-001", report.code[:-1] + "*", "nonsense", report.code.replace(report.code[3], "U", 1)]
    answers = {code: client.get(f"/reports/{code}") for code in codes}
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({same_for_all(answer.content, code) for code, answer in answers.items()}) == 1


def test_a_typed_code_leads_to_its_page(client):
    report = hand_in()
    assert client.get("/reports/", {"code": report.code.lower().replace("-", " ")}).url == f"/reports/{report.code}"
    assert client.get("/reports/", {"code": "DL-1"}).status_code == 404


def test_html_in_a_report_stays_text(client):
    attack = '"><script>alert(1)</script>'
    client.post("/report/", filled(text=attack, place=attack, name=attack))
    report = Report.objects.get()
    chief = make_chief()
    client.force_login(chief)
    pages = [client.get(f"/reports/{report.code}"), client.get("/desk/"), client.get(f"/desk/{report.code}/")]
    pages.append(client.post(f"/desk/{report.code}/reporter"))
    assert all(page.status_code == 200 and "<script>alert" not in page.content.decode() for page in pages)
    assert Reporter.objects.get().name == attack
