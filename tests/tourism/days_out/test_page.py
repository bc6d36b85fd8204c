import re
from datetime import datetime
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from portal.calendar import CITY_ZONE
from tests.tourism.days_out.make import TUESDAY, make_ready, make_stop, make_street, make_three
from tests.tourism.make import make_edition, make_place
from tourism.days_out.asked import usual_start

pytestmark = pytest.mark.django_db


def page(client: Client, query: str = "", *, status: int = 200) -> str:
    response = client.get(f"/en/days-out/?{query}")
    assert response.status_code == status
    return unescape(response.content.decode())


def follow(client: Client, text: str, words: str, stop: str) -> str:
    """Press the link with these words about a stop."""
    [address] = re.findall(rf'href="([^"]+)"[^>]*>{words}<span class="visually-hidden">: {stop}</span>', text)
    return unescape(client.get(address).content.decode())


def stops(text: str) -> list[str]:
    return re.findall(r'data-code="([^"]+)"', text)


def test_the_page_without_a_day_offers_to_search(client: Client) -> None:
    make_three()
    assert "Name of a place" in page(client)
    assert "/en/days-out/?stops=market&" in page(client, "find=cho")


def test_a_search_that_finds_nothing_says_what_to_do(client: Client) -> None:
    assert "No place has such a name." in page(client, "find=zzzz")


def test_a_day_is_built_by_links_alone(client: Client) -> None:
    make_three()
    text = page(client, f"stops=garden&start={TUESDAY}&find=cho")
    text = follow(client, text, "Add", "Chợ")
    assert stops(text) == ["garden", "market"]
    text = follow(client, text, "Earlier", "Chợ")
    assert stops(text) == ["market", "garden"]
    text = follow(client, text, "Later", "Chợ")
    assert stops(text) == ["garden", "market"]
    text = follow(client, text, "Remove", "Flower Garden")
    assert stops(text) == ["market"]


def test_the_search_for_a_stop_keeps_the_day(client: Client) -> None:
    make_three()
    text = page(client, f"stops=garden&start={TUESDAY}&mode=car&stay=25")
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text.split('id="add"')[1])
    assert dict(hidden) == {"stops": "garden", "start": TUESDAY, "mode": "car", "stay": "25"}


def test_the_page_tells_times_ways_and_what_stands_against_them(client: Client) -> None:
    make_three()
    text = page(client, f"stops=garden,church,market&start={TUESDAY}")
    for words in ("08:00</time>–", "1.5 km · 20 min", "Open during your stay", "Closed when you arrive", "01/12/2026"):
        assert words in text
    # Nobody stays before a closed door.
    assert "10:10</time></strong>" in text
    assert "Vườn hoa" not in text


def test_a_day_that_ends_after_midnight_says_so(client: Client) -> None:
    make_three()
    text = page(client, "stops=garden&start=2026-12-01T17:30&stay=30")
    assert "01/12/2026–" not in text
    make_stop("club", 10, opening_hours="Mo-Su 20:00-04:00; PH 20:00-04:00")
    assert "01/12/2026–02/12/2026" in page(client, "stops=club&start=2026-12-01T22:30&stay=180")


def test_each_stop_has_its_own_field_of_minutes(client: Client) -> None:
    make_three()
    text = page(client, f"stops=garden,church&start={TUESDAY}&stay=15&stay=")
    assert "08:15</time>" in text
    assert "stay=15," in text


def test_best_order_leads_to_the_address_of_that_order(client: Client) -> None:
    make_three()
    response = client.get(f"/en/days-out/?stops=garden,church,market&start={TUESDAY}&stay=,20,45&order=best")
    assert response.status_code == 302
    assert response["Location"].startswith(
        f"/en/days-out/?stops=market,church,garden&start={TUESDAY}&mode=walk&stay=45,20,&"
    )
    assert "No other order does better" in unescape(client.get(response["Location"]).content.decode())


def test_an_unknown_stop_is_named_and_can_be_taken_out(client: Client) -> None:
    make_three()
    text = page(client, f"stops=garden,nowhere&start={TUESDAY}", status=400)
    assert "No place has the code “nowhere”" in text
    assert stops(follow(client, text, "Remove", "nowhere")) == ["garden"]


