"""The doors of the API: parcels, extracts, plans, zones, streets. Everybody may read them."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planning import params
from planning.extracts.assemble import assemble, with_history
from planning.extracts.render import render_json
from planning.gone import answer_missing
from planning.lookup import (
    ParcelFacts,
    find_parcel,
    find_parcel_at,
    find_plan,
    find_street,
    find_zone,
    in_city,
    streets_matching,
)
from planning.models import Parcel, Plan
from planning.numbered import ask_for_ward
from planning.serializers import render_found_parcel, render_plan, render_street, render_zone
from tiles.api import GONE, LANG, PROBLEMS, PublicView

LISTED = 100

Q = OpenApiParameter("q", str, description="A part of the name; diacritics are not needed. All when missing.")
ON = OpenApiParameter("on", date, description="Plans and prices in force on this date; today when missing.")

SINCE = OpenApiParameter("since", date, description="Adds `history`, and `changes` between this date and `on`.")
HISTORY = OpenApiParameter("history", int, enum=[0, 1], description="1 adds `history`: in force and published.")


def _refuse_others(request: Request, *known: str) -> None:
    """Accept the parameters `known` and the language only."""
    params.parse_only(request.query_params, *known, "lang")
    params.parse_language(request.query_params)


def _answer(request: Request, parcel: ParcelFacts, on: date) -> Response:
    query = request.query_params
    language = params.parse_language(query)
    since = params.parse_since(query)
    with override(language):
        extract = assemble(parcel, on=on, created=timezone.now())
        if since or params.parse_flag(query, "history"):
            extract = with_history(extract, parcel, since=since)
    return Response(render_json(extract), headers={"Content-Language": language})


class ParcelsView(PublicView):
    """Parcels by ward, map sheet and number."""

    @extend_schema(
        operation_id="parcels_list",
        parameters=[
            OpenApiParameter("ward", str, description="Code or name, old or new."),
            OpenApiParameter("sheet", int, description="Map sheet (tờ bản đồ)."),
            OpenApiParameter("number", int, description="Parcel number on the sheet (thửa); sheet, number or both."),
            LANG,
        ],
        responses={200: dict, **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        """List parcels; several, and a question, when the ward is missing or was merged."""
        query = request.query_params
        _refuse_others(request, "ward", "sheet", "number")
        sheet, number = params.parse_integer(query, "sheet"), params.parse_integer(query, "number")
        if sheet is None and number is None:
            raise params.BadParameter(_("Give “sheet”, “number” or both."))
        found = Parcel.objects.numbered(ward=query.get("ward", ""), sheet=sheet, number=number)[: LISTED + 1]
        rows = [render_found_parcel(parcel) for parcel in found]
        answer = {"results": rows[:LISTED], "more": len(rows) > LISTED}
        if sheet and number and len(rows) > 1:
            answer["question"] = ask_for_ward(sheet=sheet, number=number, count=len(rows))
        return Response(answer)


class ParcelView(PublicView):
    """One parcel."""

    @extend_schema(
        operation_id="parcels_retrieve",
        parameters=[ON, SINCE, HISTORY, LANG],
        responses={200: dict, 301: OpenApiResponse(description="To its only successor."), **PROBLEMS, **GONE},
    )
    def get(self, request: Request, code: str) -> Response:
        """Return the extract of a parcel."""
        _refuse_others(request, "on", "since", "history")
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        parcel = find_parcel(code, on=on)
        if parcel is None:
            return answer_missing(request, code)
        return _answer(request, parcel, on)


class ExtractView(PublicView):
    """The parcel at a point."""

    @extend_schema(
        operation_id="extract",
        parameters=[
            OpenApiParameter("point", str, required=True, description="lon,lat; east,north when crs is given"),
            OpenApiParameter("crs", int, enum=params.SYSTEMS, description="EPSG code; 4326 when missing."),
            ON,
            SINCE,
            HISTORY,
            LANG,
        ],
        responses={200: dict, **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        """Return the extract of the parcel that covers a point."""
        _refuse_others(request, "point", "crs", "on", "since", "history")
        lon, lat = params.parse_point(request.query_params)
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        parcel = find_parcel_at(lon, lat, on=on)
        if parcel is None and not in_city(lon, lat):
            raise params.NoParcelHere(
                _("This point lies outside the city: in Đà Lạt longitude is about 108.4 and latitude about 11.9.")
            )
        if parcel is None:
            raise params.NoParcelHere(
                _("No published parcel covers this point. It may be a road, water or forest, or lie outside the city.")
            )
        return _answer(request, parcel, on)


class PlansView(PublicView):
    """The plans."""

    @extend_schema(operation_id="plans_list", parameters=[ON, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request) -> Response:
        """List the published plans in force on a date."""
        _refuse_others(request, "on")
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        plans = Plan.objects.live().in_force(on=on).select_related("edition__dataset").order_by("layer", "code")
        plans = plans.prefetch_related("edition__dataset__documents")
        return Response({"results": [render_plan(plan) for plan in plans]})


class PlanView(PublicView):
    """One plan."""

    @extend_schema(operation_id="plans_retrieve", parameters=[LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request, code: str) -> Response:
        """Return a plan with decision, dates and edition."""
        _refuse_others(request)
        plan = find_plan(code)
        if plan is None:
            raise params.UnknownCode(_("No published plan has this code. The list is at /api/v1/plans."))
        return Response(render_plan(plan))


class ZoneView(PublicView):
    """One zone."""

    @extend_schema(operation_id="zones_retrieve", parameters=[LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request, code: str) -> Response:
        """Return a zone with its indicators and its plan."""
        _refuse_others(request)
        zone = find_zone(code)
        if zone is None:
            raise params.UnknownCode(_("No published zone has this code. Search for it, or pick it on the map."))
        return Response(render_zone(zone))


class StreetsView(PublicView):
    """Streets by name."""

    @extend_schema(operation_id="streets_list", parameters=[Q, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request) -> Response:
        """List the streets whose name holds a text, without regard to diacritics."""
        _refuse_others(request, "q")
        found = list(streets_matching(request.query_params.get("q", "")))
        rows = [{"slug": street.slug, "name": street.name} for street in found[:LISTED]]
        return Response({"results": rows, "more": len(found) > LISTED})


class StreetView(PublicView):
    """One street."""

    @extend_schema(operation_id="streets_retrieve", parameters=[ON, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request, slug: str) -> Response:
        """Return the segments of a street with the prices in force on a date."""
        _refuse_others(request, "on")
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        street = find_street(slug)
        if street is None:
            raise params.UnknownCode(_("No published street has this address. Search with /api/v1/streets?q=."))
        return Response(render_street(street, on=on))
