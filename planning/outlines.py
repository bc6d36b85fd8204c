"""Outlines of whole editions as shapely arrays (EPSG:5899), for questions that touch every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import F, TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from planning.models import LandUseArea, Parcel, Plan, Ward, Zone

Shapes = NDArray[np.object_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """Rows of one model: key, row of the file, edition and outline, at the same places."""

    ids: Numbers
    rows: Numbers
    editions: Numbers
    shapes: Shapes


def parcels_of(editions: Iterable[int]) -> Outlines:
    """Return the parcels of some editions that have an outline."""
    return _outlines(Parcel.objects.filter(edition__in=list(editions)))


def areas_of(plan_edition: int) -> Outlines:
    """Return the zones or land-use areas of a plan edition."""
    zones = _outlines(Zone.objects.filter(edition=plan_edition))
    return zones if len(zones.ids) else _outlines(LandUseArea.objects.filter(edition=plan_edition))


def limit_of(plan_edition: int) -> shapely.Geometry | None:
    """Return the limit of the plan of an edition, None when it has none."""
    plans = _outlines(Plan.objects.filter(edition=plan_edition))
    return shapely.union_all(plans.shapes) if len(plans.ids) else None


def ward_regions() -> list[tuple[str, shapely.Geometry]]:
    """Return code and outline of the published units; of those at one place the oldest comes first."""
    oldest_first = (F("in_force_until").asc(nulls_last=True), "in_force_from", "code")
    rows = Ward.objects.live().exclude(geom=None).order_by(*oldest_first).values_list("code", AsWKB("geom"))
    return [(code, shapely.from_wkb(bytes(outline))) for code, outline in rows]


def _outlines(rows: Any) -> Outlines:
    # Hexadecimal EWKB, as the database shows a geometry, is the quickest way out of it.
    columns = ("pk", "row", "edition_id", Cast("geom", TextField()))
    found = list(rows.exclude(geom=None).order_by().values_list(*columns))
    ids, numbers, editions = (np.array([row[i] for row in found], dtype=np.int64) for i in range(3))
    shapes = np.array(shapely.from_wkb([bytes.fromhex(row[3]) for row in found]), dtype=object)
    order = np.argsort(ids)
    return Outlines(ids=ids[order], rows=numbers[order], editions=editions[order], shapes=shapes[order])
