"""Typed rows and issues reach the database as they were read."""

import os
import signal
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override

from planning.models import Parcel
from tests.tiles.ingest import files
from tests.tiles.ingest.files import read
from tiles.ingest import issues, loader, pipeline, process
from tiles.models import Dataset, Delivery, Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    dataset = Dataset.objects.create(layer="parcels", code="p1", title_vi="Phường 1")
    now = timezone.now()
    delivery = Delivery.objects.create(dataset=dataset, sha256="0" * 64, name="p.gpkg", size=1, received=now)
    return Edition.objects.create(dataset=dataset, delivery=delivery, staged=now)


def test_rows_are_staged_under_the_edition_and_not_live(edition: Edition, tmp_path: Path) -> None:
    address = ["1\tTrần Phú\\\n2", None, "Hẻm 12/3"]
    path = files.parcels(tmp_path / "p.gpkg", DiaChiThuaDat=address, DienTich=[400.5, None, 3.0])
    with read(path, files.PARCELS, dataset="p1") as reading:
        assert loader.load(edition, reading) == 3
    first, second, third = Parcel.objects.filter(edition=edition).order_by("row")
    assert (first.code, first.row, first.live, first.land_use) == ("p1-1-1", 1, False, "ODT")
    assert (first.address, second.address, third.address) == ("1\tTrần Phú\\\n2", "", "Hẻm 12/3")
    assert (first.area_registered_m2, second.area_registered_m2) == (400.5, None)
    assert first.geom.srid == 5899
    assert first.geom.area == pytest.approx(400)
    assert first.shape.srid == 3857


def test_many_rows_cross_the_chunks_whole(edition: Edition, tmp_path: Path) -> None:
    shapes = [files.lot(number % 100, number // 100) for number in range(6_000)]
    with read(files.parcels(tmp_path / "p.gpkg", shapes), files.PARCELS, dataset="p1") as reading:
        assert reading.tables[0].path.stat().st_size > pipeline._CHUNK
        assert loader.load(edition, reading) == 6_000
    assert set(Parcel.objects.filter(edition=edition).values_list("number", flat=True)) == set(range(1, 6_001))


def test_a_child_that_dies_while_rows_arrive_leaves_none(edition: Edition, tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg", [files.lot(number) for number in range(60_000)])

    def kill(step: str, count: int) -> None:
        if step == "ThuaDat":
            [forker] = [process._forker._process]
            assert forker
            for pid in Path(f"/proc/{forker.pid}/task/{forker.pid}/children").read_text().split():
                os.kill(int(pid), signal.SIGKILL)

    with pipeline.read(path, files.PARCELS, dataset="p1", progress=kill) as reading, pytest.raises(pipeline.Refused):
        loader.load(edition, reading)
    assert not Parcel.objects.filter(edition=edition).exists()


def test_issues_are_saved_with_level_actor_and_place(edition: Edition, tmp_path: Path) -> None:
    shapes = [files.lot(0), None, files.lot(0)]
    path = files.parcels(tmp_path / "p.gpkg", shapes, KyHieuDat=["ODT", "ODT", "XX"])
    with read(path, files.PARCELS, dataset="p1") as reading:
        assert loader.load(edition, reading) == 1
    found = {issue.code: issue for issue in edition.issues.all()}
    assert set(found) == {"geometry-missing", "unknown-code"}
    unknown = found["unknown-code"]
    assert (unknown.level, unknown.actor, unknown.row, unknown.column) == ("error", "supplier", 3, "KyHieuDat")
    assert unknown.blocks
    assert unknown.original["KyHieuDat"] == "XX"
    assert unknown.place.coords == (575_010, 1_320_010)
    with override("en"):
        assert issues.message(unknown) == "Row 3, column KyHieuDat: “XX” is not in the list. Use one of: CLN, ODT."
