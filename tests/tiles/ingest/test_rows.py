"""What is wrong with a row becomes an issue that names the row; the row is kept out, the others go on."""

import json
import re
import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.utils.translation import override

from tests.tiles.ingest import files
from tests.tiles.ingest.files import by_code, read, staged_rows
from tiles.ingest import issues, pipeline
from tiles.ingest.kinds import KINDS, REFUSALS
from tiles.ingest.pipeline import Options, Reading, Refused
from tiles.ingest.source import Measured, Source

BOW_TIE = shapely.Polygon(
    [(575_100, 1_320_000), (575_120, 1_320_020), (575_120, 1_320_000), (575_100, 1_320_020), (575_100, 1_320_000)]
)
NOT_FINITE = shapely.to_wkb(shapely.Polygon([(575_000, 1_320_000), (float("nan"), 1_320_010), (575_010, 1_320_010)]))
# A polygon of one ring with two points: no shape at all.
TWO_POINTS = struct.pack("<BIII4d", 1, 3, 1, 2, 575_100, 1_320_000, 575_101, 1_320_001)


@pytest.fixture(scope="module")
def bad_parcels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    path = tmp_path_factory.mktemp("bad") / "parcels.gpkg"
    shapes: list[Any] = [files.lot(column) for column in range(16)]
    shapes[1], shapes[2], shapes[3], shapes[4] = None, shapely.Polygon(), shapely.Point(575_000, 1_320_000), BOW_TIE
    shapes[5], shapes[6], shapes[13] = NOT_FINITE, files.lot(0), shapely.box(0, 0, 20, 20)
    numbers: list[Any] = list(range(1, 17))
    numbers[7], numbers[8] = None, 1
    sheets: list[Any] = [1] * 16
    sheets[9] = 5000
    uses: list[Any] = ["Đất ở đô thị"] * 16
    uses[10] = "XYZ"
    addresses: list[Any] = ["1 Trần Phú"] * 16
    addresses[11] = "x" * 41
    areas: list[Any] = [400.5] * 16
    areas[12] = -1.0
    files.parcels(
        path, shapes, SoTo=sheets, SoThua=numbers, KyHieuDat=uses, DiaChiThuaDat=addresses, DienTich=areas,
        TenChu=["Nguyễn Văn A"] * 16, MauSac=["đỏ"] * 16,
    )  # fmt: skip
    with read(path, files.PARCELS, dataset="p1") as reading:
        yield reading


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("geometry-missing", 2),
        ("geometry-empty", 3),
        ("geometry-wrong-kind", 4),
        ("geometry-invalid", 5),
        ("geometry-not-finite", 6),
        ("duplicate-geometry", 7),
        ("value-missing", 8),
        ("duplicate-key", 9),
        ("value-out-of-range", 10),
        ("unknown-code", 11),
        ("value-too-long", 12),
        ("value-out-of-range", 13),
        ("outside-city", 14),
    ],
)
def test_a_defect_is_an_issue_of_its_row(bad_parcels: Reading, code: str, row: int) -> None:
    assert row in [finding["row"] for finding in by_code(bad_parcels)[code]]


def test_rows_with_errors_are_kept_out_and_the_others_staged(bad_parcels: Reading) -> None:
    assert [row["row"] for row in staged_rows(bad_parcels)] == ["1", "7", "15", "16"]
    assert bad_parcels.rows == 4
    assert bad_parcels.facts["tables"][0]["left_out"] == 12


def test_every_row_kept_out_has_an_error_of_its_own(bad_parcels: Reading) -> None:
    kept_out = {str(row) for row in range(1, 17)} - {row["row"] for row in staged_rows(bad_parcels)}
    errors = {str(f.get("row")) for f in bad_parcels.findings() if issues.get_kind(f["code"]).level == "error"}
    assert kept_out <= errors


def test_only_rows_without_errors_are_staged(bad_parcels: Reading) -> None:
    errors = {str(f.get("row")) for f in bad_parcels.findings() if issues.get_kind(f["code"]).level == "error"}
    assert not errors & {row["row"] for row in staged_rows(bad_parcels)}


def test_a_broken_polygon_says_why_where_and_keeps_its_shape(bad_parcels: Reading) -> None:
    [finding] = by_code(bad_parcels)["geometry-invalid"]
    assert finding["values"]["reason"] == "Self-intersection"
    assert finding["place"] == [575_110, 1_320_010]
    assert shapely.from_wkt(finding["original"]["geometry_wkt"]).equals(BOW_TIE)
    assert len(finding["original"]["geometry_sha256"]) == 64


def test_a_column_of_persons_is_refused_and_its_values_go_nowhere(bad_parcels: Reading) -> None:
    [finding] = by_code(bad_parcels)["personal-data"]
    assert finding["column"] == "TenChu"
    everything = json.dumps(list(bad_parcels.findings()), ensure_ascii=False) + str(staged_rows(bad_parcels))
    assert "Nguyễn Văn A" not in everything


