"""A place that both sources have is shown once; a person has the last word, and may take it back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fixtures.osm import element
from fixtures.osm_files import write_overpass
from tests.tourism.make import MARKET
from tiles import editions, revisions
from tiles.difference import difference
from tiles.models import Dataset, Edition
from tourism.matching import queue
from tourism.matching.differences import compare_fields
from tourism.models import Match, Place

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
METRE = 1 / 110_000
HEADINGS = ("MA", "TEN", "TEN_EN", "LOAI", "KINH_DO", "VI_DO", "DIEN_THOAI", "GIO_MO_CUA", "HANG_SAO")


def row(number: str, name: str, *, north: float = 0, kind: str = "hotel", **more: Any) -> dict[str, Any]:
    """A place under the register's headings, some metres north of the market."""
    place = {"MA": number, "TEN": name, "LOAI": kind, "KINH_DO": MARKET[0], "VI_DO": MARKET[1] + north * METRE}
    return {heading: {**place, **more}.get(heading, "") for heading in HEADINGS}


PINE = row("LT1", "Khách sạn Thông Xanh", DIEN_THOAI="0263 382 2663", HANG_SAO=3)
ROSE = row("LT2", "Khách sạn Hoa Hồng", north=400)
# The same hotel 20 m further with hours and another spelling, two alike branches, and one the register has not.
OSM_PINE = row("", "KS Thong Xanh", north=20, GIO_MO_CUA="24/7", DIEN_THOAI="+84 263 3822 663")
OSM_ROSES = [row("", "Khách sạn Hoa Hồng", north=metres) for metres in (430, 440)]
OSM_LAKE = row("", "Hồ Than Thở", north=900, kind="lake")


@pytest.fixture
def staff(django_user_model: Any) -> dict[str, Any]:
    return {name: django_user_model.objects.create_superuser(name) for name in ("anna", "binh")}


@pytest.fixture
def publish(tmp_path: Path, staff: dict[str, Any]) -> Callable[[str, list[dict[str, Any]] | Path], Edition]:
    """Send places along the whole road, as the register's CSV or as OpenStreetMap's extract, or a file as it is."""
    seconds = count()

    def publish(code: str, rows: list[dict[str, Any]] | Path) -> Edition:
        if isinstance(rows, Path):
            path = rows
        elif code == "osm":
            path = write_overpass(tmp_path / "osm.json", [element(number, one) for number, one in enumerate(rows, 1)])
        else:
            path = tmp_path / f"{code}.csv"
            lines = [HEADINGS, *(one.values() for one in rows)]
            path.write_text("\n".join(",".join(map(str, line)) for line in lines))
        dataset, _ = Dataset.objects.get_or_create(layer="places", code=code, defaults={"title_vi": code})
        now = NOW + timedelta(seconds=next(seconds))
        edition = editions.stage(editions.receive(dataset, path, by=staff["anna"], now=now), by=staff["anna"], now=now)
        return release(edition, staff, now)

    return publish


def release(edition: Edition, staff: dict[str, Any], now: datetime) -> Edition:
    editions.check(edition, now=now)
    edition.refresh_from_db()
    editions.approve(edition, by=staff["binh"], now=now)
    editions.publish(edition, by=staff["binh"], now=now)
    edition.refresh_from_db()
    return edition


@pytest.fixture
def town(publish: Callable[..., Edition]) -> None:
    publish("lodging", [PINE, ROSE])
    publish("osm", [OSM_PINE, *OSM_ROSES, OSM_LAKE])


def shown() -> set[str]:
    return set(Place.objects.live().values_list("code", flat=True))


def pairs() -> dict[tuple[str, str], str]:
    return {(match.register, match.osm): match.decision for match in Match.objects.filter(state="proposed")}


def get_match(osm: str) -> Match:
    return Match.objects.get(osm=osm)


@pytest.mark.usefixtures("town")
def test_publication_proposes_pairs_and_shows_what_is_the_same_once() -> None:
    assert pairs() == {
        ("lodging-lt1", "osm-node-1"): "same",
        ("lodging-lt2", "osm-node-2"): "uncertain",
        ("lodging-lt2", "osm-node-3"): "uncertain",
    }
    # Uncertain ones and those the register has not are shown, as OpenStreetMap's.
    assert shown() == {"lodging-lt1", "lodging-lt2", "osm-node-2", "osm-node-3", "osm-node-4"}


@pytest.mark.usefixtures("town")
def test_the_revision_counts_what_is_shown() -> None:
    revision = revisions.current("places")
    assert revision is not None
    assert revision.rows == 5


