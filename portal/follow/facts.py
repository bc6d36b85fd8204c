"""What is said about a subject, as plain values that can be kept and compared.

Each topic is one key: "plan <code>", "price", "ward", "area", "uses". Codes and numbers, so that two languages read
the same facts; numbers as the page rounds them, so that no letter tells of a change nobody can see.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from planning.extracts.answers import Answer, ZoneShare
from planning.extracts.assemble import plan_answers
from planning.extracts.priced import price_of
from planning.lookup import find_parcel, find_plan, uses_of_plan
from planning.models import Plan
from planning.prices.answer import price_parcel
from planning.prices.inputs import Inputs
from planning.uses import system_of
from planning.wards import find_ward, plans_on
from portal.changes import subjects

Facts = dict[str, Any]
# Layers whose publication may change what is said.
LAYERS = frozenset({"parcels", "zones", "land-use", "prices", "wards"})
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
    answers = list(plan_answers(parcel, on=on))
    if any(answer.status == "no-data" for answer in answers):
        return None
    registered = parcel.area_registered_m2
    found: Facts = {
        "ward": parcel.ward_then_name,
        "area": [registered and round(registered, 1), round(parcel.area_measured_m2, 1)],
    }
    for answer in answers:
        if answer.plan:
            found[f"plan {answer.plan.code}"] = _of_answer(answer)
    if price := price_of(price_parcel(parcel, Inputs(), on=on)):
        prices = list(price.prices_vnd_per_m2) or [price.price_vnd_per_m2]
        found["price"] = {"street": price.street, "prices": prices, "decision": price.decision}
    return found


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


def _of_plan(code: str, on: date) -> Facts:
    plan = find_plan(code)
    if plan is None:
        return {}
    uses = [[use.use, round(use.area_ha, 1)] for use in uses_of_plan(plan)]
    return {f"plan {code}": _of_edition(plan), "uses": {"system": system_of(plan.layer), "uses": uses}}


def _of_ward(code: str, on: date) -> Facts:
    ward = find_ward(code)
    if ward is None or ward.geom is None:
        return {}
    return {f"plan {plan.code}": _of_edition(plan) for plan in plans_on(Plan.objects.live(), ward.geom)}


def _of_edition(plan: Plan) -> Facts:
    return {
        "title": plan.title,
        "decision": plan.decision,
        "edition": plan.edition_id,
        "from": plan.in_force_from,
        "until": plan.in_force_until,
    }


_READERS = {subjects.PARCELS: _of_parcel, subjects.PLANS: _of_plan, subjects.WARDS: _of_ward}
