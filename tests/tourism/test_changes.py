"""A program that keeps a copy of the register asks what changed since, and misses nothing."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.gis.geos import Polygon
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from tests.tourism.make import MARKET, STATION, make_edition, make_place
from tiles import revisions
from tiles.models import Edition
from tiles.registry import get_layer
from tourism import notices
from tourism.models import Place, PlaceText

pytestmark = pytest.mark.django_db
LIST = "/api/v1/places"


def publish(places: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Publish these places in the place of all others."""
    Place.objects.update(live=False)
    Edition.objects.update(state="retired")
    edition = make_edition(state="live")
    for code, fields in places:
        make_place(code, edition=edition, **fields)
    revisions.grow("places", by=None, reason="test", now=timezone.now())


def ask(client: Client, since: str, more: str = "") -> dict[str, Any]:
    answer = client.get(LIST, {"updated_since": since} | dict([more.split("=")] if more else []))
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def codes(answer: dict[str, Any]) -> list[str]:
    return [feature["properties"]["code"] for feature in answer["features"]]


def test_a_copy_follows_what_changed_and_what_is_gone(client: Client) -> None:
    publish([("a", {"phone": "113"}), ("b", {}), ("c", {})])
    first = ask(client, "2026-01-01")
    assert (codes(first), first["gone"]) == (["a", "b", "c"], [])
    publish([("a", {"phone": "114"}), ("b", {}), ("d", {})])
    second = ask(client, first["as_of"])
    assert set(codes(second)) >= {"a", "d"}
    assert [one["code"] for one in second["gone"]] == ["c"]
    third = ask(client, second["as_of"])
    assert codes(ask(client, "2099-01-01")) == []
    assert "b" not in codes(third)
    assert all(feature["properties"]["updated"] >= second["as_of"][:19] for feature in third["features"])


def test_a_new_edition_with_the_same_content_changes_nothing(client: Client) -> None:
    publish([("a", {"phone": "113"}), ("b", {})])
    moments = {f["properties"]["code"]: f["properties"]["updated"] for f in ask(client, "2026-01-01")["features"]}
    publish([("b", {}), ("a", {"phone": "113"})])
    after = {f["properties"]["code"]: f["properties"]["updated"] for f in ask(client, "2026-01-01")["features"]}
    assert after == moments


def test_a_place_that_comes_back_is_no_longer_gone(client: Client) -> None:
    publish([("a", {})])
    publish([])
    assert [one["code"] for one in ask(client, "2026-01-01")["gone"]] == ["a"]
    publish([("a", {})])
    answer = ask(client, "2026-01-01")
    assert (codes(answer), answer["gone"]) == (["a"], [])


def test_what_is_gone_comes_once_with_the_first_page(client: Client) -> None:
    publish([(code, {}) for code in "abcd"])
    publish([(code, {}) for code in "abc"])
    first = client.get(LIST, {"updated_since": "2026-01-01", "limit": 2}).json()
    second = client.get(first["next"]).json()
    assert [one["code"] for one in first["gone"]] == ["d"]
    assert (codes(second), second["gone"]) == (["c"], [])


def test_the_table_holds_what_the_list_holds(client: Client) -> None:
    publish(
        [("a", {"name": 'Quán "Ngon", 2 tầng', "opening_hours": "24/7"}), ("b", {"name": "=1+1", "phone": "+84 263"})]
    )
    answer = client.get(f"{LIST}.csv?fields=name,open,phone")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["code"], row["name"], row["open"], row["phone"]) for row in rows] == [
        ("a", 'Quán "Ngon", 2 tầng', "true", ""),
        ("b", "'=1+1", "", "+84 263"),  # a spreadsheet would reckon it
    ]
    assert float(rows[0]["lon"]) == pytest.approx(MARKET[0], abs=1e-6)
    first = client.get(f"{LIST}.csv?limit=1")
    following = first["Link"].removeprefix("<").split(">")[0]
    assert [row["code"] for row in csv.DictReader(io.StringIO(client.get(following).content.decode("utf-8-sig")))] == [
        "b"
    ]


def test_who_has_the_answer_is_told_so(client: Client) -> None:
    make_place("a")
    for address in (LIST, f"{LIST}/a", f"{LIST}.csv"):
        tag = client.get(address)["ETag"]
        again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
    Place.objects.update(phone="113")
    assert client.get(LIST, headers={"if-none-match": tag}).status_code == 200


def test_an_area_holds_what_lies_in_it(client: Client) -> None:
    make_place("market", MARKET)
    make_place("station", STATION)
    around = "((108.43 11.94,108.44 11.94,108.44 11.95,108.43 11.95,108.43 11.94))"
    assert codes(client.get(LIST, {"polygon": f"POLYGON{around}"}).json()) == ["market"]
    both = f"MULTIPOLYGON({around},((108.45 11.94,108.46 11.94,108.46 11.95,108.45 11.94)))"
    assert codes(client.get(LIST, {"polygon": both}).json()) == ["market", "station"]


def test_a_ward_holds_what_lies_in_it(client: Client) -> None:
    make_place("market", MARKET)
    make_place("station", STATION)
    west = Polygon.from_bbox((108.43, 11.93, 108.44, 11.95))
    west.srid = 4326
    make_ward = get_layer("wards").rows.objects.create
    make_ward(
        code="west",
        name="Tây",
        kind="ward",
        live=True,
        edition=make_edition("w"),
        geom=west.transform(5899, clone=True),
    )
    assert codes(client.get(LIST, {"ward": "west"}).json()) == ["market"]


def test_a_notice_and_a_text_in_a_further_language_are_changes(client: Client) -> None:
    publish([("a", {}), ("b", {}), ("c", {})])
    before = ask(client, "2026-01-01")["as_of"]
    lan, now = User.objects.create_user("lan"), timezone.now()
    place = Place.objects.get(code="b")
    notice = notices.close(place, first=now.date(), last=None, reason_vi="Sửa mái", by=lan, now=now)
    closed = ask(client, before)
    assert "a" not in moved(closed, before)
    assert "b" in moved(closed, before)
    notices.end(notice, by=lan, now=now)
    assert "b" in moved(ask(client, closed["as_of"]), closed["as_of"])
    again = ask(client, "2026-01-01")["as_of"]
    PlaceText.objects.create(edition=place.edition, code="x", live=True, place="c", language="fr", name="Distributeur")
    revisions.grow("places", by=None, reason="test", now=timezone.now())
    assert moved(ask(client, again), again) == {"c"}


def moved(answer: dict[str, Any], since: str) -> set[str]:
    """Return the places that changed after a moment; the one it was read from is asked for again."""
    told = [feature["properties"] for feature in answer["features"]]
    return {its["code"] for its in told if datetime.fromisoformat(its["updated"]) > datetime.fromisoformat(since)}
