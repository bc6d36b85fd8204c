"""How much of each parcel lies behind the lines of a plan: red lines, building lines, protection corridors.

Per parcel and kind of line: the m² (EPSG:5899) within the union of the kind's strips, and the lines concerned.
Computed once with the shares of the plan (`planning.shares`) and kept; this module is the only writer of LineShare.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db import connection
from numpy.typing import NDArray

from planning.models import PlanLine
from planning.outlines import Numbers, Shapes
from planning.sql import statement

NULL = "\\N"
# Less than this of a parcel in a strip is the width of a line.
TOUCHED_M2 = 0.01


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The lines of one kind of a plan: keys, lines and strips at the same places; a strip may be None."""

    kind: str
    ids: Numbers
    lines: Shapes
    strips: Shapes


@dataclass(frozen=True, kw_only=True)
class Behind:
    """One parcel behind lines of one kind; `parcel` and `lines` are indices, `area_m2` None without a strip."""

    parcel: int
    kind: str
    lines: tuple[int, ...]
    area_m2: float | None


def lines_of(plan_edition: int) -> list[Lines]:
    """Return the lines of a plan edition, kind by kind."""
    rows = PlanLine.objects.filter(edition=plan_edition).exclude(geom=None).order_by("pk")
    found = list(rows.values_list("kind", "pk", AsWKB("geom"), AsWKB("strip")))
    return [
        Lines(
            kind=kind,
            ids=np.array([row[1] for row in found if row[0] == kind], dtype=np.int64),
            lines=_shapes([row[2] for row in found if row[0] == kind]),
            strips=_shapes([row[3] for row in found if row[0] == kind]),
        )
        for kind in sorted({row[0] for row in found})
    ]


def parcels_behind(parcels: Shapes, lines: Lines, *, least_m2: NDArray[np.float64]) -> Iterator[Behind]:
    """Yield the parcels of which a strip covers at least `least_m2`, or which a line without a strip crosses."""
    line, parcel = shapely.STRtree(parcels).query(_reaching(lines), predicate="intersects").reshape(2, -1)
    pieces = shapely.intersection(parcels[parcel], lines.strips[line])
    reached = shapely.is_missing(pieces) | (shapely.area(pieces) > TOUCHED_M2)
    line, parcel, pieces = line[reached], parcel[reached], pieces[reached]
    order = np.lexsort((line, parcel))
    line, parcel, pieces = line[order], parcel[order], pieces[order]
    rows, first = np.unique(parcel, return_index=True)
    if not len(rows):
        return
    for row, among in zip(rows.tolist(), np.split(np.arange(len(parcel)), first[1:]), strict=True):
        area_m2 = _covered(pieces[among])
        if area_m2 is None:
            if crosses(parcels[row], lines.lines[line[among]]):
                yield Behind(parcel=row, kind=lines.kind, lines=tuple(line[among].tolist()), area_m2=None)
        elif area_m2 >= least_m2[row]:
            yield Behind(parcel=row, kind=lines.kind, lines=tuple(line[among].tolist()), area_m2=area_m2)


def crosses(parcel: shapely.Geometry, lines: Shapes) -> bool:
    """Tell whether a line runs inside the parcel, not only along its edge."""
    return bool(shapely.length(shapely.intersection(parcel.buffer(-0.05), lines)).sum() > 0)


def copy_lines(plan_edition: int, parcel_ids: Numbers, lines: list[Lines], found: list[Behind]) -> None:
    """Write what lies behind the lines of one plan edition."""
    ids = {one.kind: one.ids for one in lines}
    text = "".join(
        f"{parcel_ids[one.parcel]}\t{plan_edition}\t{one.kind}"
        f"\t{{{','.join(str(ids[one.kind][i]) for i in one.lines)}}}"
        f"\t{NULL if one.area_m2 is None else round(one.area_m2, 4)}\n"
        for one in found
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(statement("copy_line_shares"), io.StringIO(text))


def _reaching(lines: Lines) -> Shapes:
    return np.where(shapely.is_missing(lines.strips), lines.lines, lines.strips)


def _covered(pieces: Shapes) -> float | None:
    """Return the m² of pieces of which some may be missing; None when all are."""
    known = pieces[~shapely.is_missing(pieces)]
    if len(known) < 2:
        return float(known[0].area) if len(known) else None
    return float(shapely.union_all(known).area)


def _shapes(outlines: list[memoryview | None]) -> Shapes:
    wkb = [None if outline is None else bytes(outline) for outline in outlines]
    return np.array(shapely.from_wkb(wkb), dtype=object)
