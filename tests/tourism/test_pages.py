import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.tourism.make import MARKET, STATION, make_edition, make_place
from tourism.models import Match

pytestmark = pytest.mark.django_db


def linked_data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_list_filters_by_a_plain_form(client: Client) -> None:
    make_place("bank", name="ATM Chợ", opening_hours="24/7")
    make_place("inn", name="Khách sạn Thông Xanh", category="hotel")
    page = client.get("/places/?category=lodging").content.decode()
    assert "Thông Xanh" in page
    assert "ATM Chợ" not in page
    page = client.get("/places/?category=&q=&near=&stars=&open_at=now").content.decode()
    assert "ATM Chợ" in page
    assert "Thông Xanh" not in page


def test_the_list_says_open_closed_or_unknown_in_words(client: Client) -> None:
    make_place("a", opening_hours="24/7")
    make_place("b", opening_hours="24/7 off")
    make_place("c")
    page = client.get("/en/places/").content.decode()
    for words in ("Open</span>", "Closed</span>", "Hours unknown</span>"):
        assert words in page


def test_the_list_goes_by_distance_when_a_point_is_given(client: Client) -> None:
    make_place("far", STATION, name="Ga Đà Lạt")
    make_place("here", MARKET, name="Chợ Đà Lạt")
    page = client.get(f"/en/places/?near={MARKET[0]},{MARKET[1]}").content.decode()
    assert page.index("/en/places/here") < page.index("/en/places/far")
    assert "1,92" in page
    assert "m away" in page


def test_a_filter_that_cannot_be_read_is_explained_beside_its_field(client: Client) -> None:
    make_place("bank")
    response = client.get("/en/places/?near=1,2,3")
    assert response.status_code == 400
    assert "Give longitude and latitude in degrees" in response.content.decode()
    assert 'value="1,2,3"' in response.content.decode()


def test_an_empty_list_offers_the_next_step(client: Client) -> None:
    page = client.get("/en/places/?q=zzzzzz").content.decode()
    assert "No place fits these filters." in page


def test_where_nothing_is_open_the_list_leads_to_unknown_hours_and_to_all(client: Client) -> None:
    make_place("shut", opening_hours="24/7 off")
    make_place("silent")
    page = client.get("/en/places/?category=atm&open_at=now").content.decode()
    assert "No place that fits is known to be open then." in page
    [unknown] = re.findall(r'<a href="([^"]+)">Show also those with unknown hours: 1<', page)
    [every] = re.findall(r'<a href="([^"]+)">Show all that fit', page)
    shown = [
        re.findall(r'/en/places/(shut|silent)"', client.get(f"/en/places/{unescape(to)}").content.decode())
        for to in (unknown, every)
    ]
    assert [sorted(set(codes)) for codes in shown] == [["silent"], ["shut", "silent"]]


def test_a_long_list_is_paged_and_keeps_its_filters(client: Client) -> None:
    for number in range(21):
        make_place(f"p{number:02}")
    page = client.get("/places/?category=atm").content.decode()
    assert "category=atm&amp;page=2" in page
    assert "p20" in client.get("/places/?category=atm&page=2").content.decode()


def test_a_place_has_a_page_with_its_facts(client: Client) -> None:
    make_place(
        "inn-1",
        name="Khách sạn Thông Xanh",
        name_en="Green Pine Hotel",
        category="hotel",
        stars=3,
        phone="0263 3800 001; 0263 3800 002",
        address="12 Phan Đình Phùng",
        opening_hours="24/7",
        website="https://example.vn",
    )
    make_place("atm-9", name="ATM bên cạnh")
    page = client.get("/en/places/inn-1").content.decode()
    for words in (
        "Green Pine Hotel",
        "3 stars",
        'href="tel:02633800002"',
        "12 Phan Đình Phùng",
        "geo:11.942900,108.436900",
    ):
        assert words in page
    assert "Sở Du lịch (minh họa)" in page
    assert "/en/report/?subject=places/inn-1" in page
    assert "ATM bên cạnh" in page
    data = linked_data(page)
    assert data["@type"] == "Hotel"
    assert data["geo"]["latitude"] == pytest.approx(MARKET[1])
    [hours] = data["openingHoursSpecification"]
    assert (len(hours["dayOfWeek"]), hours["opens"], hours["closes"]) == (7, "00:00", "23:59")