def test_the_order_of_publication_changes_nothing(publish: Callable[..., Edition]) -> None:
    publish("osm", [OSM_PINE])
    assert shown() == {"osm-node-1"}
    publish("lodging", [PINE])
    assert shown() == {"lodging-lt1"}


def test_a_twin_comes_back_when_the_registers_place_leaves(
    publish: Callable[..., Edition], staff: dict[str, Any]
) -> None:
    publish("osm", [OSM_PINE])
    edition = publish("lodging", [PINE])
    editions.roll_back(edition.dataset, by=staff["binh"], now=NOW)
    assert shown() == {"osm-node-1"}


@pytest.mark.usefixtures("town")
def test_a_person_accepts_refuses_and_takes_it_back(staff: dict[str, Any]) -> None:
    before = revisions.current("places").number
    queue.accept(get_match("osm-node-2"), by=staff["anna"], now=NOW)
    assert "osm-node-2" not in shown()
    assert revisions.current("places").number == before + 1
    queue.refuse(get_match("osm-node-1"), by=staff["anna"], now=NOW)
    assert "osm-node-1" in shown()
    queue.undo(get_match("osm-node-1"), by=staff["anna"], now=NOW)
    assert "osm-node-1" not in shown()
    said = get_match("osm-node-2")
    assert (said.state, said.by, said.decided) == ("accepted", staff["anna"], NOW)


@pytest.mark.usefixtures("town")
def test_what_changes_nothing_for_the_public_makes_no_revision(staff: dict[str, Any]) -> None:
    before = revisions.current("places").number
    queue.accept(get_match("osm-node-1"), by=staff["anna"], now=NOW)
    queue.refuse(get_match("osm-node-2"), by=staff["anna"], now=NOW)
    assert revisions.current("places").number == before


def test_what_a_person_said_outlives_the_next_editions(
    town: None, publish: Callable[..., Edition], staff: dict[str, Any]
) -> None:
    queue.refuse(get_match("osm-node-1"), by=staff["anna"], now=NOW)
    queue.accept(get_match("osm-node-3"), by=staff["anna"], now=NOW)
    publish("osm", [{**OSM_PINE, "GIO_MO_CUA": "Mo-Su 06:00-23:00"}, *OSM_ROSES, OSM_LAKE])
    assert shown() == {"lodging-lt1", "lodging-lt2", "osm-node-1", "osm-node-2", "osm-node-4"}
    assert set(Match.objects.exclude(state="proposed").values_list("osm", "state")) == {
        ("osm-node-1", "refused"), ("osm-node-3", "accepted"),
    }  # fmt: skip


@pytest.mark.usefixtures("town")
def test_a_building_and_a_point_in_it_may_both_be_the_place_but_no_element_is_two_places(staff: dict[str, Any]) -> None:
    for osm in ("osm-node-2", "osm-node-3"):
        queue.accept(get_match(osm), by=staff["anna"], now=NOW)
    other = Match.objects.create(register="lodging-lt1", osm="osm-node-2", score=5, decision="uncertain")
    with pytest.raises(queue.AlreadyMatchedError, match="lodging-lt2"):
        queue.accept(other, by=staff["anna"], now=NOW)


@pytest.mark.usefixtures("town")
def test_visitors_read_whose_a_place_is(client: Client) -> None:
    page = client.get("/en/places/osm-node-4").content.decode()
    assert "© OpenStreetMap contributors" in page
    assert "ODbL 1.0" in page
    assert "Demonstration data</span></p>" not in page
    [lake] = client.get("/api/v1/places?category=lake").json()["features"]
    assert (lake["properties"]["source"], lake["properties"]["licence"]) == ("© OpenStreetMap contributors", "ODbL 1.0")
    assert '<span class="badge">OpenStreetMap</span>' in client.get("/en/places/?category=lake").content.decode()


@pytest.mark.usefixtures("town")
def test_twins_lead_to_each_other(client: Client) -> None:
    register = client.get("/en/places/lodging-lt1").content.decode()
    assert '<a href="/en/places/osm-node-1">OpenStreetMap node/1</a>' in register
    twin = client.get("/en/places/osm-node-1")
    assert twin.status_code == 200
    assert "The register has the place too" in twin.content.decode()
    assert '<a href="/en/places/lodging-lt1" lang="vi">Khách sạn Thông Xanh</a>' in twin.content.decode()


@pytest.fixture
def steward(client: Client, staff: dict[str, Any]) -> Client:
    client.force_login(staff["anna"])
    return client


