"""Plans, zones, streets and found parcels as plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

from planning.documents import documents_of
from planning.lookup import Street, pieces_of, plan_of, segments_of
from planning.models import Parcel, Plan, Zone
from planning.offices import office_to_ask
from planning.uses import colour_of, name_of
from tiles.models import Edition


def render_found_parcel(parcel: Parcel) -> dict[str, Any]:
    """Return what tells one parcel from another."""
    return {
        "code": parcel.code,
        "ward": parcel.ward,
        "sheet": parcel.sheet,
        "number": parcel.number,
        "area_registered_m2": parcel.area_registered_m2,
        "land_use": parcel.land_use,
        "address": parcel.address,
        "url": f"/parcels/{parcel.code}",
    }


def render_edition(edition: Edition) -> dict[str, Any]:
    """Return who says so: dataset, edition, moment of publication."""
    return {"dataset": edition.dataset.code, "edition": edition.pk, "published": edition.published}


def render_plan(plan: Plan, *, asked: date) -> dict[str, Any]:
    """Return a plan with its decision and dates, who approved it, and which office answers for it on the day asked."""
    return {
        "code": plan.code,
        "layer": plan.layer,
        "level": plan.level,
        "title": plan.name,
        "decision": plan.decision,
        "decision_date": plan.decision_date,
        "office": plan.office,
        "ask": office_to_ask(plan.layer, plan.level, on=asked),
        "scale": plan.scale,
        "in_force_from": plan.in_force_from,
        "in_force_until": plan.in_force_until,
        "documents": [
            {"title": paper.title, "url": f"/plans/{plan.code}/documents/{paper.name}", "size": paper.size}
            for paper in documents_of(plan)
        ],
        "edition": render_edition(plan.edition),
        "url": f"/plans/{plan.code}",
    }


def render_zone(zone: Zone, *, asked: date) -> dict[str, Any]:
    """Return a zone with its indicators and its plan."""
    plan = plan_of(zone)
    return {
        "code": zone.code,
        "name": zone.name,
        "use": zone.use,
        "use_name": name_of("construction", zone.use, zone.use_name),
        "colour": colour_of("construction", zone.use),
        "density_max_percent": zone.density_max_percent,
        "floors_max": zone.floors_max,
        "floor_area_ratio": zone.floor_area_ratio,
        "height_max_m": zone.height_max_m,
        "setback_m": zone.setback_m,
        "stage": zone.stage,
        "note": zone.note,
        "area_m2": round(zone.geom.area, 2) if zone.geom else None,
        "plan": render_plan(plan, asked=asked) if plan else None,
        "url": f"/zones/{zone.code}",
    }


def render_street(street: Street, *, on: date) -> dict[str, Any]:
    """Return a street with its priced segments on a date and its pieces of road."""
    return {
        "slug": street.slug,
        "name": street.name,
        "on": on,
        "segments": [
            {
                "code": segment.code,
                "from_street": segment.from_street,
                "to_street": segment.to_street,
                "prices_vnd_per_m2": segment.prices,
                "decision": segment.decision,
                "in_force_from": segment.in_force_from,
                "in_force_until": segment.in_force_until,
                "edition": render_edition(segment.edition),
            }
            for segment in segments_of(street, on=on)
        ],
        "roads": [
            {
                "code": road.code,
                "road_class": road.road_class,
                "from_street": road.from_street,
                "to_street": road.to_street,
                "width_m": road.width_m,
            }
            for road in pieces_of(street)
        ],
        "url": f"/streets/{street.slug}",
    }
