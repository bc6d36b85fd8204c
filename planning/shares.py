"""Shares: how many m² of each parcel lie in which areas of a plan.

Within one plan, for every parcel it concerns: sum(areas_m2) + gap_m2 - overlap_m2 = area of the parcel.
`areas_m2` are the pieces listed; `gap_m2` is the parcel without the union of the listed pieces; `overlap_m2` is
their sum without their union. A piece smaller than SLIVER_M2 (of a parcel smaller than 5 m²: than a tenth of it)
comes from limits that do not quite meet: it is not listed, so it counts as gap, and `slivers_m2` says how much.
All areas are in EPSG:5899.

Rows of editions never change, so a pair of parcel edition and plan edition is computed once, and a roll-back
finds its shares ready. `areas_in` is pure; `ensure_shares` is the only writer of Share and SharesOf.
"""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import connection, transaction
from numpy.typing import NDArray

from planning.lines import Behind, Lines, copy_lines, lines_of, parcels_behind
from planning.models import LineShare, Share, SharesOf
from planning.outlines import Numbers, Shapes, areas_of, limit_of, parcels_of
from planning.sql import statement
from tiles import database
from tiles.coverage import find_overlapping
from tiles.models import Edition

SLIVER_M2 = 0.5
SLIVER_PART = 0.1

Areas = NDArray[np.float64]

# shapely lets go of the interpreter while it computes.
_THREADS = 2


@dataclass(frozen=True, kw_only=True)
class PlanShares:
    """Shares of many parcels in one plan. Row i is parcel `parcels[i]` with pieces `starts[i]:starts[i + 1]`."""

    parcels: Numbers
    starts: Numbers
    areas: Numbers
    areas_m2: Areas
    gap_m2: Areas
    overlap_m2: Areas
    slivers_m2: Areas


def sliver_m2(parcel_m2: Areas) -> Areas:
    """Return the size under which a piece of each parcel is a sliver."""
    return np.minimum(SLIVER_M2, parcel_m2 * SLIVER_PART)


def smallest_piece_m2(parcel_m2: float) -> float:
    """Return the size under which a piece of one parcel is a sliver."""
    return min(SLIVER_M2, parcel_m2 * SLIVER_PART)


def areas_in(parcels: Shapes, areas: Shapes, limit: shapely.Geometry | None = None) -> PlanShares:
    """Compute the shares of valid `parcels` in the valid `areas` of one plan; indices refer to both arrays.

    Rows exist for parcels with a listed piece, and for parcels inside the plan's `limit` where no area is drawn.
    """
    parcel_m2 = shapely.area(parcels)
    parcel, area, piece_m2, pieces = _pieces(parcels, areas)
    listed = piece_m2 >= sliver_m2(parcel_m2)[parcel]
    slivers = np.bincount(parcel[~listed], weights=piece_m2[~listed], minlength=len(parcels))
    parcel, area, piece_m2, pieces = parcel[listed], area[listed], piece_m2[listed], pieces[listed]
    order = np.lexsort((-piece_m2, parcel))
    parcel, area, piece_m2, pieces = parcel[order], area[order], piece_m2[order], pieces[order]
    bare = _inside_limit(parcels, parcel_m2, limit, without=parcel)
    rows, first = np.unique(parcel, return_index=True)
    total = np.add.reduceat(piece_m2, first) if len(rows) else np.zeros(0)
    union = _unions(pieces, first, np.diff(np.append(first, len(parcel))), total, find_overlapping(areas)[area])
    return PlanShares(
        parcels=np.concatenate([rows, bare]),
        starts=np.concatenate([first, np.full(len(bare) + 1, len(parcel))]),
        areas=area,
        areas_m2=piece_m2,
        gap_m2=np.concatenate([np.maximum(parcel_m2[rows] - union, 0), parcel_m2[bare]]),
        overlap_m2=np.concatenate([np.maximum(total - union, 0), np.zeros(len(bare))]),
        slivers_m2=slivers[np.concatenate([rows, bare])],
    )


def ensure_shares(editions: list[Edition]) -> None:
    """Compute what is missing between live parcels and live plans, now that these editions are live."""
    compute_missing()


@transaction.atomic
def compute_missing() -> int:
    """Compute the shares of every live pair that has none; returns the number of pairs. Cheap when none is missing."""
    with connection.cursor() as cursor:
        cursor.execute(statement("lock_shares"))
    missing = _missing_pairs()
    if not missing:
        return 0
    parcels = parcels_of({edition for edition, _plan in missing})
    boxes = shapely.bounds(parcels.shapes)
    # Cutting lets go of the interpreter: plans are computed in threads while this one reads and writes.
    with ThreadPoolExecutor(_THREADS) as pool:
        jobs = []
        for plan in sorted({plan for _edition, plan in missing}):
            areas, limit = areas_of(plan), limit_of(plan)
            chosen = np.isin(parcels.editions, [edition for edition, other in missing if other == plan])
            chosen &= _boxes_meet(boxes, np.array([*areas.shapes, limit], dtype=object))
            job = pool.submit(areas_in, parcels.shapes[chosen], areas.shapes, limit)
            drawn = lines_of(plan)
            behind = pool.submit(_behind, parcels.shapes[chosen], drawn)
            jobs.append((plan, parcels.ids[chosen], areas.ids, job, drawn, behind))
        for plan, parcel_ids, area_ids, job, drawn, behind in jobs:
            copy_shares(plan, parcel_ids, area_ids, job.result())
            copy_lines(plan, parcel_ids, drawn, behind.result())
    SharesOf.objects.bulk_create(SharesOf(parcel_edition_id=edition, plan_edition_id=plan) for edition, plan in missing)
    for model in (Share, LineShare):
        transaction.on_commit(partial(database.vacuum, model._meta.db_table))
    return len(missing)


