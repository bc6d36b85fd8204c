"""How files of units, roads, water, green and buildings look: the city's own, and OpenStreetMap's."""

from tiles.ingest.source import Column, Source, Table

REFERENCE = Column(field="reference", names=("MaDoiTuong", "id"), required=True, max_length=100)

WARD_KINDS = {"phuong": "ward", "xa": "commune", "thi tran": "ward"}

WARDS = Source(
    id="wards",
    tables=(
        Table(
            model="planning.Ward",
            names=("DiaGioiHanhChinh",),
            geometry="polygon",
            key=("reference",),
            code="{reference}",
            columns=(
                Column(field="reference", names=("MaDVHC", "MaXa"), required=True, max_length=60),
                Column(field="name", names=("TenDVHC", "TenXa"), required=True, max_length=100),
                Column(field="kind", names=("LoaiDVHC",), values=lambda: WARD_KINDS),
                Column(field="in_force_from", names=("HieuLucTu",), type="date"),
                Column(field="in_force_until", names=("HieuLucDen",), type="date"),
                Column(field="made_of", names=("TienThan",), max_length=250),
            ),
        ),
    ),
)

ROAD_CLASSES = {
    "duong chinh": "main",
    "duong pho": "street",
    "duong nhanh": "branch",
    "hem": "alley",
    # OpenStreetMap's `highway`.
    **dict.fromkeys(("trunk", "primary", "secondary", "trunk_link", "primary_link", "secondary_link"), "main"),
    **dict.fromkeys(("tertiary", "tertiary_link", "unclassified"), "street"),
    **dict.fromkeys(("residential", "living_street", "construction", "pedestrian"), "branch"),
    **dict.fromkeys(("service", "track"), "alley"),
    **dict.fromkeys(("footway", "cycleway", "path", "steps", "bridleway"), "path"),
}

ROADS = Source(
    id="roads",
    tables=(
        Table(
            model="planning.Road",
            names=("TimDuong",),
            geometry="line",
            required=False,
            key=("segment",),
            code="{dataset}-{segment}",
            columns=(
                Column(field="segment", names=("MaDoan",), required=True, max_length=60),
                Column(field="name", names=("TenDuong",), max_length=150),
                Column(field="road_class", names=("LoaiDuong",), values=lambda: ROAD_CLASSES),
                Column(field="from_street", names=("TuDiem",), max_length=150),
                Column(field="to_street", names=("DenDiem",), max_length=150),
                Column(field="width_m", names=("BeRong",), type="number", minimum=0, maximum=200),
                Column(field="alley_level", names=("CapHem",), type="integer", minimum=1, maximum=9),
                Column(field="parent_street", names=("ThuocDuong",), max_length=150),
                Column(field="surface", names=("VatLieu",), max_length=60),
            ),
        ),
        Table(
            model="planning.Road",
            names=("dalat_osm_roads", "roads", "highway"),
            geometry="line",
            required=False,
            columns=(
                Column(
                    field="road_class",
                    names=("highway",),
                    required=True,
                    values=lambda: ROAD_CLASSES,
                    unknown_level="warning",
                ),
                Column(field="name", names=("name",), max_length=150),
                Column(field="surface", names=("surface",), max_length=60),
            ),
        ),
    ),
)

WATER_KINDS = {
    "ho": "lake",
    "suoi": "stream",
    **dict.fromkeys(("water", "lake", "reservoir", "pond"), "lake"),
    **dict.fromkeys(("stream", "river", "canal", "ditch", "drain"), "stream"),
}

WATER = Source(
    id="water",
    tables=(
        Table(
            model="planning.Water",
            names=("MatNuoc",),
            geometry="polygon",
            required=False,
            key=("reference",),
            code="{dataset}-{reference}",
            columns=(
                REFERENCE,
                Column(field="name", names=("Ten", "TenDoiTuong"), max_length=150),
                Column(field="kind", names=("Loai",), values=lambda: WATER_KINDS),
            ),
        ),
        Table(
            model="planning.Water",
            names=("dalat_osm_water", "water"),
            geometry="polygon",
            required=False,
            columns=(
                Column(field="kind", names=("natural",), required=True, values=lambda: WATER_KINDS),
                Column(field="name", names=("name",), max_length=150),
            ),
        ),
        Table(
            model="planning.Water",
            names=("dalat_osm_rivers", "rivers", "waterway"),
            geometry="line",
            required=False,
            columns=(
                Column(field="kind", names=("waterway",), required=True, values=lambda: WATER_KINDS),
                Column(field="name", names=("name",), max_length=150),
            ),
        ),
    ),
)

GREEN_KINDS = {
    "cong vien": "park",
    "rung thong": "pines",
    "vuon hoa": "garden",
    "park": "park",
    "garden": "garden",
    "golf_course": "golf",
}

GREEN = Source(
    id="green",
    tables=(
        Table(
            model="planning.Green",
            names=("CayXanh",),
            geometry="polygon",
            required=False,
            key=("reference",),
            code="{dataset}-{reference}",
            columns=(
                REFERENCE,
                Column(field="name", names=("Ten", "TenDoiTuong"), max_length=150),
                Column(field="kind", names=("Loai",), values=lambda: GREEN_KINDS),
            ),
        ),
        Table(
            model="planning.Green",
            names=("dalat_osm_green", "green"),
            geometry="polygon",
            required=False,
            columns=(
                Column(field="kind", names=("leisure",), values=lambda: GREEN_KINDS, unknown_level="warning"),
                Column(field="name", names=("name",), max_length=150),
            ),
        ),
    ),
)

BUILDINGS = Source(
    id="buildings",
    tables=(
        Table(
            model="planning.Building",
            names=("CongTrinh",),
            geometry="polygon",
            required=False,
            key=("reference",),
            code="{dataset}-{reference}",
            columns=(
                REFERENCE,
                Column(field="name", names=("Ten", "TenDoiTuong"), max_length=150),
                Column(field="floors", names=("SoTang",), type="integer", minimum=0, maximum=200),
                Column(field="kind", names=("Loai",), max_length=60),
            ),
        ),
        Table(
            model="planning.Building",
            names=("dalat_osm_buildings", "buildings", "building"),
            geometry="polygon",
            required=False,
            columns=(
                Column(field="kind", names=("building",), required=True, max_length=60),
                Column(field="name", names=("name",), max_length=150),
                Column(field="floors", names=("building:levels",), type="integer", minimum=0, maximum=200),
            ),
        ),
    ),
)
