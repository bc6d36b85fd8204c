import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from portal.accounts.models import User
from tests.tourism.make import MARKET
from tiles import editions
from tiles.models import Dataset, Edition
from tourism import notices
from tourism.models import Place

pytestmark = pytest.mark.django_db
UNSEEN = "\u200b\u202e\u2066\u00ad\ufeff"
HEADINGS = "MA,TEN,TEN_EN,LOAI,KINH_DO,VI_DO,DIA_CHI,DIEN_THOAI,GIO_MO_CUA,HANG_SAO,GIA,MO_TA,NGAY_XAC_MINH,QD_SAO"
INN = (
    "LT0001,Khách sạn Thông Xanh,Green Pine Hotel,{kind},{lon},{lat},12 Phan Đình Phùng,0263 300 0001,"
    "{hours},3,655.000,,2025-10-26,QĐ 7/QĐ-SDL"
)


def stage(folder: Path, name: str, text: str, repairs: frozenset[str] = frozenset()) -> Edition:
    """Send a file along the one road until it is staged and checked."""
    path = folder / name
    path.write_text(text, encoding="utf-8-sig" if name.endswith(".csv") else "utf-8")
    dataset, _ = Dataset.objects.get_or_create(layer="places", code="lodging", defaults={"title_vi": "Lưu trú"})
    now = timezone.now()
    options = editions.pipeline.Options(repairs=repairs)
    edition = editions.stage(editions.receive(dataset, path, by=None, now=now), by=None, now=now, options=options)
    if edition.state == "staged":
        editions.check(edition, now=now)
    return edition


def inn(kind: str = "hotel", lon: float = MARKET[0], lat: float = MARKET[1], hours: str = "24/7") -> str:
    return f"{HEADINGS}\n{INN.format(kind=kind, lon=lon, lat=lat, hours=hours)}\n"


def codes(edition: Edition) -> list[str]:
    return list(edition.issues.values_list("code", flat=True))


def test_a_register_becomes_places(tmp_path: Path) -> None:
    edition = stage(tmp_path, "lodging.csv", inn())
    place = Place.objects.of(edition).get()
    assert (place.code, place.category, place.group) == ("lodging-lt0001", "hotel", "lodging")
    assert (place.name_fold, place.stars, place.price) == ("khach san thong xanh green pine hotel", 3, "655.000")
    assert (place.lon, place.lat) == pytest.approx(MARKET, abs=1e-6)
    assert str(place.verified_on) == "2025-10-26"
    assert place.description == ""
    assert codes(edition) == []


def test_what_nobody_sees_or_what_turns_the_text_is_left_out(tmp_path: Path) -> None:
    text = inn().replace("Khách sạn", f"Khách{UNSEEN} sạn").replace("Green", f"{UNSEEN}Green")
    place = Place.objects.of(stage(tmp_path, "lodging.csv", text)).get()
    assert (place.name, place.name_en) == ("Khách sạn Thông Xanh", "Green Pine Hotel")


def test_a_name_nobody_sees_is_no_name(tmp_path: Path) -> None:
    edition = stage(tmp_path, "lodging.csv", inn().replace("Khách sạn Thông Xanh", UNSEEN))
    assert not Place.objects.of(edition).exists()
    assert len(codes(edition)) == 1