def test_an_unused_column_is_noted(bad_parcels: Reading) -> None:
    assert by_code(bad_parcels)["column-ignored"][0]["values"]["columns"] == "MauSac"


def test_a_word_is_stored_as_its_code_and_codes_name_the_parcel(bad_parcels: Reading) -> None:
    row = staged_rows(bad_parcels)[0]
    assert (row["land_use"], row["code"], row["live"]) == ("ODT", "p1-1-1", "f")
    assert shapely.get_srid(shapely.from_wkb(row["geom"])) == 5899


def test_every_issue_reads_as_a_sentence_without_gaps(bad_parcels: Reading) -> None:
    for finding in bad_parcels.findings():
        values = {name: finding.get(name, "") for name in ("table", "row", "column")} | finding.get("values", {})
        with override("en"):
            assert "…" not in issues.sentence(finding["code"], values), finding


def test_the_planner_may_accept_repairs_and_each_is_recorded(tmp_path: Path) -> None:
    shapes = [files.lot(0), BOW_TIE, shapely.Polygon(), None, files.lot(9)]
    path = files.parcels(tmp_path / "p.gpkg", shapes, SoThua=[1, 2, 3, 4, 1])
    accepted = frozenset({"geometry-invalid", "geometry-empty", "geometry-missing", "duplicate-key"})
    with read(path, files.PARCELS, dataset="p1", options=Options(repairs=accepted)) as reading:
        repairs = {finding["row"]: finding["repair"] for finding in reading.findings()}
        rows = staged_rows(reading)
    assert repairs == {2: "make-valid", 3: "leave-out", 4: "leave-out", 5: "leave-out"}
    assert [row["row"] for row in rows] == ["1", "2"]
    repaired = shapely.from_wkb(rows[1]["geom"])
    assert repaired.is_valid
    assert repaired.geom_type == "MultiPolygon"
    assert repaired.area == pytest.approx(200)