@pytest.mark.usefixtures("town")
def test_a_steward_reviews_side_by_side(steward: Client) -> None:
    page = steward.get("/en/workbench/matches/").content.decode()
    assert page.index("osm-node-2") < page.index("osm-node-1")  # what is uncertain comes first
    assert "KS Thong Xanh" in page
    assert "one telephone number in common" in page
    assert "<td>Hotel</td><td>Hotel</td>" in page
    match = get_match("osm-node-1")
    answer = steward.post(f"/en/workbench/matches/{match.pk}", {"verb": "accept"}, follow=True)
    assert "lodging-lt1 and osm-node-1: the same" in answer.content.decode()
    assert get_match("osm-node-1").state == "accepted"
    assert "Undo" in steward.get("/en/workbench/matches/?state=accepted").content.decode()
    assert steward.post(f"/en/workbench/matches/{match.pk}", {"verb": "burn"}).status_code == 400


@pytest.mark.usefixtures("town")
def test_only_accepted_pairs_teach_and_each_field_goes_one_way(steward: Client, staff: dict[str, Any]) -> None:
    assert "0 pairs were accepted" in steward.get("/en/workbench/matches/proposals").content.decode()
    queue.accept(get_match("osm-node-1"), by=staff["anna"], now=NOW)
    [feature] = json.loads(steward.get("/en/workbench/matches/openstreetmap.geojson").content)["features"]
    # The telephone is written in another way only; the register's name and stars are believed, its hours are not.
    assert feature["properties"]["set"] == {"name": "Khách sạn Thông Xanh", "stars": "3"}
    assert feature["properties"]["was"] == {"name": "KS Thong Xanh", "stars": ""}
    assert (feature["id"], feature["geometry"]["type"]) == ("node/1", "Point")
    page = steward.get("/en/workbench/matches/proposals").content.decode()
    assert f'value="{get_match("osm-node-1").pk}:opening_hours"' in page


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [("opening_hours", "Mo-Su 08:00-17:00", "sáng đến tối"), ("phone", "0263 300 0001", "gọi cô Ba")],
)
def test_a_value_nobody_can_use_teaches_nothing(field: str, good: str, bad: str) -> None:
    def learns(register: str, osm: str) -> str:
        found = compare_fields(Place(**{field: register}), Place(**{field: osm}))
        return next(one.learns for one in found if one.field == field)

    assert learns(good, bad) == "osm"
    assert learns(bad, good) == "register"
    assert learns(bad, "") == learns(bad, f"{bad}?") == ""


@pytest.mark.usefixtures("town")
def test_what_is_ticked_becomes_an_edition_that_another_person_publishes(
    steward: Client, staff: dict[str, Any]
) -> None:
    queue.accept(get_match("osm-node-1"), by=staff["anna"], now=NOW)
    nothing = steward.post("/en/workbench/matches/proposals")
    assert nothing.status_code == 400
    taken = {"take": f"{get_match('osm-node-1').pk}:opening_hours"}
    told = steward.post("/en/workbench/matches/proposals", taken, follow=True).content.decode()
    edition = Edition.objects.filter(dataset__code="lodging").latest("pk")
    assert f"Edition {edition.pk} of lodging is checked" in told
    # One row differs, in what it says and not in where it lies; the public sees nothing yet.
    changed = difference(edition)["place"]
    assert {kind: found["rows"] for kind, found in changed.items()} == {
        "added": 0, "removed": 0, "reshaped": 0, "changed": 1,
    }  # fmt: skip
    assert Place.objects.live().get(code="lodging-lt1").opening_hours == ""
    assert edition.delivery.licence.endswith("opening_hours: © OpenStreetMap contributors, ODbL 1.0")
    release(edition, staff, timezone.now())
    place = Place.objects.live().get(code="lodging-lt1")
    assert (place.opening_hours, place.stars, place.source) == ("24/7", 3, "register")
    editions.roll_back(edition.dataset, by=staff["binh"], now=timezone.now())
    assert Place.objects.live().get(code="lodging-lt1").opening_hours == ""


@pytest.mark.usefixtures("town")
def test_nobody_but_stewards_passes(client: Client, django_user_model: Any) -> None:
    assert client.get("/workbench/matches/").status_code == 302
    client.force_login(django_user_model.objects.create_user("mai"))
    for path in ("", "proposals", "openstreetmap.geojson"):
        assert client.get(f"/workbench/matches/{path}").status_code == 403
    assert client.post(f"/workbench/matches/{get_match('osm-node-1').pk}", {"verb": "accept"}).status_code == 403
    assert get_match("osm-node-1").state == "proposed"
