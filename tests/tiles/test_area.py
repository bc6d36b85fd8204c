"""What tiles an area takes: asked before it is kept for offline."""

import gzip
import json
import re
from typing import Any

import pytest
from django.test import Client, override_settings

from tiles import cache
from tiles.area import MOST_TILES, ZOOMS, find_tiles, is_too_large, parse_box, tiles_at
from tiles.models import Revision
from tiles.registry import get_layer

CENTRE = (108.43, 11.935, 108.45, 11.95)


def test_tiles_of_a_box_are_those_of_the_web_mercator_quad() -> None:
    # The tile of Hồ Xuân Hương, as every map names it.
    columns, rows = tiles_at((108.4419, 11.9404, 108.4419, 11.9404), 14)
    assert (list(columns), list(rows)) == ([13127], [7644])
    columns, rows = tiles_at(CENTRE, 16)
    assert len(columns) * len(rows) == 4 * 4


def test_a_country_is_too_large_and_a_city_is_not() -> None:
    assert is_too_large((102.0, 8.0, 110.0, 23.0))
    assert not is_too_large((108.3, 11.8, 108.6, 12.05))
    assert MOST_TILES == 4096


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "108.5,11.9,108.4,12", "0,0,0,91", "nan,0,0,0", "1e9,0,0,0", "٣,0,5,5"]
)
def test_boxes_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_box(text)


def test_empty_tiles_are_not_named_and_unknown_ones_weigh_as_the_others(tmp_path: Any) -> None:
    roads, z = get_layer("roads"), 16
    columns, rows = tiles_at(CENTRE, z)
    heavy = gzip.compress(b"roads" * 1000)
    with override_settings(TILES_ROOT=str(tmp_path)):
        cache.keep("roads", 7, z, columns[0], rows[0], heavy)
        cache.keep("roads", 7, z, columns[0], rows[1], b"")
        cache.complete("roads", 7, range(ZOOMS[0], z))
        found = find_tiles(roads, 7, CENTRE)
        assert f"{z}/{columns[0]}/{rows[0]}" in found.tiles
        assert f"{z}/{columns[0]}/{rows[1]}" not in found.tiles
        unknown = len(columns) * len(rows) - 1
        assert len(found.tiles) == unknown
        assert found.bytes == len(heavy) * unknown
        cache.complete("roads", 7, [z])
        assert find_tiles(roads, 7, CENTRE).tiles == (f"{z}/{columns[0]}/{rows[0]}",)


@pytest.mark.usefixtures("city")
def test_every_tile_that_is_named_is_there(client: Client) -> None:
    wanted = {"roads", "places"}
    box = ",".join(map(str, CENTRE))
    body = json.loads(client.get(f"/tiles/area.json?bbox={box}&layers=roads,places,nothing").content)
    assert set(body["layers"]) == wanted
    for layer, found in body["layers"].items():
        assert found["revision"] == Revision.objects.filter(layer=layer).latest("number").number
        assert found["tiles"]
        for tile in found["tiles"][:5]:
            assert client.get(f"/tiles/{layer}/{found['revision']}/{tile}.mvt").status_code in (200, 204)
    assert body["bytes"] == sum(found["bytes"] for found in body["layers"].values())


@pytest.mark.parametrize("query", ["", "?bbox=1,2", "?bbox=102,8,110,23"])
@pytest.mark.django_db
def test_areas_that_cannot_be_kept_are_explained_in_both_languages(client: Client, query: str) -> None:
    answer = client.get(f"/tiles/area.json{query}")
    assert answer.status_code == 400
    assert " / " in json.loads(answer.content)["title"]
