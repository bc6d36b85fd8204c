"""The page for a frightened person: numbers first, then the open and the near."""

import re
from datetime import datetime

import pytest
from django.test import Client

from tests.tourism.make import MARKET, STATION, make_place
from tests.tourism.test_hours import at
from tourism import views, walking
from tourism.emergency import SHOWN, find_help

pytestmark = pytest.mark.django_db


def found(kind: str, *, near: tuple[float, float] | None = None, now: datetime | None = None) -> list[str]:
    [help_] = [one for one in find_help(near=near, now=now or at(10, 12), language="vi") if one.kind == kind]
    return [card.place.code for card in (*help_.cards, *help_.unsure)]


def test_open_pharmacies_come_first_then_unknown_and_never_closed_ones() -> None:
    make_place("closed", category="pharmacy", opening_hours="Mo-Su 20:00-21:00")
    make_place("unknown", category="pharmacy", opening_hours="")
    make_place("unreadable", category="pharmacy", opening_hours="sáng đến tối")
    make_place("open", category="pharmacy", opening_hours="Mo-Su 08:00-22:00")
    assert found("pharmacy") == ["open", "unknown", "unreadable"]
    assert found("pharmacy", now=at(10, 3)) == ["unknown", "unreadable"]


def test_a_closed_hospital_is_shown_last() -> None:
    make_place("closed", category="hospital", opening_hours="Mo-Su 20:00-21:00")
    make_place("open", category="hospital", opening_hours="24/7")
    assert found("hospital") == ["open", "closed"]


def test_of_two_open_ones_the_nearer_comes_first() -> None:
    make_place("a-far", STATION, category="police", opening_hours="24/7")
    make_place("b-near", MARKET, category="police", opening_hours="24/7")
    assert found("police") == ["a-far", "b-near"]
    assert found("police", near=MARKET) == ["b-near", "a-far"]


def test_no_more_than_a_screen_of_each_but_the_count_is_true(client: Client) -> None:
    for number in range(SHOWN + 3):
        make_place(f"pharmacy-{number:02}", category="pharmacy", opening_hours="24/7")
    assert len(found("pharmacy")) == SHOWN
    assert f"All {SHOWN + 3} of this kind" in client.get("/en/emergency").content.decode()


def test_the_page_says_what_a_frightened_person_needs_in_both_languages(client: Client) -> None:
    make_place("clinic", category="hospital", name="Bệnh viện", phone="0263 300 2740", opening_hours="24/7")
    page = client.get("/emergency").content.decode()
    for number in ("115", "113", "114", "112"):
        assert f'href="tel:{number}"' in page
    assert 'href="tel:02633002740"' in page
    assert "Cấp cứu y tế" in page
    assert "Không biết nhà thuốc nào mở cửa vào giờ này" in page
    english = client.get("/en/emergency").content.decode()
    assert "Ambulance" in english
    assert "Xin gọi công an 113." in english


def test_a_place_that_cannot_be_read_hides_nothing(client: Client) -> None:
    make_place("clinic", category="hospital", phone="0263 300 2740")
    answer = client.get("/en/emergency?near=1,2,3")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "tel:115" in page
    assert "tel:02633002740" in page
    assert "Give longitude and latitude in degrees" in page


def test_the_hour_of_the_answer_is_the_citys(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.timezone, "now", lambda: at(10, 14, 5))
    assert "at 14:05 on 10/03/2026" in client.get("/en/emergency").content.decode()


@pytest.mark.parametrize(("distance_m", "minutes"), [(0, 1), (57, 1), (58, 2), (600, 11)])
def test_a_walk_is_told_from_the_straight_distance(distance_m: float, minutes: int) -> None:
    assert walking.minutes(distance_m) == minutes


def test_open_now_is_said_of_none_whose_hours_nobody_knows(client: Client) -> None:
    make_place("unknown", category="pharmacy", name="Nhà thuốc Ẩn", opening_hours="")
    page = client.get("/en/emergency").content.decode()
    sure, unsure = page.split("data-unsure-heading")
    assert re.search(r"data-none>No pharmacy is known to be open", page)
    assert "Nhà thuốc Ẩn" not in sure
    assert "Nhà thuốc Ẩn" in unsure
    make_place("open", category="pharmacy", opening_hours="24/7")
    assert re.search(r"data-none hidden>No pharmacy is known to be open", client.get("/en/emergency").content.decode())


def test_who_cannot_give_a_point_gives_the_name_of_a_place_or_what_the_telephone_shows(client: Client) -> None:
    lon, lat = MARKET
    make_place("market", MARKET, category="market", name="Chợ Đà Lạt", name_en="Da Lat Market")
    make_place("market-2", STATION, category="market", name="Chợ Đà Lạt cũ")
    make_place("far", STATION, category="police", opening_hours="24/7")
    make_place("near", MARKET, category="police", opening_hours="24/7")
    for said in ("cho da lat", "da lat market", f"{lat},{lon}", f"{lon},{lat}"):
        answer = client.get("/en/emergency", {"near": said})
        assert answer.status_code == 200, said
        assert answer.context["near"] == pytest.approx(MARKET, abs=1e-6)
    asked = client.get("/en/emergency", {"near": "chợ"})
    assert asked.status_code == 400
    assert "Which place? Write one of these names: Chợ Đà Lạt; Chợ Đà Lạt cũ." in asked.content.decode()
    assert "No place or address is called" in client.get("/en/emergency", {"near": "Samarkand"}).content.decode()
