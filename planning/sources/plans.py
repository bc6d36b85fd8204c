"""What a delivery of a plan needs after its rows are staged: the plan itself."""

from collections.abc import Iterator

import shapely
from django.contrib.gis.geos import GEOSGeometry

from planning.models import LandUseArea, Plan, Zone
from planning.outlines import areas_of
from tiles import geometry
from tiles.ingest import issues
from tiles.models import Edition, Issue

# maHoSoQH names the level (Circular 16/2025/TT-BXD); Vietnamese datasets carry the same letters.
LEVELS = {"qhc": Plan.Level.GENERAL, "qpk": Plan.Level.SUBDIVISION, "qct": Plan.Level.DETAILED}


def complete_plan(edition: Edition, *, layer: str) -> Iterator[Issue]:
    """Give the edition its plan; when the delivery has none, its title is the dataset's and an issue says so."""
    plans = Plan.objects.of(edition)
    if not plans.exists():
        plan_of_areas(edition)
        yield issues.new(edition, "plan-facts-missing", values={"dataset": edition.dataset.code})
    plans.update(layer=layer)
    plans.filter(title="").update(title=edition.dataset.title_vi)
    for plan in plans.all():
        plan.level = Plan.Level.LAND_USE if layer == "land-use" else plan.level or _level_of(plan)
        plan.save(update_fields=["level"])
        _date_areas(plan)


def _level_of(plan: Plan) -> str:
    return find_level(plan.file_code) or find_level(plan.code) or ""


def _date_areas(plan: Plan) -> None:
    """Give the areas what the map needs to know of their plan."""
    dates = {"in_force_from": plan.in_force_from, "in_force_until": plan.in_force_until}
    LandUseArea.objects.of(plan.edition).update(**dates)
    Zone.objects.of(plan.edition).update(level=plan.level, **dates)


def find_level(code: str) -> Plan.Level | None:
    """Return the level that the letters of a plan's code name."""
    return next((level for letters, level in LEVELS.items() if letters in code.lower()), None)


def plan_of_areas(edition: Edition) -> None:
    """Add a plan whose limit is what its areas cover, so that gaps and shares have a meaning."""
    # The union of badly drawn areas may itself be invalid; shapely finds it in half the database's time.
    covered = geometry.repair(shapely.union_all(areas_of(edition.pk).shapes), "polygon")[0]
    limit = None if covered.is_empty else GEOSGeometry(memoryview(shapely.to_wkb(covered)), srid=geometry.SURVEY_SRID)
    Plan.objects.create(edition=edition, row=0, code=edition.dataset.code, title=edition.dataset.title_vi, geom=limit)
