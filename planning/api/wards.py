"""The doors of the administrative units: outlines with their dates, and which units a new one was made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.gis.db.models.functions import Transform
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_gis.fields import GeometryField
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from planning import params
from planning.extracts.answers import law_status
from planning.models import Ward
from planning.wards import units_then
from portal.text import storable
from tiles.api import LANG, PROBLEMS, PublicView
from tiles.geometry import LON_LAT_SRID

ON = OpenApiParameter("on", date, description="Units in force on this date; today when missing.")


class WardSerializer(GeoFeatureModelSerializer):
    """A unit as a GeoJSON Feature in WGS 84; seven decimals are a centimetre."""

    geometry = GeometryField(source="outline", precision=7)
    predecessors = serializers.ListField()

    class Meta:
        model = Ward
        geo_field = "geometry"
        fields = ("code", "name", "kind", "in_force_from", "in_force_until", "predecessors")


class WardsView(PublicView):
    """The administrative units."""

    @extend_schema(operation_id="wards_list", parameters=[ON, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request) -> Response:
        """List the units in force on a date with their outlines."""
        params.parse_only(request.query_params, "on", "lang")
        params.parse_language(request.query_params)
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        return _answer(WardSerializer(_outlined().in_force(on=on).order_by("code"), many=True).data)


class WardView(PublicView):
    """One unit."""

    @extend_schema(operation_id="wards_retrieve", parameters=[ON, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request, code: str) -> Response:
        """Return a unit of any time, the law's word on it on a date, and the units in its place if it was not there."""
        params.parse_only(request.query_params, "on", "lang")
        params.parse_language(request.query_params)
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        ward = _outlined().filter(code=storable(code)).first()
        if ward is None:
            raise params.UnknownCode(_("No published ward has this code. The list is at /api/v1/wards."))
        feature = WardSerializer(ward).data
        status = law_status(ward.in_force_from, ward.in_force_until, on=on)
        then = () if status == "in-force" else units_then(ward, on=on)
        feature["properties"] |= {
            "on": on,
            "law_status": status,
            "then": [{"code": unit.code, "name": unit.name, "url": f"/wards/{unit.code}"} for unit in then],
        }
        return _answer(feature)


def _outlined() -> Any:
    rows: QuerySet[Ward] = Ward.objects.live().annotate(outline=Transform(F("geom"), LON_LAT_SRID))
    return rows


def _answer(data: Any) -> Response:
    return Response(data, content_type="application/geo+json")
