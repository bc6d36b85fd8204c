"""A planner with a new file of a ward's parcels."""

import json
from pathlib import Path

import pyogrio
import pytest

from tests.conftest import LivingCity
from tests.journeys.browser import Browser

pytestmark = pytest.mark.browser


def test_planner_publishes_a_new_file_and_rolls_it_back(
    browser: Browser, living_city: LivingCity, tmp_path: Path
) -> None:
    edition = receive(living_city, corrected(living_city, tmp_path))
    before = area_shown(browser)
    living_city.manage("check_edition", str(edition))
    living_city.manage("approve", str(edition), "--by", "reviewer")
    living_city.manage("publish", str(edition), "--by", "reviewer")
    assert area_shown(browser) == before, "published without --commit"
    living_city.manage("publish", str(edition), "--by", "reviewer", "--commit")
    assert area_shown(browser) == "321,5"
    living_city.manage("roll_back", "parcels", "p1", "--by", "reviewer", "--commit")
    assert area_shown(browser) == before


def corrected(city: LivingCity, folder: Path) -> Path:
    """Write the ward's parcels again, with the registered area of one corrected."""
    manifest = next(city.folder.rglob("manifest.json"))
    [entry] = [
        entry
        for entry in json.loads(manifest.read_text("utf-8"))
        if (entry["layer"], entry["dataset"]) == ("parcels", "p1")
    ]
    meta, _index, geometry, columns = pyogrio.raw.read(manifest.parent / entry["file"], layer="ThuaDat")
    fields = list(meta["fields"])
    sheet, number, area = (columns[fields.index(name)] for name in ("SoTo", "SoThua", "DienTich"))
    area[(sheet == 1) & (number == 1)] = 321.5
    path = folder / "p1.gpkg"
    pyogrio.raw.write(
        path,
        geometry,
        columns,
        meta["fields"],
        layer="ThuaDat",
        crs=meta["crs"],
        geometry_type=meta["geometry_type"],
        driver="GPKG",
    )
    return path


def receive(city: LivingCity, path: Path) -> int:
    printed = json.loads(city.manage("receive", "parcels", "p1", str(path), "--by", "planner", "--json"))
    return int(printed["edition"])


def area_shown(browser: Browser) -> str:
    browser.open("/parcels/p1-1-1")
    pairs = [browser.text(cell) for cell in browser.all("main .facts > *")]
    label = next(text for text in pairs if text.startswith("Diện tích trên giấy"))
    return pairs[pairs.index(label) + 1].split()[0]
