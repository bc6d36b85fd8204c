"""What the register holds in numbers, what it lacks, and how often its pages are opened."""

from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import Permission
from django.contrib.gis.geos import Polygon
from django.test import Client
from django.utils import timezone

from portal.calendar import CITY_ZONE
from tests.tourism.make import MARKET, STATION, make_edition, make_place
from tiles import revisions
from tiles.registry import get_layer
from tourism import schedules, visits
from tourism.figures import count_places
from tourism.models import Place, Visits
from tourism.quality import ROUND, choose_round, count_gaps, walking_order

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 29, 12, tzinfo=CITY_ZONE)
TODAY = NOON.date()


def gaps() -> dict[str, int]:
    return {gap.code: gap.count for gap in count_gaps(on=TODAY)}


def test_places_are_counted_by_group_kind_and_state() -> None:
    make_place("a", opening_hours="24/7", verified_on=TODAY - timedelta(days=30))
    make_place("b", opening_hours="Mo-Su 20:00-22:00", verified_on=TODAY - timedelta(days=400))
    make_place("c", category="pharmacy")
    make_place("d", category="hotel", opening_hours="24/7")
    make_place("e", category="hotel", live=False)
    make_place("f", category="hotel", opening_hours='Mo-Su 09:00-17:00 "by appointment"')
    found = count_places(now=NOON, language="en")
    total = found.total
    assert (total.places, total.verified, total.with_hours) == (5, 1, 4)
    assert (total.open_now, total.by_appointment_now, total.unknown_now) == (2, 1, 1)
    utilities = next(group for group in found.groups if group.code == "utilities")
    assert [(kind.code, kind.places, kind.open_now) for kind in utilities.kinds] == [("atm", 2, 1), ("pharmacy", 1, 0)]
    assert total.verified_percent == 20


def test_places_are_counted_by_the_wards_of_the_day() -> None:
    for code, box, until in (
        ("old", (108.4, 11.9, 108.5, 12), date(2025, 6, 30)),
        ("west", (108.43, 11.93, 108.44, 11.95), None),
    ):
        shape = Polygon.from_bbox(box)
        shape.srid = 4326
        fields = {"code": code, "name": code, "kind": "ward", "live": True, "in_force_until": until}
        get_layer("wards").rows.objects.create(
            **fields, edition=make_edition(code), geom=shape.transform(5899, clone=True)
        )
    places = make_edition("places")
    make_place("market", MARKET, edition=places)
    make_place("station", STATION, edition=places)
    for layer in ("wards", "places"):
        revisions.grow(layer, by=None, reason="test", now=timezone.now())
    found = count_places(now=NOON, language="vi")
    assert [(ward.code, ward.places, ward.groups) for ward in found.wards] == [("west", 1, {"utilities": 1})]
    assert found.outside == 1


def test_the_feed_says_what_the_page_says(client: Client) -> None:
    make_place("a", opening_hours="24/7")
    feed = client.get("/figures/tourism.json").json()
    assert (feed["total"]["places"], feed["total"]["open_now"]) == (1, 1)
    assert "1 places in the register" in client.get("/en/figures/tourism").content.decode()


def test_a_visit_is_a_number_and_nothing_of_who_it_was(client: Client) -> None:
    make_place("a")
    visits.write()
    Visits.objects.all().delete()
    for path in ("/places/", "/en/places/", "/places/a", "/places/nothing", "/places/?near=x"):
        answer = client.get(path)
        assert not answer.cookies
    client.head("/places/")
    for path in ("/events/", "/en/days-out/"):
        client.get(path)
    # A browser that fetches ahead, as the service worker does, shows it to nobody.
    client.get("/places/", headers={"Purpose": "prefetch"})
    client.get("/places/", headers={"Sec-Purpose": "prefetch;prerender"})
    visits.write()
    visits.write()
    counted = {"list": 2, "place": 1, "events": 1, "days-out": 1}
    assert visits.visits_of(until=timezone.localdate(), days=30) == counted
    assert {field.name for field in Visits._meta.get_fields()} == {"id", "day", "page", "language", "count"}
    assert visits.visits_of(until=timezone.localdate() - timedelta(days=1), days=30) == {}


def test_gaps_are_what_places_lack() -> None:
    make_place("whole", opening_hours="24/7", phone="113", name_en="Whole", description="x", verified_on=TODAY)
    assert set(gaps().values()) == {0}
    make_place("bare")
    make_place("odd", opening_hours="when we like", phone="113", name_en="Odd", description="x", verified_on=TODAY)
    assert gaps() == {"hours": 1, "unreadable": 1, "undone": 0, "phone": 1, "english": 1, "description": 1, "stale": 1}
    Place.objects.filter(code="odd").update(opening_hours="Mo-Su 07:30-11:30; Mo-Su 14:00-17:30")
    schedules.work_out(on=TODAY)
    assert (gaps()["unreadable"], gaps()["undone"]) == (0, 1)


def test_what_only_openstreetmap_has_is_no_matter_of_the_register(client: Client) -> None:
    make_place("mine")
    make_place("theirs", source=Place.Source.OSM)
    assert count_places(now=NOON, language="en").total.places == 1
    assert gaps()["stale"] == 1
    assert [place.code for place in choose_round(on=TODAY)] == ["mine"]


def test_a_round_begins_where_it_waits_longest_and_stays_near() -> None:
    make_place("fresh", verified_on=TODAY)
    for number in range(ROUND + 5):
        spot = (MARKET[0] + number / 2000, MARKET[1])
        make_place(f"p{number:02}", spot, verified_on=TODAY - timedelta(days=1000 - number))
    found = [place.code for place in choose_round(on=TODAY)]
    assert found == [f"p{number:02}" for number in range(ROUND)]


def test_a_walk_is_nearly_as_short_as_the_shortest() -> None:
    draw = np.random.default_rng(5)
    for _each in range(20):
        points = draw.uniform(0, 1000, (7, 2))

        def length(order: Any, points: np.ndarray = points) -> float:
            return float(np.linalg.norm(np.diff(points[list(order)], axis=0), axis=1).sum())

        order = walking_order(points)
        assert sorted(order) == list(range(7))
        assert order[0] == 0
        assert length(order) <= 1.2 * min(length((0, *rest)) for rest in permutations(range(1, 7)))
    assert walking_order(np.zeros((1, 2))) == [0]


def test_a_steward_sees_what_is_missing(client: Client, django_user_model: Any) -> None:
    make_place("bare", name="Quán Không Giờ")
    steward = django_user_model.objects.create_user("lan")
    client.force_login(steward)
    assert client.get("/places/quality").status_code == 403
    steward.user_permissions.add(Permission.objects.get(codename="change_place"))
    assert client.get("/staff/")["Location"] == "/places/quality"
    steward.user_permissions.add(Permission.objects.get(codename="review_match"))
    rooms = client.get("/staff/").content.decode()
    assert 'href="/places/quality"' in rooms
    assert 'href="/workbench/matches/"' in rooms
    assert "Quán Không Giờ" in client.get("/places/quality").content.decode()
    assert "Quán Không Giờ" in client.get("/places/quality?gap=hours").content.decode()
    assert client.get("/places/quality?gap=colour").status_code == 200
