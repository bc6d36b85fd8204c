"""The pages of parcels, plans, zones and streets: the same facts as text, in both languages."""

import json
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("block")


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_parcel_page_answers_first_in_a_sentence(client: Client) -> None:
    page = text(client, "/en/parcels/p1-12-345?on=2026-03-01")
    sentence = "On this parcel: 62 % Housing (OM), 38 % Public green (CX)."
    assert sentence in page
    assert page.index(sentence) < page.index("QĐ 1237") < page.index("40,000,000")
    assert "Phường Xuân Hương - Đà Lạt" in page
    assert "at most 4 floors" in page


@pytest.mark.parametrize("on", ["2026-03-01", "1990-01-01"])
def test_the_parcel_page_leads_to_its_own_parts(client: Client, on: str) -> None:
    page = client.get(f"/en/parcels/p1-12-345?on={on}").content.decode()
    contents = page.partition('aria-label="On this page"')[2].partition("</nav>")[0]
    parts = re.findall('href="#(.+?)"', contents)
    assert ("building" in parts) is (on == "2026-03-01")
    assert {"plans", "price", "history", "actions"} <= set(parts) <= set(re.findall(' id="(.+?)"', page))


def test_numbers_are_written_as_the_language_writes_them(client: Client) -> None:
    assert "40.000.000" in text(client, "/parcels/p1-12-345?on=2026-03-01")
    assert "124,0" in text(client, "/parcels/p1-12-345?on=2026-03-01")


def test_a_page_holds_no_inline_style_or_script(client: Client) -> None:
    page = client.get("/parcels/p1-12-345").content.decode()
    assert not re.search(r"\sstyle=|\son\w+=\"|<script(?![^>]*(src|nonce))", page)


def test_a_bad_date_is_answered_for_today_and_named(client: Client) -> None:
    assert "2026-02-30" in text(client, "/en/parcels/p1-12-345?on=2026-02-30", 400)


@pytest.mark.parametrize(
    "path", ["/parcels/p9-9-9", "/parcels/p9-9-9.json", "/plans/x", "/zones/x", "/streets/x", "/parcels/%00"]
)
def test_an_unknown_object_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("ending", ["", ".json", ".geojson", ".pdf", ".svg"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_code_in_capital_letters_leads_to_the_parcel(client: Client, ending: str, prefix: str) -> None:
    response = client.get(f"{prefix}/parcels/P1-12-345{ending}?on=2026-03-01")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}/parcels/p1-12-345{ending}?on=2026-03-01")
    assert client.get(f"{prefix}/parcels/P9-12-345{ending}").status_code == 404


def test_a_page_that_is_not_there_says_what_is_missing_and_what_to_do(client: Client) -> None:
    assert "No published parcel has this code. Search by sheet" in text(client, "/en/parcels/p9-9-9", 404)
    assert "Hãy tìm theo số tờ, số thửa và phường." in text(client, "/parcels/p9-9-9", 404)
    problem = client.get("/en/parcels/p9-9-9.json").json()
    assert (problem["type"], problem["title"][:43]) == ("not-found", "No published parcel has this code. Search b")


def test_what_django_says_of_an_unknown_address_is_not_shown(client: Client) -> None:
    for address in ("/en/nothing/<b>here</b>", "/en/report/DL-NOTHING"):
        page = client.get(address).content.decode()
        assert "It may have been mistyped" in page
        assert not re.search("resolver|tried|urlpatterns|matches the given query|<b>here", page)


def test_the_same_object_comes_as_json_and_geojson(client: Client) -> None:
    values = client.get("/parcels/p1-12-345.json?on=2026-03-01").json()
    response = client.get("/parcels/p1-12-345.geojson?on=2026-03-01")
    assert values["code"] == "p1-12-345"
    assert response["Content-Type"] == "application/geo+json"
    assert json.loads(response.content)["geometry"] == values["geometry"]
    assert client.get("/parcels/p1-12-345.json?on=x").status_code == 400


def test_plans_zones_and_streets_have_pages(client: Client) -> None:
    assert "qpk-01" in text(client, "/plans/?on=2026-03-01")
    assert "Housing" in text(client, "/en/plans/qpk-01")
    # What stays Vietnamese is read out as Vietnamese.
    assert '<span lang="vi">QĐ 1237</span>' in client.get("/en/plans/qpk-01").content.decode()
    assert "at most 60 % built over" in text(client, "/en/zones/qpk-01-1")
    assert "8,000,000" in text(client, "/en/streets/phan-dinh-phung?on=2026-03-01")
    assert "Hẻm 12 Phan Đình Phùng" in text(client, "/streets/?q=hem")