def _behind(parcels: Shapes, drawn: list[Lines]) -> list[Behind]:
    least_m2 = sliver_m2(shapely.area(parcels))
    return [one for lines in drawn for one in parcels_behind(parcels, lines, least_m2=least_m2)]


def copy_shares(plan_edition: int, parcel_ids: Numbers, area_ids: Numbers, shares: PlanShares) -> None:
    """Write the shares of one plan edition."""
    ids = area_ids[shares.areas] if len(shares.areas) else shares.areas
    parcels, starts = parcel_ids[shares.parcels].tolist(), shares.starts.tolist()
    areas, areas_m2 = [str(i) for i in ids.tolist()], [f"{a:.4f}" for a in shares.areas_m2.tolist()]
    rest = zip(shares.gap_m2.tolist(), shares.overlap_m2.tolist(), shares.slivers_m2.tolist(), strict=True)
    lines = [
        f"{parcel}\t{plan_edition}\t{{{','.join(areas[a:b])}}}\t{{{','.join(areas_m2[a:b])}}}"
        f"\t{gap:.4f}\t{overlap:.4f}\t{slivers:.4f}\n"
        for parcel, a, b, (gap, overlap, slivers) in zip(parcels, starts[:-1], starts[1:], rest, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.copy_expert(statement("copy_shares"), io.StringIO("".join(lines)))


@dataclass(frozen=True, kw_only=True)
class LiveShare:
    """The shares of one outline in one plan, computed by the database now."""

    area_ids: list[int]
    areas_m2: list[float]
    gap_m2: float
    overlap_m2: float
    slivers_m2: float


def live_shares(outline: GEOSGeometry, plan_edition: int) -> LiveShare | None:
    """Compute the shares of an outline (EPSG:5899) in a plan edition; None when the plan does not concern it."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("live_shares"),
            {
                "outline": outline.hexewkb.decode(),
                "plan": plan_edition,
                "sliver_m2": SLIVER_M2,
                "sliver_part": SLIVER_PART,
            },
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return LiveShare(area_ids=row[0], areas_m2=row[1], gap_m2=row[2], overlap_m2=row[3], slivers_m2=row[4])


def _missing_pairs() -> list[tuple[int, int]]:
    live = Edition.objects.filter(state=Edition.State.LIVE)
    parcels = live.filter(dataset__layer="parcels").values_list("pk", flat=True)
    plans = live.filter(dataset__layer__in=("zones", "land-use")).values_list("pk", flat=True)
    known = set(
        SharesOf.objects.filter(parcel_edition__in=parcels, plan_edition__in=plans).values_list(
            "parcel_edition", "plan_edition"
        )
    )
    return [pair for pair in ((p, q) for p in parcels for q in plans) if pair not in known]


def _boxes_meet(boxes: Areas, shapes: Shapes) -> NDArray[np.bool_]:
    """Mark the boxes (west, south, east, north) that meet the box around all shapes; most plans are small."""
    west, south, east, north = shapely.total_bounds(shapes)
    return (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)


def _pieces(parcels: Shapes, areas: Shapes) -> tuple[Numbers, Numbers, Areas, Shapes]:
    """Every piece of a parcel in an area; most parcels lie wholly in one, which needs no cutting."""
    shapely.prepare(areas)
    area, parcel = shapely.STRtree(parcels).query(areas, predicate="intersects")
    pieces = parcels[parcel]
    # Prepared shapes are not safe in two threads; cutting does not use them.
    cut = ~shapely.covers(areas[area], pieces)
    if cut.any():
        pieces[cut] = _in_threads(shapely.intersection, pieces[cut], areas[area[cut]])
    return parcel, area, shapely.area(pieces), pieces


def _inside_limit(parcels: Shapes, parcel_m2: Areas, limit: shapely.Geometry | None, *, without: Numbers) -> Numbers:
    if limit is None:
        return np.zeros(0, dtype=np.int64)
    shapely.prepare(limit)
    others = np.setdiff1d(np.arange(len(parcels)), without)
    inside = others[shapely.intersects(limit, parcels[others])]
    enough = shapely.area(shapely.intersection(parcels[inside], limit)) >= sliver_m2(parcel_m2[inside])
    return inside[enough]


def _unions(pieces: Shapes, first: Numbers, counts: Numbers, total: Areas, overlapping: NDArray[np.bool_]) -> Areas:
    """The area each parcel's listed pieces cover together; only pieces of areas that may overlap are united."""
    union = total.copy()
    if not len(first):
        return union
    # Of two areas that overlap perhaps only one is marked: the other's edges may all be met by its neighbours'.
    doubtful = (np.add.reduceat(overlapping.astype(np.int64), first) > 0) & (counts > 1)
    for count in np.unique(counts[doubtful]):
        rows = np.flatnonzero(doubtful & (counts == count))
        grid = pieces[first[rows][:, None] + np.arange(count)]
        union[rows] = shapely.area(_in_threads(partial(shapely.union_all, axis=1), grid))
    return union


def _in_threads(function, *arrays):  # type: ignore[no-untyped-def]
    """Run a vectorised shapely function over equal parts of the arrays, one part a thread."""
    if len(arrays[0]) < 1000:
        return function(*arrays)
    parts = zip(*(np.array_split(array, _THREADS * 8) for array in arrays), strict=True)
    with ThreadPoolExecutor(_THREADS) as pool:
        return np.concatenate(list(pool.map(lambda part: function(*part), parts)))
