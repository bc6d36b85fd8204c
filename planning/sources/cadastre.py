"""How a cadastral file looks: parcels of today, those that are no more, and what became of which; one file a unit."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from planning.outlines import ward_regions
from planning.sql import statement
from tiles.ingest.source import Column, Located, Measured, Source, Table
from tiles.models import Edition, Issue

LINEAGE_KINDS = {
    "tach thua": "split",
    "hop thua": "merge",
    "danh so lai": "renumber",
}

# Of units of different times the oldest is meant: its map sheets number the parcel.
UNIT = Located(field="ward", regions=ward_regions, outside="parcel-outside-wards")
PARCEL = (
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
)


def date_parcels(edition: Edition) -> Iterable[Issue]:
    """Note on staged parcels since when they are there, as the lineage beside them tells."""
    with connection.cursor() as cursor:
        cursor.execute(statement("date_parcels"), {"edition": edition.pk})
    return ()


PARCELS = Source(
    id="parcels",
    tables=(
        Table(
            model="planning.Parcel",
            names=("ThuaDat",),
            geometry="polygon",
            key=("sheet", "number"),
            code="{dataset}-{sheet}-{number}",
            located=UNIT,
            # Registered and measured area may differ by this part before a note is worth reading.
            measured=Measured(field="area_registered_m2", part=0.05, differs="area-differs"),
            apart="parcels-overlap",
            columns=PARCEL,
        ),
        Table(
            model="planning.Parcel",
            names=("ThuaDatCu", "ThuaDatLichSu"),
            geometry="polygon",
            required=False,
            key=("sheet", "number"),
            code="{dataset}-{sheet}-{number}",
            located=UNIT,
            repeats=True,
            columns=(*PARCEL, Column(field="in_force_until", names=("HieuLucDen",), type="date", required=True)),
        ),
        Table(
            model="planning.ParcelLineage",
            names=("BienDongThua", "LichSuThuaDat"),
            geometry="none",
            required=False,
            key=("predecessor", "successor"),
            code="{predecessor}~{successor}",
            columns=(
                Column(field="predecessor", names=("MaThuaCu",), required=True, max_length=58),
                Column(field="successor", names=("MaThuaMoi",), required=True, max_length=58),
                Column(field="kind", names=("LoaiBienDong",), required=True, values=lambda: LINEAGE_KINDS),
                Column(field="changed", names=("NgayBienDong",), type="date", required=True),
                Column(field="document", names=("VanBan", "SoVanBan"), max_length=250),
            ),
        ),
    ),
    complete=date_parcels,
)