def test_geojson_with_the_same_headings_becomes_the_same_places(tmp_path: Path) -> None:
    properties = {"MA": "LT0001", "TEN": "Khách sạn Thông Xanh", "LOAI": "Khách sạn", "GIO_MO_CUA": None, "HANG_SAO": 3}
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": list(MARKET)},
    }
    edition = stage(tmp_path, "lodging.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    place = Place.objects.of(edition).get()
    assert (place.code, place.category, place.opening_hours) == ("lodging-lt0001", "hotel", "")
    assert (place.lon, place.lat) == pytest.approx(MARKET, abs=1e-6)


def test_unreadable_hours_are_kept_and_pointed_out(tmp_path: Path) -> None:
    edition = stage(tmp_path, "lodging.csv", inn(hours="sáng đến tối"))
    assert Place.objects.of(edition).get().opening_hours == "sáng đến tối"
    assert codes(edition) == ["hours-unreadable"]
    assert not edition.issues.get().blocks


def test_hours_of_which_a_part_never_holds_are_pointed_out(tmp_path: Path) -> None:
    edition = stage(tmp_path, "lodging.csv", inn(hours="Mo-Sa 07:30-11:30; Mo-Sa 13:30-17:00"))
    assert codes(edition) == ["hours-undone"]
    issue = edition.issues.get()
    assert (issue.values["rule"], issue.values["by"]) == ("Mo-Sa 07:30-11:30", "Mo-Sa 13:30-17:00")
    assert not issue.blocks


def test_a_verification_still_to_come_is_pointed_out(tmp_path: Path) -> None:
    edition = stage(tmp_path, "lodging.csv", inn().replace("2025-10-26", "2099-10-26"))
    assert codes(edition) == ["verified-ahead"]
    assert not edition.issues.get().blocks


def test_a_tag_or_amenity_nobody_knows_is_kept_and_pointed_out(tmp_path: Path) -> None:
    text = (
        inn()
        .replace("MA,", "LOAI_KHAC,TIEN_NGHI,MA,")
        .replace("LT0001", '"Quán cà phê, thác nước nhỏ",wi-fi; Hồ bơi,LT0001')
    )
    edition = stage(tmp_path, "lodging.csv", text)
    place = Place.objects.of(edition).get()
    assert (place.tags, place.amenities) == (["cafe", "thác nước nhỏ"], ["wifi", "pool"])
    issue = edition.issues.get()
    assert (issue.code, issue.row, issue.column, issue.blocks) == ("unknown-word", 1, "LOAI_KHAC", False)
    assert (issue.values["value"], issue.values["known"].startswith("thac nuoc")) == ("thác nước nhỏ", True)


def test_a_tag_longer_than_fits_is_said_not_cut(tmp_path: Path) -> None:
    edition = stage(
        tmp_path, "lodging.csv", inn().replace("MA,", "LOAI_KHAC,MA,").replace("LT0001", f"{'a' * 41},LT0001")
    )
    assert not Place.objects.of(edition).exists()
    assert edition.issues.filter(code="value-too-long").get().values["maximum"] == 40


def test_hours_of_kitchen_tickets_and_last_entry_come_in_columns_of_their_own(tmp_path: Path) -> None:
    text = inn().replace("MA,", "GIO_BEP,GIO_VE,GIO_VAO_CUOI,MA,").replace("LT0001", "10:00-21:00,,tới chiều,LT0001")
    edition = stage(tmp_path, "lodging.csv", text)
    assert Place.objects.of(edition).get().schedules == {
        "main": "24/7",
        "kitchen": "10:00-21:00",
        "last-entry": "tới chiều",
    }
    assert codes(edition) == ["hours-unreadable"]


def test_a_delivery_that_changes_corrected_hours_is_told_that_the_correction_goes_on(tmp_path: Path) -> None:
    stage(tmp_path, "lodging.csv", inn())
    place = Place.objects.get()
    lan = User.objects.create_user("lan")
    notices.correct(
        place, text="08:00-20:00", first=date(2026, 3, 1), last=None, reason_vi="Mùa mưa", by=lan, now=timezone.now()
    )
    assert codes(stage(tmp_path, "again.csv", inn(kind="Khách sạn"))) == []
    edition = stage(tmp_path, "changed.csv", inn(hours="07:00-19:00"))
    assert codes(edition) == ["hours-corrected"]
    assert not edition.issues.get().blocks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (inn(kind="spaceport"), "unknown-code"),
        (inn(lon=2.35, lat=48.85), "not-in-city"),
        (inn() + INN.format(kind="hotel", lon=MARKET[0], lat=MARKET[1], hours="") + "\n", "duplicate-key"),
    ],
)
def test_what_is_wrong_blocks_the_edition(tmp_path: Path, text: str, code: str) -> None:
    edition = stage(tmp_path, "lodging.csv", text)
    assert code in codes(edition)
    assert any(issue.blocks for issue in edition.issues.all())


@pytest.mark.parametrize("repairs", [frozenset(), frozenset({"outside-city"})])
def test_a_row_outside_the_city_is_never_published_and_left_out_only_when_somebody_says_so(
    tmp_path: Path, repairs: frozenset[str]
) -> None:
    outside = (
        inn() + INN.replace("LT0001", "LT0002").format(kind="hotel", lon='"10,84"', lat='"11,94"', hours="") + "\n"
    )
    edition = stage(tmp_path, "lodging.csv", outside, repairs)
    assert [place.reference for place in Place.objects.of(edition)] == ["LT0001"]
    issue = edition.issues.get(code="outside-city")
    assert (issue.row, issue.original["MA"], issue.original["KINH_DO"]) == (2, "LT0002", "10,84")
    assert issue.blocks is not bool(repairs)


def test_of_a_kind_misspelt_the_likeliest_is_named_first(tmp_path: Path) -> None:
    issue = stage(tmp_path, "lodging.csv", inn(kind="Khách sạm")).issues.get(code="unknown-code")
    assert issue.values["known"].startswith("khach san, ")
    assert "bar-food" in issue.values["known"]


def test_a_file_without_rows_or_name_is_no_register(tmp_path: Path) -> None:
    assert stage(tmp_path, "lodging.csv", "").state == "rejected"
    edition = stage(tmp_path, "other.csv", "MA,LOAI,KINH_DO,VI_DO\nLT1,hotel,108.43,11.94\n")
    assert "column-missing" in codes(edition)
