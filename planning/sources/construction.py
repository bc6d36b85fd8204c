"""How a construction plan looks: the classes of Circular 16/2025/TT-BXD, Annex II, with their short field names."""

from collections.abc import Iterator

from planning.sources import lines
from planning.sources.plans import complete_plan
from planning.uses import known_words
from tiles.ingest.source import Column, Source, Table
from tiles.models import Edition, Issue

# Prefix of a border line's name: the stage of development (Annex I item 04).
STAGES = {
    **dict.fromkeys(("ht", "ht_", "hien trang"), "existing"),
    **dict.fromkeys(("qhdd", "qhdd_", "dot dau"), "first"),
    **dict.fromkeys(("qhdh", "qhdh_", "dai han"), "long-term"),
}


def complete(edition: Edition) -> Iterator[Issue]:
    """Give the edition its plan, and its lines their strips."""
    yield from complete_plan(edition, layer="zones")
    yield from lines.complete_lines(edition)


PLAN_FACTS = (
    Column(field="title", names=("tenDoiTuong", "tenQuyHoach"), max_length=250),
    Column(field="decision", names=("soQuyetDinh",), max_length=250),
    Column(field="decision_date", names=("ngayQuyetDinh",), type="date"),
    Column(field="office", names=("coQuanPheDuyet",), max_length=250),
    Column(field="scale", names=("tyLe",), max_length=40),
    Column(field="in_force_from", names=("hieuLucTu",), type="date"),
    Column(field="in_force_until", names=("hieuLucDen",), type="date"),
)

ZONES = Source(
    id="zones",
    tables=(
        Table(
            model="planning.Zone",
            names=("ChucNangSuDungDat_A", "ChucNangSuDungDat"),
            geometry="polygon",
            apart="zones-overlap",
            key=("reference",),
            code="{dataset}-{reference}",
            columns=(
                Column(field="reference", names=("maDoiTuong",), required=True, max_length=100),
                Column(field="name", names=("tenDoiTuong",), max_length=150),
                Column(
                    field="use",
                    names=("maChucNang",),
                    required=True,
                    values=lambda: known_words("construction"),
                    max_length=20,
                ),
                Column(field="use_name", names=("phanLoai",), max_length=250),
                Column(field="density_max_percent", names=("matDoXayDung",), type="number", minimum=0, maximum=100),
                Column(field="floors_max", names=("tangCao",), type="integer", minimum=0, maximum=200),
                Column(field="floor_area_ratio", names=("heSoSuDungDat",), type="number", minimum=0, maximum=50),
                Column(field="height_max_m", names=("chieuCaoToiDa",), type="number", minimum=0, maximum=1000),
                Column(field="setback_m", names=("khoangLui",), type="number", minimum=0, maximum=500),
                Column(field="stage", names=("giaiDoan",), values=lambda: STAGES, unknown_level="warning"),
                Column(field="note", names=("ghiChu",), max_length=250),
            ),
        ),
        Table(
            model="planning.Plan",
            names=("RanhGioiQuyHoach_A", "RanhGioiQuyHoach"),
            geometry="polygon",
            required=False,
            code="{dataset}",
            columns=(*PLAN_FACTS, Column(field="file_code", names=("maHoSoQH",), max_length=40)),
        ),
        *lines.TABLES,
    ),
    complete=complete,
)
