"""Files lie about their coordinate system; the place of their points does not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.tiles.ingest import files
from tests.tiles.ingest.files import EAST, NORTH, by_code, read, staged_rows
from tiles import geometry
from tiles.geometry import System
from tiles.ingest.pipeline import Options
from tiles.ingest.source import Located

LOTS = np.array([files.lot(column) for column in range(4)], dtype=object)


def moved(system: System) -> list[shapely.Polygon]:
    """The lots as a supplier who uses `system` writes them."""
    shapes = geometry.reproject(LOTS, System(5899), system.srid)
    swapped = shapely.transform(shapes, lambda points: points[:, ::-1]) if system.swapped else shapes
    return list(swapped)


@pytest.mark.parametrize(
    ("label", "content", "code", "best"),
    [
        ("EPSG:5899", System(3406), "crs-wrong", "EPSG:3406"),
        ("EPSG:5899", System(3405), "crs-wrong", "EPSG:3405"),
        ("EPSG:5899", System(9218), "crs-wrong", "EPSG:9218"),
        ("EPSG:5899", System(5898), "crs-wrong", "EPSG:5898"),
        ("EPSG:5899", System(4326), "crs-wrong", "EPSG:4326"),
        ("EPSG:3406", System(5899), "crs-wrong", "EPSG:5899"),
        ("EPSG:5899", System(5899, swapped=True), "axes-swapped", "EPSG:5899+swapped"),
        ("EPSG:4326", System(4326, swapped=True), "axes-swapped", "EPSG:4326+swapped"),
        ("EPSG:5899", System(3406, swapped=True), "crs-wrong", "EPSG:3406+swapped"),
    ],
)
def test_a_wrong_label_is_an_error_that_names_the_right_system(
    tmp_path: Path, label: str, content: System, code: str, best: str
) -> None:
    path = files.parcels(tmp_path / "p.gpkg", moved(content), crs=label)
    with read(path, files.PARCELS, dataset="p1") as reading:
        assert by_code(reading)[code][0]["values"]["best"] == best
        assert reading.rows == 0
    with read(path, files.PARCELS, dataset="p1", options=Options(crs=best)) as reading:
        assert by_code(reading) == {}
        assert reading.facts["tables"][0]["crs"]["how"] == "option"
        staged = shapely.from_wkb([row["geom"] for row in staged_rows(reading)])
    assert shapely.hausdorff_distance(staged, LOTS).max() < 0.001


def test_coordinates_of_the_survey_system_are_never_touched(tmp_path: Path) -> None:
    lots = [shapely.box(575_000.123456789, 1_320_000.1, 575_020.3, 1_320_020.7)]
    with read(files.parcels(tmp_path / "p.gpkg", lots), files.PARCELS, dataset="p1") as reading:
        assert shapely.from_wkb(staged_rows(reading)[0]["geom"]) == lots[0]


def test_a_file_without_label_is_an_error_that_names_what_fits(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg", crs=None)
    with read(path, files.PARCELS, dataset="p1") as reading:
        values = by_code(reading)["crs-missing"][0]["values"]
        assert values["option"] == "--crs EPSG:5899"
        assert reading.rows == 0
    with read(path, files.PARCELS, dataset="p1", options=Options(crs="EPSG:5899")) as reading:
        assert reading.rows == 3


def test_a_file_of_another_city_is_an_error(tmp_path: Path) -> None:
    shapes = [shapely.box(108.20, 16.06, 108.21, 16.07)]
    with read(files.parcels(tmp_path / "p.geojson", shapes, crs="EPSG:4326"), files.PARCELS, dataset="p1") as reading:
        assert set(by_code(reading)) == {"not-in-city"}


def test_a_wrong_option_is_an_error_too(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg")
    with read(path, files.PARCELS, dataset="p1", options=Options(crs="EPSG:3405")) as reading:
        assert by_code(reading)["crs-wrong"][0]["values"]["best"] == "EPSG:5899"


def test_heights_are_dropped(tmp_path: Path) -> None:
    with_heights = shapely.force_3d(LOTS, z=1500.0)
    path = files.parcels(tmp_path / "p.gpkg", list(with_heights))
    with read(path, files.PARCELS, dataset="p1") as reading:
        staged = shapely.from_wkb([row["geom"] for row in staged_rows(reading)])
    assert not shapely.has_z(staged).any()


@pytest.mark.parametrize(
    ("dataset", "regions", "wards", "outside"),
    [
        ("p2", ("p1", "p2"), ["p2", "p2", "p2"], [3]),  # a dataset named after a region lies there
        ("real", ("p1", "p2"), ["p1", "p2", ""], [3]),  # the first region that holds a row counts
        ("real", (), ["real", "real", "real"], []),
    ],
)
def test_rows_take_the_region_of_their_dataset_or_of_their_place(
    tmp_path: Path, dataset: str, regions: tuple[str, ...], wards: list[str], outside: list[int]
) -> None:
    widths = {"p1": 21, "p2": 65}
    outlines = [(code, shapely.box(EAST - 5, NORTH - 5, EAST + widths[code], NORTH + 50)) for code in regions]
    located = Located(field="ward", regions=lambda: outlines, outside="parcel-outside-wards")
    [table] = files.PARCELS.tables
    source = replace(files.PARCELS, tables=(replace(table, located=located),))
    # The second lot reaches out of the first region with most of its area.
    shapes = [files.lot(0), shapely.box(EAST + 20, NORTH, EAST + 60, NORTH + 20), files.lot(90)]
    with read(files.parcels(tmp_path / "p.gpkg", shapes), source, dataset=dataset) as reading:
        assert [row["ward"] for row in staged_rows(reading)] == wards
        assert [finding["row"] for finding in by_code(reading).get("parcel-outside-wards", [])] == outside
