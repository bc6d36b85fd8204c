"""The road on the command line: what is wrong is said in one sentence, and nothing is left behind."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tiles import revisions
from tiles.models import Dataset, Delivery, Edition

pytestmark = pytest.mark.usefixtures("city")

GREEN = {"type": "FeatureCollection", "features": [{
    "type": "Feature",
    "properties": {"leisure": "park", "name": "Vườn hoa"},
    "geometry": {"type": "Polygon", "coordinates": [[
        [108.44, 11.94], [108.441, 11.94], [108.441, 11.941], [108.44, 11.941], [108.44, 11.94],
    ]]},
}]}  # fmt: skip


@pytest.fixture
def green(tmp_path: Path) -> Path:
    path = tmp_path / "green.geojson"
    path.write_text(json.dumps(GREEN))
    return path


def answered(*arguments: Any) -> dict[str, Any]:
    """What a command prints with --json."""
    out = StringIO()
    call_command(*map(str, arguments), "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


@pytest.mark.parametrize(
    ("layer", "dataset", "options", "words"),
    [
        ("parks", "osm", (), "Layers: "),
        ("reports", "osm", (), "takes no files"),
        ("green", "Vườn hoa", (), "small letters"),
        ("green", "osm", ("--crs", "VN2000"), "EPSG:5899"),
        ("green", "osm", ("--encoding", "klingon"), "tcvn3"),
        ("green", "osm", ("--map", "leisure"), "equals sign"),
        ("green", "osm", ("--map", "leisure=use"), "kind, name"),
        ("green", "osm", ("--repair", "all"), "geometry-invalid"),
        ("green", "osm", ("--by", "nobody"), "/admin/"),
    ],
)
def test_a_mistyped_word_is_named_and_makes_nothing(
    layer: str, dataset: str, options: tuple[str, ...], words: str, green: Path
) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("receive", layer, dataset, str(green), *options)
    assert not Dataset.objects.filter(code=dataset).exists()
    assert not Delivery.objects.filter(name=green.name).exists()


def test_a_file_that_is_not_there_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("receive", "green", "osm", str(tmp_path / "none.gpkg"))
    with pytest.raises(CommandError, match="is a folder"):
        call_command("receive", "green", "osm", str(tmp_path))


def test_a_mapped_column_that_the_file_lacks_refuses_it(green: Path) -> None:
    with pytest.raises(CommandError, match=r"loai.*leisure, name"):
        call_command("receive", "green", "osm", str(green), "--map", "loai=kind")
    assert Edition.objects.get(dataset__code="osm").state == Edition.State.REJECTED


def test_with_json_a_refusal_is_json_too(green: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = StringIO()
    green.write_text("{}")
    with pytest.raises(SystemExit) as ended:
        call_command("receive", "green", "osm", str(green), "--json", stdout=out)
    assert ended.value.code == 1
    answer = json.loads(out.getvalue())
    assert answer["state"] == "rejected"
    assert answer["error"][0].endswith(".")


def test_a_file_goes_to_the_public_and_back_by_commands(green: Path) -> None:
    before = revisions.current("green")
    assert before
    received = answered("receive", "green", "osm", green, "--by", "planner")
    edition = received["edition"]
    assert (received["rows"], received["state"]) == (1, "staged")
    with pytest.raises(SystemExit):
        answered("publish", edition, "--by", "reviewer", "--commit")
    assert answered("check_edition", edition)["state"] == "checked"
    answered("approve", edition, "--by", "reviewer")
    assert answered("publish", edition, "--by", "reviewer")["green"]["added"]["rows"] == 1
    assert revisions.current("green") == before
    assert answered("publish", edition, "--by", "reviewer", "--commit")["revision"] == before.number + 1
    with pytest.raises(SystemExit):
        answered("publish", edition, "--by", "reviewer", "--commit")
    assert answered("roll_back", "green", "osm", "--by", "reviewer", "--commit")["revision"] == before.number + 2
    with pytest.raises(SystemExit):
        answered("roll_back", "green", "osm", "--by", "reviewer", "--commit")


def test_the_same_file_twice_is_one_delivery_and_two_editions(green: Path) -> None:
    first, second = (answered("receive", "green", "osm", green) for _ in range(2))
    assert first["edition"] != second["edition"]
    assert Delivery.objects.filter(dataset__code="osm").count() == 1


def test_issues_are_written_only_where_a_folder_is(tmp_path: Path) -> None:
    edition = Edition.objects.filter(issues__isnull=False).first()
    assert edition
    with pytest.raises(CommandError, match="no folder"):
        call_command("issues", str(edition.pk), "--to", str(tmp_path / "none" / "issues.csv"))
    with pytest.raises(CommandError, match=r"gpkg or \.csv"):
        call_command("issues", str(edition.pk), "--to", str(tmp_path / "issues.xlsx"))
    answered("issues", edition.pk, "--to", tmp_path / "issues.csv")
    assert edition.issues.count() + 1 == len((tmp_path / "issues.csv").read_text("utf-8-sig").splitlines())
