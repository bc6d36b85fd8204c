"""How the file of projects looks."""

from tiles.ingest.source import Column, Source, Table

KINDS = {
    "chung cu": "apartments",
    "khu do thi": "new-area",
    "di doi": "relocation",
    "tai thiet": "regeneration",
}

PROJECTS = Source(
    id="projects",
    tables=(
        Table(
            model="planning.Project",
            names=("DuAn", "DuAnLienQuan_A"),
            geometry="polygon",
            key=("reference",),
            code="{dataset}-{reference}",
            columns=(
                Column(field="reference", names=("MaDuAn", "maDoiTuong"), required=True, max_length=100),
                Column(field="name", names=("TenDuAn", "tenDoiTuong"), required=True, max_length=250),
                Column(field="kind", names=("LoaiDuAn",), required=True, values=lambda: KINDS),
                Column(field="status", names=("TrangThai",), max_length=100),
                Column(field="area_ha", names=("QuyMoHa",), type="number", minimum=0),
                Column(field="year_from", names=("NamBatDau",), type="integer", minimum=1900, maximum=2200),
                Column(field="year_until", names=("NamKetThuc",), type="integer", minimum=1900, maximum=2200),
                Column(field="decision", names=("VanBan",), max_length=250),
            ),
        ),
    ),
)
