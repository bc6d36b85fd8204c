"""Tiles over HTTP, and the affine path against the standard function."""

import gzip
import random
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from tiles import baking, cache, editions, mvt, revisions
from tiles.models import Dataset, Edition
from tiles.registry import Layer, all_layers, get_layer

pytestmark = pytest.mark.usefixtures("city")

LAYERS = [
    "wards",
    "roads",
    "water",
    "green",
    "buildings",
    "parcels",
    "zones",
    "land-use",
    "prices",
    "projects",
    "places",
    "events",
    "reports",
]


def tiles_with_rows(layer: Layer, z: int) -> list[mvt.Tile]:
    return [mvt.Tile(z, x, y) for x, y, _data in mvt.bake(layer, z)]


def decoded(data: bytes) -> dict[Any, Any]:
    return mapbox_vector_tile.decode(data)


def address(layer_id: str, tile: mvt.Tile, revision: int | None = None) -> str:
    current = revisions.current(layer_id)
    number = revision if revision is not None else (current.number if current else 0)
    return f"/tiles/{layer_id}/{number}/{tile.z}/{tile.x}/{tile.y}.mvt"


def drawn(feature: dict[str, Any]) -> Any:
    """What the feature draws, without points that repeat or lie on a straight line."""
    return shapely.normalize(shapely.make_valid(shapely.geometry.shape(feature["geometry"])).simplify(0))


def has_close_points(feature: dict[str, Any]) -> bool:
    """Whether two neighbours lie within two tile units: the standard function may leave one of them out."""
    points = shapely.get_coordinates(shapely.geometry.shape(feature["geometry"]))
    return bool((np.abs(np.diff(points, axis=0)).max(axis=1) <= 2).any())


def test_all_twelve_layers_are_published(client: Client) -> None:
    body = client.get("/tiles/layers.json").json()
    assert {layer["id"] for layer in body["layers"]} == set(LAYERS)
    for layer in body["layers"]:
        assert layer["title"]["vi"]
        assert layer["title"]["en"]
        assert client.get(layer["tilejson"]).json()["tiles"][0].startswith("http://testserver/tiles/")


