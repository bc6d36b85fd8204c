"""How the lines of a construction plan look, and the strips they get while the plan is staged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.contrib.gis.geos import GEOSGeometry

from planning.models import Plan, PlanLine, Road
from planning.strips import corridor, strip_to_road, without
from portal.text import fold
from tiles.geometry import SURVEY_SRID
from tiles.ingest import issues
from tiles.ingest.source import Column, Table
from tiles.models import Edition, Issue

REFERENCE = Column(field="reference", names=("maDoiTuong",), required=True, max_length=100)
FACTS = (
    Column(field="name", names=("tenDoiTuong", "tenDuong"), max_length=150),
    Column(field="category", names=("phanLoai",), max_length=250),
    Column(field="note", names=("ghiChu",), max_length=250),
)


def _table(class_name: str, kind: PlanLine.Kind, letters: str, width: tuple[str, ...]) -> Table:
    return Table(
        model="planning.PlanLine",
        names=(f"{class_name}_L", class_name),
        geometry="line",
        required=False,
        key=("reference",),
        code=f"{{dataset}}-{letters}-{{reference}}",
        columns=(REFERENCE, *FACTS, Column(field="width_m", names=width, type="number", minimum=0, maximum=1000)),
        constants={"kind": kind.value},
    )


# Circular 16/2025/TT-BXD, Annex II: the classes; the columns of widths are those of the demonstration city.
TABLES = (
    _table("ChiGioiDuongDo", PlanLine.Kind.ROAD, "cgdd", ("loGioi", "beRong")),
    _table("ChiGioiXayDung", PlanLine.Kind.BUILDING, "cgxd", ("khoangLui",)),
    _table("HanhLangAnToan", PlanLine.Kind.CORRIDOR, "hlat", ("beRong", "khoangCach")),
)


def complete_lines(edition: Edition) -> Iterator[Issue]:
    """Draw the strips of a staged plan's lines, and note on the plan which kinds of lines it draws."""
    rows = list(PlanLine.objects.of(edition).exclude(geom=None).annotate(wkb=AsWKB("geom")).order_by("row"))
    Plan.objects.of(edition).update(line_kinds=",".join(sorted({row.kind for row in rows})))
    if not rows:
        return
    kinds = np.array([row.kind for row in rows])
    strips = np.full(len(rows), None, dtype=object)
    strips[:] = list(_strips(rows))
    red, back = kinds == PlanLine.Kind.ROAD, kinds == PlanLine.Kind.BUILDING
    known = ~shapely.is_missing(strips)
    strips[back & known] = without(strips[back & known], strips[red & known])
    for row, strip in zip(rows, strips, strict=True):
        row.strip = GEOSGeometry(memoryview(shapely.to_wkb(strip)), srid=SURVEY_SRID) if strip is not None else None
    PlanLine.objects.bulk_update(rows, ["strip"], batch_size=500)
    for row, drawn in zip(rows, known.tolist(), strict=True):
        if not drawn:
            code = "corridor-without-width" if row.kind == PlanLine.Kind.CORRIDOR else "line-without-road"
            yield issues.new(edition, code, row=row.row, values={"name": row.name or row.reference})


def _strips(rows: list[Any]) -> Iterator[shapely.Geometry | None]:
    roads = _roads({fold(row.name) for row in rows if row.kind != PlanLine.Kind.CORRIDOR})
    for row in rows:
        line = shapely.from_wkb(bytes(row.wkb))
        if row.kind == PlanLine.Kind.CORRIDOR:
            yield corridor(line, row.width_m)
        else:
            road = roads.get(fold(row.name))
            yield strip_to_road(line, road) if road is not None else None


def _roads(names: set[str]) -> dict[str, shapely.Geometry]:
    """Return the published middle line of each named road."""
    parts: dict[str, list[bytes]] = {}
    found = Road.objects.live().filter(name_fold__in=names - {""}).values_list("name_fold", AsWKB("geom"))
    for name, outline in found:
        parts.setdefault(name, []).append(bytes(outline))
    return {name: shapely.union_all(shapely.from_wkb(outlines)) for name, outlines in parts.items()}
