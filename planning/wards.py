"""Administrative units: one by its code, its neighbours in time, the plans that lie in it."""

from __future__ import annotations

from datetime import date

from django.contrib.gis.db.models.functions import Area, Intersection
from django.contrib.gis.geos import GEOSGeometry
from django.contrib.gis.measure import A
from django.db.models import QuerySet

from planning.models import Plan, Ward
from planning.querysets import DatedQuerySet, WardQuerySet
from portal.text import storable

# Limits drawn along a common line overlap by slivers.
SLIVER_M2 = 100


def find_ward(code: str) -> Ward | None:
    """Return the live unit of a code, today's or one of the past."""
    return Ward.objects.live().select_related("edition__dataset").filter(code=storable(code)).first()


def units_before(ward: Ward) -> QuerySet[Ward]:
    """Return the units a unit was made of."""
    return Ward.objects.live().filter(code__in=ward.predecessors or []).order_by("code")


def units_after(ward: Ward) -> QuerySet[Ward]:
    """Return the units that were made of a unit."""
    return Ward.objects.live().filter(predecessors__contains=[ward.code]).order_by("code")


def units_then(ward: Ward, *, on: date) -> QuerySet[Ward]:
    """Return the units in force on a date on the ground of a unit, the largest part first; none of one undrawn."""
    if ward.geom is None:
        return Ward.objects.none()
    return wards_of(ward.geom).in_force(on=on).order_by("-shared", "code")


def carry_over(code: str, *, on: date) -> str:
    """Return the code of the unit in a unit's place on a date: its own, or of the only one there; else ""."""
    ward = find_ward(code)
    if ward is None or (ward.in_force_from or on) <= on <= (ward.in_force_until or on):
        return code
    then = [unit.code for unit in units_then(ward, on=on)]
    return then[0] if len(then) == 1 else ""


def plans_on(plans: DatedQuerySet, area: GEOSGeometry, *, more_than_m2: float = SLIVER_M2) -> QuerySet[Plan]:
    """Return those of `plans` whose limit shares more than so many m² with an area in EPSG:5899."""
    shared = Area(Intersection("geom", area))
    there = plans.select_related("edition__dataset").filter(geom__intersects=area)
    return there.annotate(shared=shared).filter(shared__gt=A(sq_m=more_than_m2))


def wards_of(area: GEOSGeometry) -> WardQuerySet:
    """Return the live units, of today and of the past, that share more than a sliver with an area in EPSG:5899."""
    shared = Area(Intersection("geom", area))
    units: WardQuerySet = Ward.objects.live().annotate(shared=shared)
    return units.filter(shared__gt=A(sq_m=SLIVER_M2))
