"""Events on the map and in the one search."""

from typing import Any

import mapbox_vector_tile
import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone

from portal.search.find import find
from tests.tourism.events.make import NOW, at, make_event, make_steward
from tests.tourism.make import MARKET, STATION, make_edition, make_place
from tiles import revisions
from tiles.models import Edition
from tourism.events import changes, layers
from tourism.events.models import EventMark
from tourism.models import Place

pytestmark = pytest.mark.django_db
# A publication of places.
MOVED = revisions.Replacement("utilities", 1, 2)


@pytest.fixture
def _first_of_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers.timezone, "now", lambda: NOW)


def drawn(client: Client) -> dict[str, dict[str, Any]]:
    number = revisions.current("events").number
    response = client.get(f"/tiles/events/{number}/10/820/477.mvt")
    if response.status_code == 204:
        return {}
    features = mapbox_vector_tile.decode(response.getvalue())["events"]["features"]
    return {one["properties"]["code"]: one["properties"] for one in features}


def test_the_map_draws_what_the_public_sees_with_its_last_day(client: Client) -> None:
    make_event()
    make_event("festival", all_day=True, starts=at(18), ends=at(27), name_en="Festival")
    make_event("market", rule="FREQ=DAILY")
    make_event("off", state="cancelled", reason_vi="Bão", reason_en="Storm")
    make_event("draft", state="draft")
    marks = drawn(client)
    assert set(marks) == {"concert", "festival", "market", "off"}
    assert marks["concert"]["name_en"] == "Concert"
    assert [marks[code].get("in_force_until") for code in ("concert", "festival", "market")] == [
        "2026-12-05",
        "2026-12-27",
        None,
    ]
    assert marks["off"]["state"] == "cancelled"
    about = {one["id"]: one for one in client.get("/tiles/layers.json").json()["layers"]}["events"]
    assert about["attribution"] == ""
    assert (about["dated"], about["visible"], about["url"]) == (True, True, "/events/{code}")


def test_every_change_the_public_sees_is_a_new_revision(client: Client) -> None:
    make_event("draft", state="draft")
    assert revisions.current("events") is None
    event = make_event()
    assert (revisions.current("events").number, revisions.current("events").reason) == (1, "concert")
    event.state, event.reason_vi, event.reason_en = "cancelled", "Bão", "Storm"
    changes.save(event, by=make_steward(), now=NOW)
    assert revisions.current("events").number == 2
    assert drawn(client)["concert"]["state"] == "cancelled"


def test_an_event_goes_where_its_place_goes_and_stays_when_it_leaves() -> None:
    make_place("hall", MARKET)
    make_event(place="hall")
    number = revisions.current("events").number
    Place.objects.update(live=False)
    Edition.objects.update(state="retired")
    make_place("hall", STATION, edition=make_edition())
    revisions.grow("places", by=None, reason="hours", now=NOW)
    assert revisions.current("events").number == number, "hours move no place"
    revisions.grow("places", by=None, reason="moved", now=NOW, datasets=[MOVED])
    assert revisions.current("events").number == number + 1
    station = Point(*STATION, srid=4326).transform(5899, clone=True)
    assert EventMark.objects.live().get().geom.distance(station) < 0.1
    Place.objects.update(live=False)
    Edition.objects.update(state="retired")
    assert EventMark.objects.live().get().geom.distance(station) < 0.1


def test_places_that_move_leave_events_at_none_alone() -> None:
    make_event()
    revisions.grow("places", by=None, reason="moved", now=NOW, datasets=[MOVED])
    assert revisions.current("events").number == 1


def test_events_written_before_the_map_showed_any_are_put_on_it_once() -> None:
    make_event()
    revisions.current("events").delete()
    changes.draw_first()
    changes.draw_first()
    assert (revisions.current("events").number, revisions.current("events").reason) == (1, "first")


@pytest.mark.usefixtures("_first_of_december")
def test_the_search_finds_what_goes_on_or_comes() -> None:
    make_event("hoa-nhac", address="Bảo tàng, 4 Hùng Vương")
    make_event("over", starts=at(1, 6), ends=at(1, 8))
    make_event("draft", state="draft")
    for text, language in (("hoa nhac", "vi"), ("hoà nhạc", "vi"), ("concert", "en"), ("concrt", "en")):
        [hit] = [one for one in find(text, limit=10, language=language) if one.kind == "event"]
        assert (hit.code, hit.layer, hit.lon) == ("hoa-nhac", "events", 108.4662)
    assert (hit.title, hit.url) == ("Concert", "/en/events/hoa-nhac")
    assert hit.subtitle == "Event, 05/12/2026 19:00, Bảo tàng, 4 Hùng Vương"


@pytest.mark.usefixtures("_first_of_december")
def test_the_search_says_that_an_event_is_cancelled_and_where_it_would_have_been() -> None:
    make_place("hall", name="Nhà hát", name_en="Theatre")
    make_event(place="hall", address="", all_day=True, state="cancelled", reason_vi="Bão", reason_en="Storm")
    [hit] = [one for one in find("concert", limit=5, language="en") if one.kind == "event"]
    assert hit.subtitle == "Cancelled, 05/12/2026, Theatre"


def test_the_page_of_the_search_leads_to_the_event(client: Client) -> None:
    today = timezone.now()
    make_event(starts=today, ends=today.replace(year=today.year + 1), now=today)
    assert (
        '<a href="/en/events/concert"><strong>Concert</strong></a>'
        in client.get("/en/search/?q=concert").content.decode()
    )


def test_the_comparison_of_two_dates_knows_no_events(client: Client) -> None:
    page = client.get("/en/compare/").content.decode()
    assert '<option value="zones"' in page
    assert '<option value="events"' not in page
