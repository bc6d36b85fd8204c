"""Outlines of whole editions as shapely arrays (EPSG:5899), for questions that touch every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from numpy.typing import NDArray

from planning.models import LandUseArea, Parcel, Plan, Zone

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


def _outlines(rows: Any) -> Outlines:
    found = list(rows.exclude(geom=None).order_by("pk").values_list("pk", "row", "edition_id", AsWKB("geom")))
    numbers = np.array([row[:3] for row in found], dtype=np.int64).reshape(-1, 3)
    wkb = np.array([bytes(row[3]) for row in found], dtype=object)
    return Outlines(ids=numbers[:, 0], rows=numbers[:, 1], editions=numbers[:, 2], shapes=shapely.from_wkb(wkb))


def find_overlapping(shapes: Shapes) -> NDArray[np.bool_]:
    """Mark the shapes that may overlap another one; those not marked certainly do not.

    Neighbours with a common edge are nearly all pairs of a cadastre or a plan; testing edges is far cheaper than pairs.
    """
    edges = shapely.coverage_invalid_edges(shapes)
    return ~(shapely.is_missing(edges) | shapely.is_empty(edges))
