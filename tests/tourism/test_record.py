"""The whole record of a place: by the one road, on its page, in the API, in more languages."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from tests.tourism.make import MARKET, make_place
from tests.tourism.test_register import HEADINGS, INN, codes, stage
from tiles import editions
from tiles.ingest.issues import message
from tiles.models import Dataset, Edition
from tourism.models import Place, PlaceText
from tourism.rules import stars_are_awarded

pytestmark = pytest.mark.django_db
MORE = "TRANG_CHINH_THUC,TEN_THU_HUONG,GIAY_PHEP,GIA_TU,GIA_DEN,SO_PHONG,TIEN_NGHI,XE_LAN,HAN_SAO,NGAY_GIA"
RECORD = (
    'https://social.example.com/a,CÔNG TY A,còn hiệu lực,450000,900000,12,"wifi, pool",một phần,2027-06-30,2026-02-01'
)


def inn(more: str = RECORD) -> str:
    row = INN.format(kind="hotel", lon=MARKET[0], lat=MARKET[1], hours="24/7")
    return f"{HEADINGS},{MORE}\n{row},{more}\n"


def details(client: Client, code: str, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/places/{code}", query).json()["properties"]["details"]
    return found


def test_a_register_tells_the_whole_record(tmp_path: Path) -> None:
    edition = stage(tmp_path, "lodging.csv", inn())
    assert codes(edition) == []
    place = Place.objects.of(edition).get()
    assert (place.beneficiary, place.licence_state, place.wheelchair) == ("CÔNG TY A", "valid", "limited")
    assert (place.price_from_vnd, place.price_to_vnd, place.rooms) == (450_000, 900_000, 12)
    assert (place.amenities, str(place.stars_until)) == (["wifi", "pool"], "2027-06-30")


def test_a_licence_state_nobody_knows_is_pointed_out(tmp_path: Path) -> None:
    assert codes(stage(tmp_path, "lodging.csv", inn(RECORD.replace("còn hiệu lực", "chắc là có")))) == ["unknown-code"]


@pytest.mark.parametrize(
    ("was", "now", "code", "blocks"),
    [
        ("QĐ 7/QĐ-SDL", "", "stars-without-decision", False),
        ("2027-06-30", "2020-06-30", "stars-expired", False),
        ("còn hiệu lực", "thu hồi", "licence-not-valid", False),
        ("còn hiệu lực", "hết hạn", "licence-not-valid", False),
        ("2026-02-01", "", "price-undated", False),
        ("450000,900000", "900000,450000", "price-reversed", True),
        (",12,", ",-3,", "value-out-of-range", True),
        ("24/7,3,", "24/7,6,", "value-out-of-range", True),
        ("24/7,3,", "24/7,0,", "value-out-of-range", True),
    ],
)
def test_what_is_odd_about_a_record_is_told_with_its_row(
    tmp_path: Path, was: str, now: str, code: str, blocks: bool
) -> None:
    assert was in inn()
    edition = stage(tmp_path, "lodging.csv", inn().replace(was, now))
    issue = edition.issues.get()
    assert (issue.code, issue.row, issue.actor, issue.blocks) == (code, 1, "supplier", blocks)
    for language in ("vi", "en"):
        with translation.override(language):
            said = message(issue)
        assert "…" not in said
        assert "%" not in said


def test_a_revoked_licence_is_told_in_the_readers_language(tmp_path: Path) -> None:
    issue = stage(tmp_path, "lodging.csv", inn().replace("còn hiệu lực", "thu hồi")).issues.get()
    with translation.override("en"):
        assert "revoked" in message(issue)
    with translation.override("vi"):
        assert "thu hồi" in message(issue)


def test_stars_of_openstreetmap_need_no_decision() -> None:
    make_place("osm-node-1", category="hotel", source="osm", stars=3)
    assert list(stars_are_awarded(Edition.objects.get())) == []


def test_stars_whose_decision_expired_are_not_told_as_valid(client: Client) -> None:
    make_place("was", category="hotel", stars=4, stars_decision="QĐ 7", stars_until=date(2020, 6, 30))
    make_place("holds", category="hotel", stars=4, stars_decision="QĐ 8", stars_until=date(2999, 6, 30))
    page = client.get("/en/places/was").content.decode()
    assert "4, <strong>expired on 30/06/2020</strong>" in page
    # The other place's card stands on the page, too.
    assert page.count("4 stars") == 1
    assert "starRating" not in page
    assert "4 stars" in client.get("/en/places/holds").content.decode()
    was, holds = (client.get(f"/api/v1/places/{code}").json()["properties"] for code in ("was", "holds"))
    assert (was["stars"], was["details"]["stars_until"], was["details"]["stars_expired"]) == (None, "2020-06-30", 4)
    assert (holds["stars"], holds["details"]["stars_expired"]) == (4, None)
    found = client.get("/api/v1/places?stars=4").json()["features"]
    assert [one["properties"]["code"] for one in found] == ["holds"]


@pytest.mark.parametrize(("north", "told"), [(0.0004, []), (0.01, ["entrance-far"])])
def test_directions_lead_to_the_entrance_and_a_far_one_is_pointed_out(
    tmp_path: Path, client: Client, north: float, told: list[str]
) -> None:
    lon, lat = MARKET[0], round(MARKET[1] + north, 6)
    text = inn().replace("MA,", "KINH_DO_CUA,VI_DO_CUA,MA,").replace("LT0001", f"{lon},{lat},LT0001")
    edition = stage(tmp_path, "lodging.csv", text)
    assert codes(edition) == told
    assert Place.objects.of(edition).get().entrance == (lon, lat)
    make_place("inn", entrance_lon=lon, entrance_lat=lat)
    assert f'href="geo:{lat:.6f},{lon:.6f}' in client.get("/places/inn").content.decode()
    assert details(client, "inn")["entrance"] == [lon, lat]


def test_page_and_answer_show_the_record(client: Client) -> None:
    make_place(
        "inn", category="hotel", beneficiary="CÔNG TY A", page="https://social.example.com/a",
        licence_state="suspended", teaser="Yên tĩnh", teaser_en="Quiet", amenities=["wifi"],
        price_from_vnd=450_000, wheelchair="yes",
    )  # fmt: skip
    page = client.get("/en/places/inn").content.decode()
    shown = (
        "Quiet",
        "CÔNG TY A",
        'href="https://social.example.com/a"',
        "<strong>suspended</strong>",
        "450,000",
        "Wi-Fi",
    )
    assert [words for words in shown if words not in page] == []
    found = details(client, "inn", lang="en")
    assert (found["teaser"], found["beneficiary"], found["ids"]) == ("Quiet", "CÔNG TY A", ["inn"])
    assert details(client, "inn")["teaser"] == "Yên tĩnh"


def test_a_list_tells_details_when_asked_by_name(client: Client) -> None:
    make_place("inn", rooms=3)
    [short] = client.get("/api/v1/places").json()["features"]
    assert "details" not in short["properties"]
    [whole] = client.get("/api/v1/places?fields=details").json()["features"]
    assert whole["properties"]["details"]["rooms"] == 3
    assert "details" not in client.get("/api/v1/places/inn?fields=name").json()["properties"]


def test_a_page_that_is_no_address_is_shown_but_not_followed(client: Client) -> None:
    make_place("inn", page="javascript:alert(1)")
    page = client.get("/places/inn").content.decode()
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_access_and_price_narrow_the_list(client: Client) -> None:
    make_place("free", wheelchair="yes", price_from_vnd=100_000)
    make_place("half", wheelchair="limited", price_from_vnd=900_000)
    make_place("none", wheelchair="no")

    def found(query: str) -> list[str]:
        return [one["properties"]["code"] for one in client.get(f"/api/v1/places?{query}").json()["features"]]

    assert found("wheelchair=yes") == ["free"]
    assert found("wheelchair=limited") == ["free", "half"]
    assert found("price_max_vnd=500000") == ["free"]
    assert client.get("/api/v1/places?wheelchair=perhaps").status_code == 400
    assert client.get("/places/?price_max_vnd=cheap").status_code == 400


def test_one_more_language_is_a_file_not_a_change_of_code(tmp_path: Path, client: Client) -> None:
    make_place("inn", name="Nhà nghỉ Thông", name_en="Pine Inn", description_en="Warm")
    make_place("cafe", name="Cà phê")
    dataset = Dataset.objects.create(layer="places", code="texts-ko", title_vi="Tiếng Hàn")
    path = tmp_path / "BanDichDiaDiem.csv"
    path.write_text("MA_DIA_DIEM,NGON_NGU,TEN,GIOI_THIEU\ninn,ko,소나무 여관,조용한\n", encoding="utf-8")
    now = timezone.now()
    edition = editions.stage(editions.receive(dataset, path, by=None, now=now), by=None, now=now)
    assert [issue.code for issue in editions.check(edition, now=now)] == []
    assert client.get("/api/v1/places?lang=ko").status_code == 400
    PlaceText.objects.of(edition).update(live=True)
    answer = client.get("/api/v1/places?lang=ko").json()
    korean = {one["properties"]["code"]: one["properties"] for one in answer["features"]}
    assert (korean["inn"]["name"], korean["inn"]["lang"], korean["inn"]["description"]) == ("소나무 여관", "ko", "Warm")
    assert (korean["cafe"]["name"], korean["cafe"]["lang"]) == ("Cà phê", "vi")
    assert client.get(korean["inn"]["url"]).status_code == 200
    assert details(client, "inn", lang="ko")["languages"] == ["en", "ko", "vi"]
    assert "vi, en, ko" in client.get("/api/v1/places?lang=xx").json()["title"]


def test_a_table_has_a_column_of_details_only_when_asked(client: Client) -> None:
    make_place("inn", kitchen_hours="Mo-Su 10:00-21:00")
    columns = [
        client.get(f"/api/v1/places.csv{query}").content.decode("utf-8-sig") for query in ("", "?fields=name,details")
    ]
    assert "details" not in columns[0].splitlines()[0].split(",")
    assert columns[1].splitlines()[0] == "code,name,details,lon,lat"
    [[kitchen]] = [json.loads(row["hours"]) for row in csv.DictReader(io.StringIO(columns[0]))]
    assert (kitchen["kind"], kitchen["opening_hours"]) == ("kitchen", "Mo-Su 10:00-21:00")


@pytest.mark.parametrize(
    "name", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "-1*HYPERLINK(A1)"]
)
def test_a_spreadsheet_reckons_nothing_of_a_table(client: Client, name: str) -> None:
    make_place("inn", name=name, phone="+84 263 382 2663; +84 909 000 111")
    [row] = csv.DictReader(io.StringIO(client.get("/api/v1/places.csv").content.decode("utf-8-sig")))
    assert row["name"] == f"'{name}"
    assert row["phone"] == "+84 263 382 2663; +84 909 000 111"