def test_text_of_a_supplier_cannot_break_out_of_the_page(client: Client) -> None:
    evil = '</script><script>alert(1)</script>&"'
    make_place("x", name=evil, description=evil, website="javascript:alert(1)", address=evil)
    page = client.get("/places/x").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    assert linked_data(page)["name"] == evil


def test_a_place_that_was_published_is_gone_and_one_that_never_was_is_unknown(client: Client) -> None:
    make_place("old", name="Quán cũ", live=False, edition=make_edition(state="retired"))
    make_place("draft", live=False, edition=make_edition(state="staged"))
    response = client.get("/places/old")
    assert response.status_code == 410
    assert "Quán cũ" in response.content.decode()
    assert client.get("/places/draft").status_code == 404
    assert client.get("/places/nowhere").status_code == 404


def test_pages_ask_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        make_place(f"p{number}")
    with django_assert_max_num_queries(11):
        client.get("/places/")
    with django_assert_max_num_queries(12):
        client.get("/places/p1")


def test_the_list_of_an_hour_tells_what_places_are_then_and_nothing_that_counts_from_now(client: Client) -> None:
    make_place("night", name="Quán đêm", opening_hours="Mo-Su 18:00-23:00")
    asked = client.get("/en/places/?open_at=2026-12-05T22:40%2B07:00").content.decode()
    assert "Quán đêm" in asked
    assert "Closes soon" in asked
    assert "closes in" not in asked


def test_the_page_shows_what_is_near_by_distance_and_neither_itself_nor_its_twin(client: Client) -> None:
    lon, lat = MARKET
    make_place("here", MARKET)
    make_place("far", (lon + 0.004, lat), name="Xa")
    make_place("near", (lon + 0.001, lat), name="Gần")
    make_place("beyond", (lon + 0.01, lat), name="Ngoài một cây số")
    make_place("twin", (lon + 0.0001, lat), source="osm", name="Bản sao")
    Match.objects.create(register="here", osm="twin", score=9, decision="same")
    found = client.get("/places/here").context
    assert [card.place.code for card in found["nearby"]] == ["near", "far"]
    assert [place.code for place in found["twins"]] == ["twin"]
    assert found["nearby"][0].place.distance_m == pytest.approx(109, abs=2)
    assert (found["place"].lon, found["place"].lat) == pytest.approx(MARKET, abs=1e-6)


def test_tags_are_a_filter_where_there_are_some_and_lead_from_the_place_to_the_list(client: Client) -> None:
    make_place("bank")
    assert 'name="tag"' not in client.get("/en/places/").content.decode()
    make_place("inn", category="hotel", tags=["restaurant", "spa & sauna"])
    page = client.get("/en/places/inn").content.decode()
    links = re.findall(r'<a href="(/en/places/\?tag=[^"]+)">([^<]+)</a>', page)
    assert [name for _address, name in links] == ["Restaurant", "spa &amp; sauna"]
    for address, _name in links:
        page = client.get(address).content.decode()
        assert "/en/places/inn" in page
        assert "/en/places/bank" not in page
    assert '<option value="spa &amp; sauna" selected>spa &amp; sauna</option>' in page
    both = client.get("/en/places/?tag=restaurant,spa %26 sauna").content.decode()
    assert '<option value="restaurant,spa &amp; sauna" selected>' in both
    on_map = client.get("/en/places/map?tag=restaurant").content.decode()
    assert "tag=restaurant" in re.search(r'data-places="([^"]+)"', on_map)[1]  # type: ignore[index]
    wrong = client.get("/en/places/?tag=spaceport")
    assert wrong.status_code == 400
    assert "No place has the tag “spaceport”" in wrong.content.decode()


def test_what_is_filtered_is_told_and_the_form_stays_folded(client: Client) -> None:
    make_place("inn", category="hotel", stars=4, opening_hours="24/7")
    page = client.get("/en/places/?category=hotel&stars=4&open_at=now&wheelchair=").content.decode()
    [told] = re.findall(r'<p class="muted" id="asked">(.*?) <a', page)
    assert told == "Hotel · Stars: 4 · Open now"
    assert '<details class="place-filters">' in page
    assert 'id="asked"' not in client.get("/en/places/").content.decode()
    assert '<details class="place-filters" open>' in client.get("/en/places/?stars=9").content.decode()
