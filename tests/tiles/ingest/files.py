"""Files as suppliers send them, small and made on the spot."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from tiles.ingest import pipeline
from tiles.ingest.pipeline import Reading
from tiles.ingest.source import Column, Source, Table

# Two sides of a lot near the centre, EPSG:5899.
EAST, NORTH = 575_000.0, 1_320_000.0

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
                Column(field="sheet", names=("SoTo",), type="integer", required=True, minimum=1, maximum=1000),
                Column(field="number", names=("SoThua",), type="integer", required=True, minimum=1),
                Column(field="area_registered_m2", names=("DienTich",), type="number", minimum=0),
                Column(
                    field="land_use",
                    names=("KyHieuDat",),
                    values=lambda: {"odt": "ODT", "dat o do thi": "ODT", "cln": "CLN"},
                ),
                Column(field="address", names=("DiaChiThuaDat",), max_length=40),
            ),
        ),
    ),
)

PRICES = Source(
    id="prices",
    tables=(
        Table(
            model="planning.StreetSegment",
            geometry="none",
            key=("street", "from_street"),
            code="{dataset}-{street}-{from_street}",
            columns=(
                Column(field="street", names=("TEN_DUONG",), required=True),
                Column(field="from_street", names=("TU_DIEM",), required=True),
                Column(field="to_street", names=("DEN_DIEM",)),
                Column(field="price_1", names=("GIA_VT1",), type="integer", required=True, scale=1000, minimum=0),
                Column(field="in_force_from", names=("HIEU_LUC_TU",), type="date"),
            ),
        ),
    ),
)

PLACES = Source(
    id="places",
    tables=(
        Table(
            model="tourism.Place",
            geometry="point",
            key=("reference",),
            code="{dataset}-{reference}",
            lon_lat=(("KINH_DO",), ("VI_DO",)),
            columns=(
                Column(field="reference", names=("MA",), required=True),
                Column(field="name", names=("TEN",), required=True),
                Column(field="phone", names=("DIEN_THOAI",)),
                Column(
                    field="category",
                    names=("LOAI",),
                    values=lambda: {"khach san": "hotel"},
                    unknown_level="warning",
                ),
            ),
        ),
    ),
)


def lot(column: int, row: int = 0, side: float = 20.0) -> shapely.Polygon:
    """A square lot, one of a grid."""
    east, north = EAST + column * side, NORTH + row * side
    return shapely.box(east, north, east + side, north + side)


def write(
    path: Path,
    shapes: Sequence[Any],
    columns: dict[str, Sequence[Any]],
    *,
    crs: str | None = "EPSG:5899",
    layer: str = "ThuaDat",
    kind: str = "Polygon",
    append: bool = False,
) -> Path:
    """Write a GIS file; the suffix says which; shapes may be WKB, columns may hold None."""
    raw = [shape if isinstance(shape, bytes | None) else shapely.to_wkb(shape) for shape in shapes]
    pyogrio.raw.write(
        path,
        np.array(raw, dtype=object),
        [_array(values) for values in columns.values()],
        list(columns),
        field_mask=[np.array([value is None for value in values]) for values in columns.values()],
        layer=layer if path.suffix == ".gpkg" else None,
        geometry_type=kind,
        crs=crs,
        append=append,
        **({"encoding": "UTF-8"} if path.suffix == ".shp" else {}),
    )
    return path


def _array(values: Sequence[Any]) -> np.ndarray[Any, Any]:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int) for value in known):
        return np.array([0 if value is None else value for value in values], dtype="int64")
    if known and all(isinstance(value, int | float) for value in known):
        return np.array([0.0 if value is None else value for value in values])
    return np.array(values, dtype=object)


def parcels(path: Path, shapes: Sequence[Any] | None = None, *, crs: str | None = "EPSG:5899", **changes: Any) -> Path:
    """Write parcels 1, 2, 3 … of sheet 1, whole unless `changes` replaces a column."""
    shapes = shapes if shapes is not None else [lot(0), lot(1), lot(2)]
    columns: dict[str, Sequence[Any]] = {
        "SoTo": [1] * len(shapes),
        "SoThua": list(range(1, len(shapes) + 1)),
        "DienTich": [400.0] * len(shapes),
        "KyHieuDat": ["ODT"] * len(shapes),
        "DiaChiThuaDat": ["1 Trần Phú"] * len(shapes),
    }
    columns |= changes
    kept = {name: values for name, values in columns.items() if values is not None}
    return write(path, shapes, kept, crs=crs, kind="Unknown")


def bomb(path: Path) -> Path:
    """A drawing of a few hundred bytes: one block, repeated 30,000 by 30,000 times."""
    block = "BLOCK 2 B 10 0 20 0 0 POINT 8 0 10 0 20 0 0 ENDBLK"
    insert = "INSERT 2 B 10 0 20 0 70 30000 71 30000 44 1 45 1"
    sections = (
        f"0 SECTION 2 {name} {body} 0 ENDSEC"
        for name, body in (("HEADER", ""), ("BLOCKS", f"0 {block}"), ("ENTITIES", f"0 {insert}"))
    )
    path.write_text("\n".join([*" ".join(sections).split(), "0", "EOF", ""]))
    return path


def read(*args: Any, **options: Any) -> Reading:
    """Read a file to its end."""
    reading = pipeline.read(*args, **options)
    try:
        return reading.finish()
    except BaseException:
        reading.close()
        raise


def by_code(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """What was found wrong, by code."""
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in reading.findings():
        found.setdefault(finding["code"], []).append(finding)
    return found


def staged_rows(reading: Reading) -> list[dict[str, str]]:
    """The rows that would be staged, as COPY texts by database column."""
    rows = []
    for table in reading.tables:
        lines = table.path.read_text().splitlines() if table.path.exists() else []
        for line in lines:
            rows.append(dict(zip(table.columns, line.split("\t"), strict=True)))
    return rows
