"""The doors to plans and their zones."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planning import params
from planning.api.parameters import LISTED, ON, refuse_others
from planning.api.serializers import render_plan, render_zone
from planning.extracts.answers import law_status
from planning.lookup import find_plan, find_zone, plan_of, zones_then
from planning.models import Plan, Zone
from tiles.api import LANG, PROBLEMS, PublicView


class PlansView(PublicView):
    """The plans."""

    @extend_schema(operation_id="plans_list", parameters=[ON, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request) -> Response:
        """List the published plans in force on a date, with who approved each and which office to ask."""
        refuse_others(request, "on")
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        plans = Plan.objects.live().in_force(on=on).select_related("edition__dataset").order_by("layer", "code")
        plans = plans.prefetch_related("edition__dataset__documents")
        return Response({"results": [render_plan(plan, asked=timezone.localdate()) for plan in plans]})


class PlanView(PublicView):
    """One plan."""

    @extend_schema(operation_id="plans_retrieve", parameters=[ON, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request, code: str) -> Response:
        """Return a plan with decision, dates, edition and the office to ask, and the law's word on it on a date."""
        refuse_others(request, "on")
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        plan = find_plan(code)
        if plan is None:
            raise params.UnknownCode(_("No published plan has this code. The list is at /api/v1/plans."))
        status = law_status(plan.in_force_from, plan.in_force_until, on=on)
        return Response({**render_plan(plan, asked=timezone.localdate()), "on": on, "law_status": status})


class ZoneView(PublicView):
    """One zone."""

    @extend_schema(operation_id="zones_retrieve", parameters=[ON, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request, code: str) -> Response:
        """Return a zone and its plan, the law's word on it on a date, and the zones in force there if it was not."""
        refuse_others(request, "on")
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        zone = find_zone(code)
        if zone is None:
            raise params.UnknownCode(_("No published zone has this code. Search for it, or pick it on the map."))
        law = plan_of(zone) or zone
        status = law_status(law.in_force_from, law.in_force_until, on=on)
        then = () if status == "in-force" else zones_then(zone, on=on)[:LISTED]
        listed = [_listed(one) for one in then]
        return Response(
            {**render_zone(zone, asked=timezone.localdate()), "on": on, "law_status": status, "then": listed}
        )


def _listed(zone: Zone) -> dict[str, Any]:
    shared = zone.shared.sq_m  # type: ignore[attr-defined]  # as annotated by `zones_then`
    return {"code": zone.code, "use": zone.use, "area_m2": round(shared, 2), "url": f"/zones/{zone.code}"}
