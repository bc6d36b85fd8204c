"""Real files of Đà Lạt go the one road to the public and back, when they are there."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from planning.models import Parcel, Share
from tiles import editions, revisions
from tiles.geometry import SURVEY_SRID, System, reproject
from tiles.ingest.pipeline import Options
from tiles.models import Dataset, Edition
from tiles.registry import get_layer
from tourism.models import Place

DATA = Path(os.environ.get("CITY_REAL_DATA") or Path(__file__).parents[2].parent / "shared" / "data")
FOREST = "real/dalat_forest_plan_cam_ly.geojson.gz"
PARCELS = "real/dalat_parcels_vn2000.gpkg"
OSM = {
    "roads": "dalat_osm_roads.geojson",
    "water": "dalat_osm_water.geojson",
    "green": "dalat_osm_green.geojson",
    "buildings": "dalat_osm_buildings.geojson",
}

pytestmark = [
    pytest.mark.usefixtures("city"),
    pytest.mark.slow,
    pytest.mark.skipif(
        not all((DATA / name).exists() for name in (FOREST, PARCELS, *OSM.values())),
        reason=f"the real data are not in {DATA}: put them there, or name their folder in CITY_REAL_DATA",
    ),
]


def brought(layer: str, dataset: str, name: str, *repairs: str) -> Edition:
    """Receive, stage and check a file; the planner accepts `repairs`."""
    planner, now = get_user_model().objects.get(username="planner"), timezone.now()
    into, _made = Dataset.objects.get_or_create(layer=layer, code=dataset, defaults={"title_vi": dataset})
    delivery = editions.receive(into, DATA / name, by=planner, now=now, licence="test")
    edition = editions.stage(delivery, by=planner, now=now, options=Options(repairs=frozenset(repairs)))
    editions.check(edition, now=now)
    edition.refresh_from_db()
    return edition


def published(*chosen: Edition) -> None:
    """Approve and publish editions in one release."""
    reviewer = get_user_model().objects.get(username="reviewer")
    for edition in chosen:
        editions.approve(edition, by=reviewer, now=timezone.now())
    editions.release(chosen, by=reviewer, now=timezone.now())


def live_state(layer: str) -> set[tuple[str, int, int]]:
    """The live editions of a layer, each with the number of its live rows."""
    models = editions.row_models(get_layer(layer))
    return {
        (edition.dataset.code, edition.pk, sum(m.objects.filter(live=True, edition=edition).count() for m in models))
        for edition in Edition.objects.filter(dataset__layer=layer, state=Edition.State.LIVE).select_related("dataset")
    }


def rolled_back(*chosen: Edition) -> None:
    """Take editions back."""
    reviewer = get_user_model().objects.get(username="reviewer")
    for edition in chosen:
        editions.roll_back(edition.dataset, by=reviewer, now=timezone.now())


@pytest.fixture(scope="module")
def broken_rows() -> tuple[set[int], set[int]]:
    """The rows of the forest plan with an invalid and with an empty polygon, read without the import."""
    features = json.loads(gzip.decompress((DATA / FOREST).read_bytes()))["features"]
    given = np.array([json.dumps(feature["geometry"]) for feature in features], dtype=object)
    shapes = shapely.from_geojson(given, on_invalid="ignore")
    empty = shapely.is_empty(shapes)
    moved = reproject(np.where(shapely.is_missing(shapes), shapely.Polygon(), shapes), System(4326), SURVEY_SRID)
    invalid = shapely.is_missing(shapes) | ~shapely.is_valid(moved)
    return set((np.flatnonzero(invalid) + 1).tolist()), set((np.flatnonzero(empty) + 1).tolist())


@pytest.mark.parametrize("layer", sorted(OSM))
def test_a_layer_of_openstreetmap_is_published_beside_the_city_and_taken_back(layer: str) -> None:
    before = live_state(layer)
    edition = brought(layer, "osm", OSM[layer], "geometry-wrong-kind")
    assert edition.state == Edition.State.CHECKED
    published(edition)
    assert live_state(layer) == before | {("osm", edition.pk, edition.rows)}
    assert edition.rows > 30
    rolled_back(edition)
    assert live_state(layer) == before


def test_points_among_the_buildings_block_until_the_planner_leaves_them_out() -> None:
    edition = brought("buildings", "osm", OSM["buildings"])
    points = edition.issues.filter(code="geometry-wrong-kind")
    assert edition.state == Edition.State.STAGED
    assert points.count() == 8
    assert all(issue.blocks and issue.row and issue.place for issue in points)


def test_every_invalid_polygon_of_the_forest_plan_is_an_issue_with_row_and_place_and_blocks(
    broken_rows: tuple[set[int], set[int]],
) -> None:
    invalid, empty = broken_rows
    edition = brought("land-use", "forest-cam-ly", FOREST)
    assert edition.state == Edition.State.STAGED
    found = list(edition.issues.filter(code="geometry-invalid"))
    assert {issue.row for issue in found} == invalid
    assert len(found) == len(invalid) > 500
    assert all(issue.blocks and issue.place and issue.original["geometry_wkt"] for issue in found)
    nothing = list(edition.issues.filter(code="geometry-empty"))
    assert {issue.row for issue in nothing} == empty
    assert all(issue.blocks for issue in nothing)
    with pytest.raises(editions.NotAllowedError):
        published(edition)


def test_the_accepted_repair_is_recorded_and_real_parcels_get_their_shares(
    broken_rows: tuple[set[int], set[int]],
) -> None:
    before = live_state("land-use"), live_state("parcels")
    numbers = [revisions.current(layer).number for layer in ("land-use", "parcels")]  # type: ignore[union-attr]
    forest = brought("land-use", "forest-cam-ly", FOREST, "geometry-invalid", "geometry-empty")
    west = brought("parcels", "real-west", PARCELS, "geometry-invalid")
    assert forest.state == west.state == Edition.State.CHECKED
    invalid, empty = broken_rows
    done = forest.issues.filter(code__in=("geometry-invalid", "geometry-empty"))
    assert {issue.row for issue in done} == invalid | empty
    assert {issue.repair for issue in done} == {"make-valid", "leave-out"}
    assert forest.rows == 6398 - done.filter(repair="leave-out").count()
    assert west.rows == 7654
    published(forest, west)

    concerned = (
        Share.objects.filter(plan_edition_id=forest.pk).order_by("parcel_id").values_list("parcel_id", flat=True)
    )
    chosen = Parcel.objects.of(west).filter(pk__in=list(concerned)).order_by("row")
    assert chosen.count() > 400
    for parcel in chosen[:10]:
        assert_shares_add_up(Client().get(f"/api/v1/parcels/{parcel.code}").json(), "forest-cam-ly")

    rolled_back(forest, west)
    assert (live_state("land-use"), live_state("parcels")) == before
    after = [revisions.current(layer).number for layer in ("land-use", "parcels")]  # type: ignore[union-attr]
    assert after == [number + 2 for number in numbers]
    assert Client().get(f"/api/v1/parcels/{chosen[0].code}").status_code == 404


def assert_shares_add_up(extract: dict[str, Any], plan: str) -> None:
    """In every plan of an extract shares + gap - overlap is the whole parcel; `plan` is among them."""
    concerned = [answer for answer in extract["answers"] if answer["status"] == "concerned"]
    assert plan in {answer["plan"]["code"] for answer in concerned}
    for answer in concerned:
        area_m2 = extract["area_measured_m2"]
        pieces_m2 = sum(zone["area_m2"] for zone in answer["zones"])
        assert (pieces_m2 + answer["gap_m2"] - answer["overlap_m2"]) / area_m2 == pytest.approx(1, abs=0.001)
        shares = sum(zone["share"] for zone in answer["zones"])
        assert shares == pytest.approx(pieces_m2 / area_m2, abs=0.001)


def test_named_buildings_of_openstreetmap_become_places_of_their_own() -> None:
    edition = brought("places", "osm", OSM["buildings"])
    assert edition.state == "checked"
    places = {place.reference: place for place in Place.objects.of(edition)}
    market = places["relation/4119185"]
    assert (market.name, market.name_en, market.category) == ("Chợ Đà Lạt", "Dalat Market", "market")
    assert {"hotel", "church"} <= {place.category for place in places.values()}
    # Houses are no places; they are counted, not guessed.
    (unknown,) = edition.issues.filter(code="osm-unknown-kind")
    assert unknown.values["count"] > 2000
    published(edition)
    assert Place.objects.live().get(reference="relation/4119185").source == "osm"