def test_stops_no_road_connects_are_named_and_can_be_taken_out(client: Client) -> None:
    make_three()
    make_street((0, 5000), (1000, 5000))
    make_stop("beyond", 500, 5000, name="Đồi chè")
    text = page(client, "stops=garden,beyond", status=400)
    assert "No road we know leads from “Flower Garden” to “Đồi chè” (On foot)." in text
    assert stops(follow(client, text, "Remove", "beyond")) == ["garden"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("start=tomorrow", "“tomorrow” is no moment."),
        ("start=2026-13-01T08:00", "“2026-13-01T08:00” is no moment."),
        ("stay=abc", "Give minutes from 5 to 240"),
        ("stay=1", "Give minutes from 5 to 240"),
        ("stay=10,20,30", "There are more stays than stops."),
        ("mode=plane", "plane"),
        ("origin=Samarkand", "No place or address is called “Samarkand”"),
        ("origin=1-2", "Give longitude and latitude in degrees"),
        ("stops=garden&destination=107.0,11.0", "This point is 188 km from the middle of Đà Lạt"),
        ("stops=garden,garden", "“garden” is named twice."),
        ("stops=a%00b", "stops"),
        ("stops=" + ",".join(f"x{n}" for n in range(13)), "13 stops are too many for a day: take at most 12."),
    ],
)
def test_what_cannot_be_read_is_explained(client: Client, query: str, words: str) -> None:
    make_three()
    text = page(client, query if query.startswith("stops") else f"stops=garden&{query}", status=400)
    assert "The day could not be read." in text
    assert words.lower() in text.lower()


def test_a_stop_that_is_gone_is_struck_out_not_dropped(client: Client) -> None:
    make_three()
    make_place("old", name="Quán cũ", live=False, edition=make_edition("old", state="retired"))
    text = page(client, f"stops=garden,old,church&start={TUESDAY}")
    assert stops(text) == ["garden", "old", "church"]
    assert '<s lang="vi">Quán cũ</s>' in text
    assert "No longer listed" in text


def test_the_map_shows_roads_ways_and_numbered_stops(client: Client) -> None:
    make_three()
    picture = page(client, "stops=garden,church").split('<figure class="day-map">')[1].split("</figure>")[0]
    assert "<title>1. Flower Garden</title>" in picture
    assert "<title>2. Nhà thờ</title>" in picture
    # One straight street: what is drawn of it as road and as way.
    assert re.search(r'<path d="M[\d.,-]+L[^"]+" fill="none" stroke="#b8b0a2"', picture)
    assert re.search(r'<path d="M[\d.,-]+L[^"]+" fill="none" stroke="#1b5e8a"', picture)


def test_days_of_the_tourist_office_are_listed_while_published(client: Client) -> None:
    make_three()
    make_ready("Hoa và chợ", "garden", "market")
    make_ready("Chưa xong", "garden", published=False)
    text = page(client)
    assert "Hoa và chợ" in text
    assert "Chưa xong" not in text
    plan = follow(client, text, "Plan this day", "Hoa và chợ")
    assert stops(plan) == ["garden", "market"]
    assert 'value="motorbike" selected' in plan


def test_a_ready_day_shows_a_stop_that_is_gone(client: Client) -> None:
    make_three()
    make_place("old", name="Quán cũ", live=False, edition=make_edition("old", state="retired"))
    make_ready("Ngày xưa", "garden", "old")
    text = page(client)
    assert "<s>Quán cũ</s>" in text
    assert "no longer listed" in text


def test_the_page_of_a_place_leads_to_a_day_with_it(client: Client) -> None:
    make_three()
    assert 'href="/en/days-out/?stops=garden"' in client.get("/en/places/garden").content.decode()


def test_the_day_is_shared_by_link_and_qr(client: Client) -> None:
    make_three()
    assert f'value="{settings.SITE_URL}/en/days-out/?stops=garden&start={TUESDAY}&mode=walk"' in page(
        client, f"stops=garden&start={TUESDAY}"
    )
    picture = client.get(f"/days-out.svg?stops=garden&start={TUESDAY}")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml")


def test_planning_a_day_sets_no_cookie(client: Client) -> None:
    make_three()
    page(client, "stops=garden,church")
    assert not client.cookies


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ((1, 3, 10), (1, 8, 0)),
        ((1, 10, 7), (1, 10, 15)),
        ((1, 10, 15), (1, 10, 30)),
        ((1, 15, 0), (2, 8, 0)),
        ((1, 23, 50), (2, 8, 0)),
    ],
)
def test_a_day_starts_soon_or_tomorrow_morning(now: tuple[int, int, int], start: tuple[int, int, int]) -> None:
    assert usual_start(datetime(2026, 12, *now, 40, tzinfo=CITY_ZONE)) == datetime(2026, 12, *start, tzinfo=CITY_ZONE)
