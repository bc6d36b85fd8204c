"""Whatever is thrown at a public door, it answers: never 500, never a word about the inside, problems for programs."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.desk.models import Report
from tests.portal.attacks import Attack, attacks, faults, problem_faults, send
from tests.portal.desk.make import make_chief
from tests.portal.pictures import photo

pytestmark = pytest.mark.django_db

SEED, CASES = 20261122, 600
TOO_LARGE = 44 * 2**20 + 1
REPORT: dict[str, Any] = {"category": "environment", "text": "Rác bên hồ", "point": [108.4419, 11.9404]}
HOSTILE_VALUES: list[Any] = [
    *(None, True, -1, 10**400, 1.5, [], {}, [[]], [None], {"a": 1}, "\ud800", "\0", "x" * 4001, "<script>", "1e400"),
    *([10**400, 1], [float("inf"), 0], [1e308, 1e308], ["108.4", "11.9"], ["\0"] * 2, [True, False], ["QQ=="] * 4),
]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.usefixtures("city")
def test_no_malformed_request_breaks_a_public_door(visitor: Client) -> None:
    broken = []
    for attack in attacks(SEED, CASES):
        if wrong := faults(send(visitor, attack), attack):
            broken.append((attack.method, attack.path[:200], wrong))
    assert not broken


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("name", ["category", "text", "point", "photos", "contact", "subject", "lang", "address", "x"])
def test_no_value_of_a_report_breaks_the_api(visitor: Client, name: str) -> None:
    for number, value in enumerate(HOSTILE_VALUES):
        body = json.dumps({**REPORT, name: value}).encode()
        headers = {"idempotency-key": f"attack-{name}-{number}"}
        attack = Attack("/api/v1/reports", "POST", body, "application/json", headers)
        assert not faults(send(visitor, attack), attack), value
        if name == "contact":
            body = json.dumps({**REPORT, name: {"name": value, "email": value, "phone": value}}).encode()
            attack = Attack("/api/v1/reports", "POST", body, "application/json", {"idempotency-key": f"inner-{number}"})
            assert not faults(send(visitor, attack), attack), value


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api", 404),
        ("GET", "/api/v2/parcels", 404),
        ("POST", "/api/v1/parcels", 405),
        ("DELETE", "/api/v1/reports", 405),
        ("GET", "/api/v1/reports/DL-0", 404),
        ("GET", "/tiles/nothing.json", 404),
        ("GET", "/tiles/nothing", 404),
        ("POST", "/tiles/zones.json", 405),
        ("POST", "/tiles/zones/1/14/1/1.mvt", 405),
        ("GET", "/tiles/zones/1/99/1/1.mvt", 400),
        ("GET", "/parcels/none.json", 404),
        ("GET", "/en/parcels/none.geojson", 404),
        ("GET", "/api/v1/places?a=" + "&a=1" * 2000, 400),
        ("POST", "/api/v1/docs", 405),
    ],
)
def test_every_refusal_of_a_program_is_a_problem_document(visitor: Client, method: str, path: str, status: int) -> None:
    answer = visitor.generic(method, path)
    assert answer.status_code == status
    assert not problem_faults(answer.content.decode(), status, answer["Content-Type"])


def test_foreign_host_is_refused_in_the_callers_format(visitor: Client) -> None:
    assert "<html" in visitor.get("/", headers={"host": "evil.example"}).content.decode()
    answer = visitor.get("/api/v1/plans", headers={"host": "evil.example"})
    assert not problem_faults(answer.content.decode(), 400, answer["Content-Type"])
    assert "evil" not in answer.content.decode()


def test_a_body_no_form_needs_is_refused_unread(visitor: Client) -> None:
    for path, kind in (("/report/", "text/html; charset=utf-8"), ("/api/v1/reports", "application/problem+json")):
        answer = visitor.post(path, b"{}", "application/json", CONTENT_LENGTH=str(TOO_LARGE))
        assert (answer.status_code, answer["Content-Type"]) == (413, kind)


def test_expired_form_is_explained_in_both_languages() -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in ("/accounts/login/", "/en/accounts/login/"):
        page = strict.post(path, {"text": "x"})
        assert page.status_code == 403
        assert "Biểu mẫu đã hết hạn" in page.content.decode()
        assert "The form has expired" in page.content.decode()


MARKUP = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{7*7}}{% csrf_token %}'


def test_hostile_words_of_a_report_reach_the_staff_as_text(visitor: Client) -> None:
    form = {
        "key": "a-key-of-the-form",
        "field": "environment",
        "text": MARKUP,
        "place": MARKUP[:250],
        "name": MARKUP[:120],
    }
    sent = visitor.post("/report/", form)
    assert sent.status_code == 302
    report = Report.objects.get()
    assert report.text == MARKUP
    visitor.force_login(make_chief())
    for path in ("/desk/", f"/desk/{report.code}/", f"/reports/{report.code}"):
        page = visitor.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in visitor.get(f"/desk/{report.code}/").content.decode()
    revealed = visitor.post(f"/desk/{report.code}/reporter").content.decode()
    assert "&lt;script&gt;" in revealed
    assert "<script>alert" not in revealed


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
POLYGLOT = photo() + b"<script>alert(1)</script><?php system('id'); ?>PK\x03\x04"


@pytest.mark.parametrize(("raw", "kept"), [(SVG, 0), (b"GIF89a" + SVG, 0), (POLYGLOT, 1), (b"\xff" * 25 * 2**20, 0)])
def test_hostile_photo_is_made_anew_or_not_kept(visitor: Client, raw: bytes, kept: int) -> None:
    upload = SimpleUploadedFile("../../a.php", raw, "image/jpeg")
    form = {"key": "a-key-of-the-form", "field": "environment", "text": "x", "place": "y", "photo": upload}
    assert visitor.post("/report/", form).status_code == 302
    report = Report.objects.get()
    assert report.photos.count() == kept
    visitor.force_login(make_chief())
    for each in report.photos.all():
        answer = visitor.get(f"/photos/{each.token}.jpg")
        data = b"".join(answer)
        assert (answer["Content-Type"], data[:2]) == ("image/jpeg", b"\xff\xd8")
        assert b"script" not in data
        assert b"PK\x03\x04" not in data
