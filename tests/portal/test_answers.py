"""What every answer of the portal carries: guards in its headers, the reader's language, no trace when it fails."""

import re
from html import escape

import pytest
from django.db import OperationalError
from django.test import Client

from planning.models import Parcel
from tests.portal.attacks import AIMED, problem_faults
from tests.portal.desk.make import make_chief

pytestmark = pytest.mark.django_db

PAGES = [path for path in AIMED if not path.startswith("/api/") and not path.endswith((".json", ".atom"))] + [
    *("/", "/en/", "/en/places/", "/en/parcels/p1-1-1", "/nothing", "/en/nothing", "/plans/?on=2026-02-30", "/plans/"),
    *("/streets/phan-dinh-phung", "/en/streets/phan-dinh-phung", "/api/v1/docs?lang=en", "/accounts/login/"),
]
WITH_FORM = ("/report/", "/accounts/login/")
LINK = re.compile(r"""(?:src|href|action|data-[a-z]+)=["'](?:https?:)?//([^"'/]+)|url\(["']?(?:https?:)?//([^"')]+)""")


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["/api/v1/plans", "/tiles/layers.json", "/plans/", "/en/plans/", "/places/"])
def test_failure_of_ours_tells_nothing_of_the_inside(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("SECRET of /root/inside.py")

    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", fail)
    answer = visitor.get(path)
    assert answer.status_code == 500
    assert "SECRET" not in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers
    if path.startswith(("/api/", "/tiles/")):
        assert not problem_faults(answer.content.decode(), 500, answer["Content-Type"])
    else:
        assert "Cổng thông tin gặp lỗi" in answer.content.decode()


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_guarded_by_its_headers(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert (policy["frame-ancestors"], policy["object-src"], policy["base-uri"]) == ("'none'",) * 3
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert bool(answer.cookies) <= (path in WITH_FORM)
    if answer.status_code == 302:  # a page of the staff
        assert answer["Location"] == f"/accounts/login/?next={path}"
        return
    assert f'<html lang="{"en" if "/en/" in path or "lang=en" in path else "vi"}">' in answer.content.decode()
    assert not LINK.findall(answer.content.decode())


@pytest.mark.usefixtures("city")
def test_numbers_are_written_as_the_reader_writes_them(visitor: Client) -> None:
    parcel = Parcel.objects.current().filter(area_registered_m2__gt=1000).order_by("code")[0]
    grouped = f"{parcel.area_registered_m2:,.1f}"
    assert grouped in visitor.get(f"/en/parcels/{parcel.code}").content.decode()
    vietnamese = grouped.translate(str.maketrans(",.", ".,"))
    assert vietnamese in visitor.get(f"/parcels/{parcel.code}").content.decode()


@pytest.mark.usefixtures("city")
def test_every_call_is_described_with_its_parameters_and_a_name_of_its_own(visitor: Client) -> None:
    schema = visitor.get("/api/v1/openapi.json").json()
    calls = [call for methods in schema["paths"].values() for call in methods.values()]
    assert len({call["operationId"] for call in calls}) == len(calls) > 12
    assert all(
        parameter.get("description")
        for call in calls
        for parameter in call["parameters"]
        if "path" not in parameter["in"]
    )
    assert all("lang" in {parameter["name"] for parameter in call["parameters"]} for call in calls)


@pytest.mark.usefixtures("city")
def test_language_of_the_api_is_the_one_asked_for(visitor: Client) -> None:
    said = {lang: visitor.get(f"/api/v1/plans?on=x&lang={lang}").json()["title"] for lang in ("vi", "en")}
    assert said["en"] == "Parameter “on”: “x” is not a date. Write it like 2026-01-31."
    assert "không phải là ngày" in said["vi"]


@pytest.mark.parametrize("path", ["/api/v1/plans", "/plans/", "/en/places/", "/desk/", "/tiles/layers.json"])
def test_lost_database_is_503_with_when_to_come_back(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def lost(*_: object, **__: object) -> None:
        raise OperationalError("connection to server at /root/SECRET failed")

    visitor.force_login(make_chief())
    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", lost)
    answer = visitor.get(path)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "SECRET" not in answer.content.decode()
    if path.startswith(("/api/", "/tiles/")):
        assert not problem_faults(answer.content.decode(), 503, answer["Content-Type"])
    else:
        assert {"Dữ liệu tạm thời gián đoạn", "out of reach"} <= set(
            re.findall("Dữ liệu tạm thời gián đoạn|out of reach", answer.content.decode())
        )


def test_what_the_api_says_of_places_is_said_in_vietnamese_too(visitor: Client) -> None:
    said = visitor.get("/api/v1/docs?lang=vi").content.decode()
    told = visitor.get("/api/v1/openapi.json").json()["paths"]
    calls = [call for path, methods in told.items() if "/places" in path for call in methods.values()]
    paragraphs = [" ".join(one.split()) for call in calls for one in call["description"].split("\n\n")]
    assert len(paragraphs) > 8
    assert [one for one in paragraphs if escape(one) in said] == []
