"""The doors to plans and their zones."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planning import params
from planning.api.parameters import ON, refuse_others
from planning.api.serializers import render_plan, render_zone
from planning.lookup import find_plan, find_zone
from planning.models import Plan
from tiles.api import LANG, PROBLEMS, PublicView


class PlansView(PublicView):
    """The plans."""

    @extend_schema(operation_id="plans_list", parameters=[ON, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request) -> Response:
        """List the published plans in force on a date."""
        refuse_others(request, "on")
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        plans = Plan.objects.live().in_force(on=on).select_related("edition__dataset").order_by("layer", "code")
        plans = plans.prefetch_related("edition__dataset__documents")
        return Response({"results": [render_plan(plan) for plan in plans]})


class PlanView(PublicView):
    """One plan."""

    @extend_schema(operation_id="plans_retrieve", parameters=[LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request, code: str) -> Response:
        """Return a plan with decision, dates and edition."""
        refuse_others(request)
        plan = find_plan(code)
        if plan is None:
            raise params.UnknownCode(_("No published plan has this code. The list is at /api/v1/plans."))
        return Response(render_plan(plan))


class ZoneView(PublicView):
    """One zone."""

    @extend_schema(operation_id="zones_retrieve", parameters=[LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request, code: str) -> Response:
        """Return a zone with its indicators and its plan."""
        refuse_others(request)
        zone = find_zone(code)
        if zone is None:
            raise params.UnknownCode(_("No published zone has this code. Search for it, or pick it on the map."))
        return Response(render_zone(zone))
