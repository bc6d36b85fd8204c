"""How a land-use plan looks: the city's own, and the forest plan of a ward."""

from collections.abc import Iterator

from planning.sources.construction import PLAN_FACTS
from planning.sources.plans import complete_plan
from planning.uses import known_words
from tiles.ingest.source import Column, Source, Table
from tiles.models import Edition, Issue

# Forest plans name the category of the forest, not a land code.
FOREST_CATEGORIES = {
    **dict.fromkeys(("khu rph", "rph", "ph"), "RPH"),
    **dict.fromkeys(("khu rdd", "rdd", "dd"), "RDD"),
    **dict.fromkeys(("khu rsx", "rsx", "sx"), "RSX"),
}


def complete(edition: Edition) -> Iterator[Issue]:
    """Give the edition its plan."""
    return complete_plan(edition, layer="land-use")


LAND_USE = Source(
    id="land-use",
    tables=(
        Table(
            model="planning.LandUseArea",
            names=("QuyHoachSDD", "QuyHoachSuDungDat"),
            geometry="polygon",
            apart="zones-overlap",
            required=False,
            key=("reference",),
            code="{dataset}-{reference}",
            columns=(
                Column(field="reference", names=("MaDoiTuong",), required=True, max_length=100),
                Column(
                    field="use",
                    names=("MaLoaiDat",),
                    required=True,
                    values=lambda: known_words("land-use"),
                    max_length=20,
                ),
                Column(field="use_name", names=("TenLoaiDat",), max_length=250),
                Column(field="period", names=("KyQuyHoach",), max_length=40),
                Column(field="area_stated_ha", names=("DienTichHa",), type="number", minimum=0),
            ),
        ),
        Table(
            model="planning.LandUseArea",
            names=("dalat_forest_plan_cam_ly", "dalat_protection_zones_dd", "QuyHoachLamNghiep"),
            geometry="polygon",
            apart="zones-overlap",
            required=False,
            columns=(
                Column(
                    field="use",
                    names=("Tenkhu", "zone_type"),
                    required=True,
                    values=lambda: FOREST_CATEGORIES,
                    max_length=20,
                ),
                Column(field="use_name", names=("mdsd", "zone_label"), max_length=250),
                Column(field="note", names=("LDLR",), max_length=250),
                Column(field="reference", names=("Khoanh",), max_length=100),
                Column(field="name", names=("Lo",), max_length=150),
                Column(field="area_stated_ha", names=("Dtich",), type="number", minimum=0),
            ),
        ),
        Table(
            model="planning.Plan",
            names=("RanhGioiQuyHoach",),
            geometry="polygon",
            required=False,
            code="{dataset}",
            columns=PLAN_FACTS,
        ),
    ),
    complete=complete,
)
