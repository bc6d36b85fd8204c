"""What is said about a subject, as plain values that can be kept and compared.

Each topic is one key: "plan <code>", "law <code>", "uses <code>", "road-line", "building-line", "corridor", "projects",
"conflicts", "levels", "price", "rules", "ward", "area". Codes and numbers, so that two languages read the same facts;
numbers as the page rounds them. What was measured stands last in its row, so that `portal.follow.compare` finds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.gis.db.models.functions import Area
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FloatField, Sum
from django.db.models.functions import Cast
from django.utils import timezone

from planning.extracts.answers import Answer, ZoneShare, law_status
from planning.extracts.assemble import assemble
from planning.extracts.extract import Conflict, ConflictSide, Extract, LevelConflict, OtherPlan, Restriction
from planning.lookup import find_parcel, find_plan
from planning.models import LandUseArea, Plan, PlanLine, Ward, Zone
from planning.prices.answer import price_parcel
from planning.prices.inputs import Inputs
from planning.uses import system_of
from planning.wards import find_ward, plans_on
from portal.changes import subjects

Facts = dict[str, Any]
Dated = Answer | OtherPlan | Plan | Ward
# Layers whose publication may change what is said; lines come with the plan that draws them, a layer of zones.
LAYERS = frozenset({"parcels", "zones", "land-use", "prices", "wards", "projects"})
LINES = tuple(PlanLine.Kind.values)
# Topics that are a list of rows, empty where there is nothing of the kind.
LISTED = (*LINES, "projects", "conflicts", "levels")
INDICATORS = ("density_max_percent", "floors_max", "floor_area_ratio", "height_max_m", "setback_m")


def facts_of(kind: str, code: str, *, on: date) -> Facts | None:
    """Return what is said about a subject on a date, {} when it is not published; None while it is being computed."""
    found = _READERS[kind](code, on)
    plain: Facts | None = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return plain


def _of_parcel(code: str, on: date) -> Facts | None:
    parcel = find_parcel(code, on=on)
    if parcel is None:
        return {}
    priced = price_parcel(parcel, Inputs(), on=on)
    extract = assemble(parcel, on=on, created=timezone.now(), priced=priced)
    # A theme without any plan has no data either, but then nothing is being computed.
    if any(answer.status == "no-data" and answer.edition for answer in extract.answers):
        return None
    registered = parcel.area_registered_m2
    found: Facts = {
        "ward": parcel.ward_then_name,
        "area": [registered and round(registered, 1), round(parcel.area_measured_m2, 1)],
        "projects": _projects(extract),
        "conflicts": _conflicts(extract.conflicts or ()),
        "levels": _level_conflicts(extract.level_conflicts),
    }
    for answer in extract.answers:
        if answer.plan:
            found[f"plan {answer.plan.code}"] = _of_answer(answer)
            found[f"law {answer.plan.code}"] = _of_law(answer.plan.title, answer, on)
    for other in extract.other_plans:
        found[f"law {other.plan.code}"] = _of_law(other.plan.title, other, on)
    for kind in LINES:
        concerned = (one for one in extract.restrictions if (one.theme, one.status) == (kind, "concerned"))
        found[kind] = [_behind_lines(one) for one in concerned]
    if price := extract.price:
        prices = list(price.prices_vnd_per_m2) or [price.price_vnd_per_m2]
        found["price"] = {"street": price.street, "prices": prices, "decision": price.decision}
    decisions = sorted({rule.source.decision for rule in priced.rules.rules} - {""})
    found["rules"] = {"price": priced.valuation.price_vnd_per_m2, "decisions": decisions} if decisions else {}
    return found


def _of_law(title: str, dated: Dated, on: date) -> Facts:
    begins, ends = dated.in_force_from, dated.in_force_until
    return {"title": title, "law": law_status(begins, ends, on=on), "from": begins, "until": ends}


def _of_answer(answer: Answer) -> Facts:
    assert answer.plan
    zones: dict[tuple, float] = {}
    for zone in answer.zones:
        zones[_said(zone)] = zones.get(_said(zone), 0) + zone.percent
    uses = [[*said, round(percent, 1)] for said, percent in sorted(zones.items(), key=lambda item: -item[1])]
    return {
        "title": answer.plan.title,
        "system": system_of(answer.theme),
        "decision": answer.decision,
        "uses": uses,
        "gap": round(answer.gap_percent, 1),
    }


def _said(zone: ZoneShare) -> tuple:
    return (zone.use, *(getattr(zone, name) for name in INDICATORS))


def _behind_lines(one: Restriction) -> list[Any]:
    """Return the plan, its lines by name and width, and the m² behind them; None when these cannot be measured."""
    assert one.plan
    lines = {(line.name or line.code, line.width_m) for line in one.lines}
    return [one.plan.title, sorted(lines, key=str), one.area_m2 and round(one.area_m2, 1)]


def _projects(extract: Extract) -> list[list[Any]]:
    """Return the projects on the parcel, or the nearest one, with their distance in metres."""
    near = extract.projects_near
    said = [project for project in near if project.distance_m == 0] or near[:1]
    return [[project.title, round(project.distance_m)] for project in said]


def _conflicts(found: Iterable[Conflict]) -> list[list[Any]]:
    """Return the m² for which a plan and the land-use plan draw uses that do not agree."""
    return _added((_title(one.construction), one.construction.use, one.land_use.use, one.area_m2) for one in found)


def _level_conflicts(found: Iterable[LevelConflict]) -> list[list[Any]]:
    """Return the m² for which construction plans of two levels draw uses that do not agree."""
    sides = ((one.detailed, one.broader, one.area_m2) for one in found)
    return _added((_title(one), one.use, _title(other), other.use, area_m2) for one, other, area_m2 in sides)


def _title(side: ConflictSide) -> str:
    return side.plan.title if side.plan else ""


def _added(rows: Iterable[tuple]) -> list[list[Any]]:
    """Return rows that say the same as one, the m² of their ends added."""
    areas: dict[tuple, float] = {}
    for *said, area_m2 in rows:
        areas[*said,] = areas.get((*said,), 0) + area_m2
    return [[*said, round(area_m2, 1)] for said, area_m2 in areas.items()]


def _of_plan(code: str, on: date) -> Facts:
    plan = find_plan(code)
    if plan is None:
        return {}
    return _of_drawn(plan, on)


def _of_ward(code: str, on: date) -> Facts:
    ward = find_ward(code)
    if ward is None or ward.geom is None:
        return {}
    found: Facts = {f"law {code}": _of_law(ward.name, ward, on)}
    for plan in plans_on(Plan.objects.live(), ward.geom):
        found |= _of_drawn(plan, on)
    return found


def _of_drawn(plan: Plan, on: date) -> Facts:
    """Return a plan's law and edition, and the hectares it draws by use and what may be built there."""
    model: Any = LandUseArea if plan.layer == "land-use" else Zone
    said = ("use",) if plan.layer == "land-use" else ("use", *INDICATORS)
    area_m2 = Sum(Cast(Area("geom"), FloatField()))
    rows = model.objects.of(plan.edition).values_list(*said).annotate(area_m2=area_m2).order_by("-area_m2", *said)
    uses = [[*row, round(area_m2 / 10_000, 2)] for *row, area_m2 in rows]
    return {
        f"law {plan.code}": _of_law(plan.title, plan, on),
        f"plan {plan.code}": _of_edition(plan),
        f"uses {plan.code}": {"title": plan.title, "system": system_of(plan.layer), "uses": uses},
    }


def _of_edition(plan: Plan) -> Facts:
    return {
        "title": plan.title,
        "decision": plan.decision,
        "edition": plan.edition_id,
        "from": plan.in_force_from,
        "until": plan.in_force_until,
    }


_READERS = {subjects.PARCELS: _of_parcel, subjects.PLANS: _of_plan, subjects.WARDS: _of_ward}
