import base64
import json

import pytest

from portal.desk.models import Report
from tests.portal.desk.make import LAT, LON, NOW, hand_in, make_agent, make_ward
from tests.portal.pictures import photo

pytestmark = pytest.mark.django_db

BODY = {"category": "environment", "text": "Rác bên hồ", "point": [LON, LAT]}


def post(client, body=BODY, key="key-of-a-program", **headers):
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    named = {"idempotency-key": key} if key is not None else {}
    return client.post("/api/v1/reports", raw, content_type="application/json", headers={**named, **headers})


def test_a_program_hands_in_a_report(client):
    body = {
        **BODY,
        "lang": "en",
        "photos": [base64.b64encode(photo()).decode(), base64.b64encode(b"no photo").decode()],
        "contact": {"name": "Hoa", "phone": "0912 345 678", "email": "hoa@example.vn"},
    }
    answer = post(client, body)
    report = Report.objects.get()
    assert answer.status_code == 201
    assert answer.json()["code"] == report.code
    assert answer.json()["url"].endswith(f"/en/reports/{report.code}")
    assert answer.json()["clocks"] == []
    assert [problem["problem"] for problem in answer.json()["photo_problems"]] == ["not-a-photo"]
    assert (report.photos.count(), report.reporter.email) == (1, "hoa@example.vn")


def test_the_same_key_and_body_is_the_same_answer_and_another_body_422(client):
    first, again = post(client), post(client, json.dumps(BODY, indent=3))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = post(client, {**BODY, "text": "Other"})
    assert (other.status_code, other.json()["type"]) == (422, "idempotency-key-reused")
    assert Report.objects.count() == 1


@pytest.mark.parametrize("key", [None, "", "short", "x" * 101, "with blank in"])
def test_a_missing_or_malformed_key_is_named(client, key):
    answer = post(client, key=key)
    assert (answer.status_code, answer.json()["type"]) == (400, "idempotency-key-invalid")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": "invented"},
        {"category": None},
        {"text": ""},
        {"text": "x" * 4001},
        {"text": "\x00"},
        {"text": ["a"]},
        {"point": [108.4]},
        {"point": "108.4,11.9"},
        {"point": [LAT, LON]},
        {"point": [1e300, 11]},
        {"point": None},
        {"photos": ["***"]},
        {"photos": ["QQ=="] * 4},
        {"subject": "wards/none"},
        {"lang": "fr"},
        {"contact": {"email": "nobody"}},
        {"contact": "me"},
    ],
)
def test_a_wrong_value_is_a_problem_and_nothing_is_kept(client, wrong):
    make_ward()
    answer = post(client, {**BODY, **wrong})
    assert answer.status_code == 400
    assert next(iter(wrong)) in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "raw", ["", "{", "[]", "1", "NaN", '{"point": [NaN, 1]}', "[" * 200_000, b"\xff\xfe", '{"text": "\\ud800"}']
)
def test_malformed_json_is_a_bad_request(client, raw):
    assert post(client, raw).status_code == 400


def test_fields_of_the_city_cannot_be_assigned_from_outside(client):
    post(client, {**BODY, "state": "resolved", "agency": "forest", "code": "DL-MINE", "formal": True, "ward": "p9"})
    report = Report.objects.get()
    assert (report.state, report.agency.code, report.formal, report.ward) == ("new", "environment", False, "")
    assert report.code != "DL-MINE"


def test_a_signed_in_agent_gets_no_more_than_anybody(client):
    report = hand_in(text="SECRET", name="SECRET")
    client.force_login(make_agent("an", "environment"))
    answer = client.get(f"/api/v1/reports/{report.code}")
    assert set(answer.json()) == {"code", "category", "state", "created", "changed", "events"}
    assert answer.json()["events"] == [{"moment": answer.json()["created"], "state": "new", "note": ""}]
    assert "SECRET" not in answer.content.decode()


def test_too_many_reports_are_answered_with_when_to_come_back(client):
    answers = [post(client, {**BODY, "text": str(number)}, key=f"key-number-{number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [201] * 10 + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3601


def test_wrong_and_unknown_codes_answer_alike(client):
    created = hand_in(now=NOW)
    answers = [client.get(f"/api/v1/reports/{code}") for code in ("DL-0000-0000-001", "x", created.code[:-1] + "?")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
