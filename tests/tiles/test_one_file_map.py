"""A layer as one HTML file: whole, without network, and no place for a supplier's markup."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from planning.models import Road
from tiles import one_file_map
from tiles.registry import get_layer

pytestmark = pytest.mark.usefixtures("city")

# What a browser fetches by itself.
FETCHED = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""")


def features(page: str) -> list[dict[str, object]]:
    found = re.search(r"_add\((\{\"features\".*?\})\);\n", page, re.DOTALL)
    assert found
    return list(json.loads(found[1])["features"])


def test_every_live_row_is_in_the_file_and_nothing_is_fetched() -> None:
    page = one_file_map.one_file_map(get_layer("zones"))
    assert len(features(page)) == get_layer("zones").rows.objects.live().count()
    without_scripts = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not FETCHED.search(without_scripts)


def test_bounds_leave_out_what_lies_elsewhere() -> None:
    layer = get_layer("parcels")
    west, south, east, north = layer.rows.objects.live().first().geom.transform(4326, clone=True).extent  # type: ignore[union-attr]
    some = features(one_file_map.one_file_map(layer, bounds=(west, south, east, north)))
    assert 0 < len(some) < layer.rows.objects.live().count()


def test_markup_in_a_name_stays_text() -> None:
    road = Road.objects.live().first()
    assert road
    Road.objects.filter(pk=road.pk).update(name="<img src=x onerror=alert(1)></script>")
    page = one_file_map.one_file_map(get_layer("roads"))
    [name] = {str(feature["properties"]["name"]) for feature in features(page) if "onerror" in str(feature)}  # type: ignore[index]
    assert name == "&lt;img src=x onerror=alert(1)&gt;&lt;/script&gt;"


def test_the_command_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "roads.html"
    for arguments, words in (
        (["roads", "--to", str(tmp_path / "roads.pdf")], "written as .html"),
        (["roads", "--to", str(target), "--bbox", "1,2,3"], "four numbers"),
        (["roads", "--to", str(target), "--bbox", "108.5,12,108.4,11"], "west before east"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("export_map", *arguments)
    monkeypatch.setattr("tiles.one_file_map.MAX_ROWS", 3)
    with pytest.raises(CommandError, match="give --bbox"):
        call_command("export_map", "roads", "--to", str(target))
    assert not target.exists()