@pytest.mark.parametrize("layer_id", ["parcels", "zones", "land-use", "projects", "places", "water"])
@pytest.mark.parametrize("z", [12, 14, 16])
def test_the_affine_path_draws_what_the_standard_function_draws(
    layer_id: str, z: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = get_layer(layer_id)
    rows = other = 0
    for tile in tiles_with_rows(layer, z)[:40]:
        affine = decoded(mvt.render_where(layer, "live", tile, affine=True))[layer.id]["features"]
        standard = decoded(mvt.render_where(layer, "live", tile, affine=False))[layer.id]["features"]
        by_code = {feature["properties"]["code"]: feature for feature in affine}
        for feature in standard:
            twin = by_code[feature["properties"]["code"]]
            assert twin["properties"] == feature["properties"]
            assert twin["id"] == feature["id"]
            ours, theirs = drawn(twin), drawn(feature)
            apart = ours.symmetric_difference(theirs).area
            # No more than a band of one unit along the outline: the standard function cleans the ring once more.
            assert apart <= theirs.length, (tile, feature["properties"]["code"])
            other += apart > 0 and not has_close_points(twin)
            rows += 1
    assert rows or z < layer.zooms[0]
    assert other <= rows / 200


def test_a_baked_tile_equals_the_one_made_on_demand(client: Client) -> None:
    layer = get_layer("zones")
    revision = revisions.current("zones")
    assert revision
    baking_z = 13
    for x, y, baked in mvt.bake(layer, baking_z):
        _number, made = mvt.render(layer, revision.number, mvt.Tile(baking_z, x, y))
        assert made is not None
        ours, theirs = (
            sorted(decoded(data)["zones"]["features"], key=lambda f: f["properties"]["code"]) for data in (baked, made)
        )
        assert ours == theirs


def test_baking_keeps_every_tile_and_knows_the_empty_ones(client: Client, django_assert_num_queries: Any) -> None:
    layer = get_layer("wards")
    revision = revisions.current("wards")
    assert revision
    for z in range(layer.zooms[0], 12):
        for x, y, data in mvt.bake(layer, z):
            cache.keep("wards", revision.number, z, x, y, gzip.compress(data))
        cache.complete("wards", revision.number, [z])
    tile = tiles_with_rows(layer, 11)[0]
    known, empty = address("wards", tile), address("wards", mvt.Tile(11, 0, 0))
    with django_assert_num_queries(0):
        assert client.get(known).status_code == 200
        assert client.get(empty).status_code == 204


def test_a_tile_is_compressed_immutable_and_has_codes_and_ids(client: Client) -> None:
    tile = tiles_with_rows(get_layer("parcels"), 15)[0]
    answer = client.get(address("parcels", tile), HTTP_ACCEPT_ENCODING="gzip")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not answer.cookies
    found = decoded(gzip.decompress(answer.content))["parcels"]
    assert found["extent"] == 4096
    for feature in found["features"]:
        assert isinstance(feature["id"], int)
        assert re.fullmatch(r"[a-z0-9-]+-\d+-\d+", feature["properties"]["code"])
    plain = client.get(address("parcels", tile))
    assert plain.content == gzip.decompress(answer.content)
    assert "Content-Encoding" not in plain


def test_an_empty_tile_is_204(client: Client) -> None:
    answer = client.get(address("parcels", mvt.Tile(15, 0, 0)))
    assert answer.status_code == 204
    assert answer.content == b""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tiles/nothing/1/10/1/1.mvt", 404),
        ("/tiles/parcels/999999/14/1/1.mvt", 404),
        ("/tiles/parcels/1/99/1/1.mvt", 400),
        ("/tiles/parcels/1/10/1024/1.mvt", 400),
        ("/tiles/parcels/1/10/1/1024.mvt", 400),
        ("/tiles/parcels/1/10/-1/1.mvt", 400),
        ("/tiles/parcels/1/10/1.5/1.mvt", 400),
        ("/tiles/parcels/1/10/1/" + "9" * 400 + ".mvt", 400),
        ("/tiles/parcels/1/10/1/\u0661.mvt", 400),
        ("/tiles/parcels/../10/1/1.mvt", 400),
        ("/tiles/parcels/1/10/1/1%00.mvt", 400),
        ("/tiles/parcels/edition-1/10/1/1.mvt", 404),
        ("/tiles/nothing.json", 404),
        ("/tiles/styles/nothing.json", 404),
    ],
)
def test_a_wrong_address_is_answered_clearly(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["title"]


def test_malformed_addresses_never_fail_and_never_reach_the_database(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    chance = random.Random(7)
    parts = ["-1", "0", "1", "1e9", "\u0663", "%2e%2e", "x", "9" * 60, "", "99", "2", ";", "'", '"', "%00", "null"]
    for _turn in range(400):
        path = "/tiles/parcels/" + "/".join(chance.choice(parts) for _part in range(4)) + ".mvt"
        with django_assert_max_num_queries(2):
            assert client.get(path).status_code in (204, 301, 400, 404, 410), path


def test_only_one_query_makes_a_tile(client: Client, django_assert_num_queries: Any) -> None:
    tile = tiles_with_rows(get_layer("zones"), 15)[0]
    client.get(address("zones", mvt.Tile(15, 1, 1)))
    known = address("zones", tile)
    with django_assert_num_queries(1):
        client.get(known)
    with django_assert_num_queries(0):
        client.get(known)


def test_many_who_ask_for_one_tile_cost_one_query(monkeypatch: pytest.MonkeyPatch) -> None:
    tile = tiles_with_rows(get_layer("parcels"), 16)[-1]
    known = address("parcels", tile)
    made = []
    render = mvt.render

    def counted(*arguments: Any) -> Any:
        made.append(arguments)
        return render(*arguments)

    def ask(_number: int) -> int:
        try:
            return Client().get(known).status_code
        finally:
            connection.close()

    monkeypatch.setattr(mvt, "render", counted)
    with ThreadPoolExecutor(8) as visitors:
        assert set(visitors.map(ask, range(24))) == {200}
    assert len(made) == 1


def test_a_tile_of_a_withdrawn_revision_is_gone(client: Client) -> None:
    reviewer = get_user_model().objects.get(username="reviewer")
    dataset = Dataset.objects.get(layer="projects", code="city")
    tile = tiles_with_rows(get_layer("projects"), 14)[0]
    withdrawn = address("projects", tile)
    assert client.get(withdrawn).status_code == 200
    editions.roll_back(dataset, by=reviewer, now=timezone.now())
    cache.forget("projects", [1])  # as after the commit
    assert client.get(withdrawn).status_code == 410
    assert client.get(address("projects", tile)).status_code == 204


def test_only_planners_see_a_tile_of_an_edition(client: Client) -> None:
    edition = Edition.objects.get(dataset__layer="projects", dataset__code="city")
    tile = tiles_with_rows(get_layer("projects"), 14)[0]
    preview = f"/tiles/projects/edition-{edition.pk}/{tile.z}/{tile.x}/{tile.y}.mvt"
    assert client.get(preview).status_code == 404
    client.force_login(get_user_model().objects.get(username="agent-urban"))
    assert client.get(preview).status_code == 404
    client.force_login(get_user_model().objects.get(username="planner"))
    answer = client.get(preview)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


def test_retired_rows_are_in_no_index_that_a_public_question_uses() -> None:
    # A view keeps no rows, and so no retired ones.
    for layer in (one for one in all_layers() if one.rows._meta.managed):
        indexes = {index.name: index for index in layer.rows._meta.indexes}
        spatial = indexes[f"{layer.rows._meta.model_name}_live_shape"]
        assert spatial.condition == Q(live=True)
    plan = get_layer("parcels").rows.objects.at(108.4385, 11.9425).explain()
    assert "_live_" in plan
    assert "Seq Scan" not in plan


def test_tilejson_names_the_revision_and_lives_a_minute(client: Client) -> None:
    answer = client.get("/tiles/zones.json")
    revision = revisions.current("zones")
    assert revision
    body = answer.json()
    assert body["tilejson"] == "3.0.0"
    assert body["tiles"] == [f"http://testserver/tiles/zones/{revision.number}/{{z}}/{{x}}/{{y}}.mvt"]
    assert body["attribution"] == "CC0-1.0 (dữ liệu minh họa)"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert client.get("/tiles/zones.json", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


@pytest.mark.parametrize("name", ["base", "planning", "tourism"])
def test_a_style_names_no_outside_address(client: Client, name: str) -> None:
    body = client.get(f"/tiles/styles/{name}.json").content.decode()
    assert set(re.findall(r"https?://([^/\"]+)", body)) <= {"testserver"}
    assert '"version": 8' in body


def test_every_layer_bakes() -> None:
    for layer in all_layers():
        revision = revisions.current(layer.id)
        if revision is not None and revision.rows:
            assert any(True for z in range(layer.zooms[0], layer.zooms[1] + 1) for _tile in mvt.bake(layer, z)), (
                layer.id
            )


def test_a_bake_never_serves_rows_of_another_revision() -> None:
    assert baking.bake(get_layer("reports")) == 0
