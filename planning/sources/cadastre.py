"""How a cadastral file looks: sheet, number, registered area, land code, one file a unit."""

from collections.abc import Iterator

from django.db import connection

from planning.sql import statement
from tiles.ingest.source import Column, Source, Table
from tiles.models import Edition, Issue


def parcel_wards(edition: Edition) -> None:
    """Fill the unit of each parcel: the dataset when it is named after a unit, else the unit that holds the parcel.

    Of several units of different times the oldest is meant: its map sheets are the ones that number the parcel.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement("parcel_wards"), {"edition": edition.pk, "dataset": edition.dataset.code})


def complete(edition: Edition) -> Iterator[Issue]:
    """Give the parcels their unit."""
    parcel_wards(edition)
    return iter(())


PARCELS = Source(
    id="parcels",
    tables=(
        Table(
            model="planning.Parcel",
            names=("ThuaDat",),
            geometry="polygon",
            key=("sheet", "number"),
            code="{dataset}-{sheet}-{number}",
            columns=(
                Column(
                    field="sheet",
                    names=("SoTo", "SoHieuToBanDo", "tờ bản đồ"),
                    type="integer",
                    required=True,
                    minimum=1,
                    maximum=100_000,
                ),
                Column(
                    field="number",
                    names=("SoThua", "SoThuTuThua", "thửa"),
                    type="integer",
                    required=True,
                    minimum=1,
                    maximum=10_000_000,
                ),
                Column(field="area_registered_m2", names=("DienTich", "DienTichPhapLy"), type="number", minimum=0),
                Column(field="land_use", names=("KyHieuDat", "KyHieuMucDichSuDung", "LoaiDat"), max_length=60),
                Column(field="address", names=("DiaChi", "DiaChiThuaDat"), max_length=250),
            ),
        ),
    ),
    complete=complete,
)
