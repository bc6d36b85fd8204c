import re
from datetime import datetime
from html import unescape
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar

from portal.calendar import CITY_ZONE
from tests.tourism.days_out.make import TUESDAY, make_three

pytestmark = pytest.mark.django_db

DAY = f"stops=garden,church,market&start={TUESDAY}"
GPX = "{http://www.topografix.com/GPX/1/1}"


@pytest.fixture
def gpx(client: Client) -> bytes:
    make_three()
    response = client.get(f"/en/days-out.gpx?{DAY}")
    assert response["Content-Type"] == "application/gpx+xml"
    assert response["Content-Disposition"] == 'attachment; filename="days-out.gpx"'
    return response.content


def test_gpx_holds_the_stops_as_waypoints_and_route_and_the_ways_as_track(gpx: bytes) -> None:
    root = ElementTree.fromstring(gpx)
    for stops in ("wpt", "rte/rtept"):
        names = [name.text for name in root.findall(f"{stops}/name".replace("/", f"/{GPX}").join((GPX, "")))]
        assert names == ["Flower Garden", "Nhà thờ", "Chợ"]
    assert root.findtext(f"{GPX}metadata/{GPX}name") == "Day out in Đà Lạt, 01/12/2026"
    segments = root.findall(f"{GPX}trk/{GPX}trkseg")
    assert len(segments) == 2
    # Each way begins where the one before ends.
    ends = [[(one[n].get("lat"), one[n].get("lon")) for n in (0, -1)] for one in segments]
    assert ends[0][1] == ends[1][0]


def test_gpx_follows_the_order_of_version_1_1(gpx: bytes) -> None:
    root = ElementTree.fromstring(gpx)
    assert (root.tag, root.get("version")) == (f"{GPX}gpx", "1.1")
    assert root.get("creator")
    order = [child.tag.removeprefix(GPX) for child in root]
    assert order == sorted(order, key=["metadata", "wpt", "rte", "trk"].index)
    # The sequence of the schema: name, cmt, desc, src, link, sym, type.
    sequence = ["name", "cmt", "desc", "src", "link", "sym", "type"]
    for point in root.findall(f"{GPX}wpt"):
        inside = [child.tag.removeprefix(GPX) for child in point]
        assert inside == sorted(inside, key=sequence.index)
        assert re.fullmatch(r"11\.\d+", point.get("lat", ""))
        assert re.fullmatch(r"108\.\d+", point.get("lon", ""))


def test_gpx_tells_what_stands_against_a_stop(gpx: bytes) -> None:
    [*_open, market] = ElementTree.fromstring(gpx).findall(f"{GPX}wpt/{GPX}desc")
    assert "Closed when you arrive" in str(market.text)


def test_gpx_links_back_to_the_day_and_the_places(gpx: bytes) -> None:
    root = ElementTree.fromstring(gpx)
    link = root.find(f"{GPX}metadata/{GPX}link")
    assert link is not None
    assert link.get("href") == f"{settings.SITE_URL}/en/days-out/?{DAY}&mode=walk"
    third = root.findall(f"{GPX}wpt/{GPX}link")[2]
    assert third.get("href") == f"{settings.SITE_URL}/en/places/market"


def test_ical_has_an_event_a_stop_in_the_citys_time(client: Client) -> None:
    make_three()
    response = client.get(f"/en/days-out.ics?{DAY}")
    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    garden, church, _market = calendar.walk("VEVENT")
    assert garden["SUMMARY"] == "Flower Garden"
    assert garden["DTSTART"].dt == datetime(2026, 12, 1, 8, tzinfo=CITY_ZONE)
    assert church["DTSTART"].dt == datetime(2026, 12, 1, 9, 20, tzinfo=CITY_ZONE)
    assert garden["URL"] == f"{settings.SITE_URL}/en/places/garden"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]


def test_ical_tells_a_closed_stop_as_one_that_does_not_take_place(client: Client) -> None:
    make_three()
    calendar = Calendar.from_ical(client.get(f"/en/days-out.ics?{DAY}").content)
    garden, _church, market = calendar.walk("VEVENT")
    assert (market["STATUS"], market["TRANSP"], market["SUMMARY"]) == ("CANCELLED", "TRANSPARENT", "Closed: Chợ")
    assert "DTEND" not in market
    assert "does not open again on this day" in str(market["DESCRIPTION"])
    assert garden.end > garden.start
    assert "STATUS" not in garden


def test_where_the_day_starts_and_ends_keeps_its_name_wherever_the_day_goes(client: Client) -> None:
    make_three()
    typed = f"{DAY}&origin=flower garden&destination=11.94,108.44"
    text = unescape(client.get(f"/en/days-out/?{typed}").content.decode())
    [shared] = re.findall(r'id="day-link" readonly value="[^"]*\?([^"]*)"', text)
    assert parse_qs(shared)["origin"][0].startswith("flower garden (11.9")
    again = unescape(client.get(f"/en/days-out/?{shared}").content.decode())
    assert "You start at: flower garden" in text
    assert "You start at: flower garden" in again
    assert f'value="{parse_qs(shared)["origin"][0]}"' in again

    route = ElementTree.fromstring(client.get(f"/en/days-out.gpx?{shared}").content).findall(f"{GPX}rte/{GPX}rtept")
    assert [point.findtext(f"{GPX}name") for point in (route[0], route[-1])] == ["flower garden", "End of the day"]
    garden, *_others = Calendar.from_ical(client.get(f"/en/days-out.ics?{shared}").content).walk("VEVENT")
    assert str(garden["DESCRIPTION"]).startswith("You start at: flower garden\n")
    told = client.get(f"/api/v1/days-out?{shared}").json()
    assert (told["origin"]["name"], told["destination"]) == (
        "flower garden", {"name": None, "coordinates": [108.44, 11.94]},
    )  # fmt: skip


def test_ical_of_the_same_day_replaces_itself(client: Client) -> None:
    make_three()
    first, again, other = (
        {str(event["UID"]) for event in Calendar.from_ical(client.get(f"/days-out.ics?{query}").content).walk("VEVENT")}
        for query in (DAY, DAY, DAY.replace("08:00", "09:00"))
    )
    assert first == again
    assert len(first) == 3
    assert not first & other


@pytest.mark.parametrize("name", ["days-out.gpx", "days-out.ics"])
def test_without_a_day_the_page_says_what_is_missing(client: Client, name: str) -> None:
    response = client.get(f"/{name}?stops=nowhere")
    assert (response.status_code, response["Location"]) == (302, "/days-out/?stops=nowhere")