def test_a_ring_of_two_points_is_an_issue(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg", [files.lot(0), TWO_POINTS])
    with read(path, files.PARCELS, dataset="p1") as reading:
        assert [finding["row"] for finding in by_code(reading)["geometry-invalid"]] == [2]


def test_a_missing_column_names_the_headings_and_the_likely_one(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg", SoThua=None, So_Thua_Dat=[1, 2, 3])
    with read(path, files.PARCELS, dataset="p1") as reading:
        [finding] = by_code(reading)["column-missing"]
        assert reading.rows == 0
    assert finding["column"] == "SoThua"
    assert finding["values"]["likely"] == "So_Thua_Dat"
    assert "KyHieuDat" in finding["values"]["headings"]


def test_the_planner_may_map_a_column(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg", SoThua=None, So_Thua_Dat=[7, 8, 9])
    with read(path, files.PARCELS, dataset="p1", options=Options(columns={"So_Thua_Dat": "number"})) as reading:
        assert [row["number"] for row in staged_rows(reading)] == ["7", "8", "9"]


def test_a_column_of_persons_cannot_be_mapped(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg", DiaChiThuaDat=None, ChuSuDungDat=["A", "B", "C"])
    with read(path, files.PARCELS, dataset="p1", options=Options(columns={"ChuSuDungDat": "address"})) as reading:
        assert [row["address"] for row in staged_rows(reading)] == ["", "", ""]
        assert "personal-data" in by_code(reading)


def test_headings_are_found_without_diacritics_case_and_blanks(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg", SoTo=None, **{"số tờ": [3, 3, 3]})
    with read(path, files.PARCELS, dataset="p1") as reading:
        assert {row["sheet"] for row in staged_rows(reading)} == {"3"}


def test_of_two_tables_the_known_one_is_read_and_the_other_noted(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg")
    files.write(path, [files.lot(0)], {"a": [1]}, layer="GhiChu", append=True)
    with read(path, files.PARCELS, dataset="p1") as reading:
        assert by_code(reading)["table-ignored"][0]["table"] == "GhiChu"
        assert reading.rows == 3


def test_a_missing_table_is_an_error_beside_the_one_that_is_there(tmp_path: Path) -> None:
    prices = replace(files.PRICES.tables[0], names=("BangGia",))
    both = Source(id="both", tables=(*files.PARCELS.tables, prices))
    with read(files.parcels(tmp_path / "p.gpkg"), both, dataset="p1") as reading:
        assert by_code(reading)["table-missing"][0]["values"]["expected"] == "BangGia"


def test_a_table_may_be_chosen_by_name(tmp_path: Path) -> None:
    path = files.write(
        tmp_path / "p.gpkg", [files.lot(0)], {"SoTo": [4], "SoThua": [2], "DienTich": [1.0]}, layer="to_ban_do_4"
    )
    files.write(path, [files.lot(0)], {"a": [1]}, layer="GhiChu", append=True)
    with pytest.raises(Refused) as refusal:
        read(path, files.PARCELS, dataset="p1")
    assert refusal.value.code == "no-known-table"
    with read(path, files.PARCELS, dataset="p1", options=Options(layer_name="To_Ban_Do_4")) as reading:
        assert staged_rows(reading)[0]["sheet"] == "4"


def test_a_thousand_wrong_rows_more_than_listed_are_still_counted(tmp_path: Path) -> None:
    shapes = [files.lot(column) for column in range(5010)]
    path = files.parcels(tmp_path / "p.gpkg", shapes, SoTo=[0] * 5010)
    with read(path, files.PARCELS, dataset="p1") as reading:
        found = by_code(reading)
        assert reading.facts["issues"]["value-out-of-range"] == 5010
    assert len(found["value-out-of-range"]) == 5000
    assert found["more-issues"][0]["values"] == {"code": "value-out-of-range", "count": 10, "listed": 5000}


def test_a_geopackage_that_miscounts_itself_is_read_whole(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg")
    with sqlite3.connect(path) as database:
        database.execute("UPDATE gpkg_ogr_contents SET feature_count = 2")
    database.close()
    with read(path, files.PARCELS, dataset="p1") as reading:
        assert reading.rows == 3


def test_rows_of_many_batches_are_all_read(tmp_path: Path) -> None:
    count = 50_003
    shapes = [files.lot(number % 250, number // 250, side=5.0) for number in range(count)]
    path = files.parcels(tmp_path / "p.gpkg", shapes, SoThua=[*range(1, count), 1])
    with read(path, files.PARCELS, dataset="p1") as reading:
        assert [row["row"] for row in staged_rows(reading)] == [str(row) for row in range(1, count)]
        [finding] = by_code(reading)["duplicate-key"]
    assert (finding["row"], finding["values"]["first"]) == (count, 1)


def test_the_content_hash_depends_on_the_rows_only(tmp_path: Path) -> None:
    one = files.parcels(tmp_path / "a.gpkg")
    two = files.parcels(tmp_path / "b.geojson")
    other = files.parcels(tmp_path / "c.gpkg", DienTich=[400.0, 400.0, 401.0])
    hashes = []
    for path in (one, two, other):
        with read(path, files.PARCELS, dataset="p1") as reading:
            hashes.append(reading.content_sha256)
    assert hashes[0] == hashes[1] != hashes[2]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (Options(crs="EPSG:999999"), "option-crs"),
        (Options(crs="/vsicurl/x"), "option-crs"),
        (Options(encoding="klingon"), "option-encoding"),
        (Options(columns={"SoTo": "owner"}), "option-map"),
        (Options(repairs=frozenset({"value-missing"})), "option-repair"),
        (Options(layer_name="Nowhere"), "option-layer"),
    ],
)
def test_an_option_that_names_nothing_is_refused(tmp_path: Path, options: Options, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(files.parcels(tmp_path / "p.gpkg"), files.PARCELS, dataset="p1", options=options)
    assert refusal.value.code == code
    assert refusal.value.message


def test_every_code_the_import_uses_is_a_registered_kind() -> None:
    used: set[str] = set()
    for path in Path(pipeline.__file__).parent.glob("*.py"):
        used |= set(
            re.findall(r'(?:Refused\(|findings\.add\(|\.note\(index, |\.reject\(index, )"([a-z-]+)"', path.read_text())
        )
        used |= set(re.findall(r'None, "([a-z]+-[a-z-]+)"', path.read_text()))
    assert len(used) > 30
    assert used <= {kind.code for kind in (*KINDS, *REFUSALS)}


def test_areas_that_must_lie_apart_are_compared_across_batches(tmp_path: Path) -> None:
    source = replace(files.PARCELS, tables=(replace(files.PARCELS.tables[0], apart="parcels-overlap"),))
    shapes = [files.lot(number % 200, number // 200) for number in range(20_500)]
    shapes[20_400] = shapely.affinity.translate(shapes[7], 4, 0)
    with read(files.parcels(tmp_path / "p.gpkg", shapes), source, dataset="p1") as reading:
        found = by_code(reading)["parcels-overlap"]
    assert [(finding["row"], finding["values"]) for finding in found] == [
        (20_401, {"other": 8, "area_m2": 320}),
        (20_401, {"other": 9, "area_m2": 80}),
    ]
    assert shapely.Point(found[0]["place"]).within(shapes[7])


def test_only_stated_areas_that_differ_by_more_than_their_part_are_noted(tmp_path: Path) -> None:
    measured = Measured(field="area_registered_m2", part=0.05, differs="area-differs")
    source = replace(files.PARCELS, tables=(replace(files.PARCELS.tables[0], measured=measured),))
    stated = [400.0, 419.9, 420.1, 379.0, None]
    path = files.parcels(tmp_path / "p.gpkg", [files.lot(number) for number in range(5)], DienTich=stated)
    with read(path, source, dataset="p1") as reading:
        found = by_code(reading)["area-differs"]
        assert [(finding["row"], finding["values"]) for finding in found] == [
            (3, {"registered_m2": 420.1, "measured_m2": 400}),
            (4, {"registered_m2": 379, "measured_m2": 400}),
        ]
        assert reading.rows == 5
