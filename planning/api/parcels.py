"""The doors to parcels and their extracts."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planning import params
from planning.api.outside import explain_outside
from planning.api.parameters import LISTED, ON, refuse_others
from planning.api.serializers import render_found_parcel
from planning.extracts.assemble import assemble, with_history
from planning.gone import answer_missing, members
from planning.lookup import ParcelFacts, find_parcel, find_parcel_at, in_city
from planning.models import Parcel, Ward
from planning.numbered import Numbered, ask_for_ward, explain_missing
from planning.search_gone import find_gone_numbered
from tiles.api import GONE, LANG, PROBLEMS, PublicView

SINCE = OpenApiParameter("since", date, description="Adds `history`, and `changes` between this date and `on`.")
HISTORY = OpenApiParameter("history", int, enum=[0, 1], description="1 adds `history`: in force and published.")


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
        """List parcels; several, and a question, when the ward is missing or was merged.

        `gone` names the parcels of this sheet and number that were split, merged or renumbered, each with what it
        became; `note` says why nothing was found. A ward that nobody knows is refused.
        """
        query = request.query_params
        refuse_others(request, "ward", "sheet", "number")
        sheet, number = params.parse_integer(query, "sheet"), params.parse_integer(query, "number")
        if sheet is None and number is None:
            raise params.BadParameter(_("Give “sheet”, “number” or both."))
        ward = query.get("ward", "")
        if ward and not Ward.objects.live().called(ward).exists():
            text = _("Parameter “ward”: no ward or commune, old or new, is called “%(ward)s”. See /api/v1/wards.")
            raise params.BadParameter(text % {"ward": ward[:60]})
        found = Parcel.objects.numbered(ward=ward, sheet=sheet, number=number)[: LISTED + 1]
        rows = [render_found_parcel(parcel) for parcel in found]
        answer = {"results": rows[:LISTED], "more": len(rows) > LISTED}
        if sheet and number:
            if gone := find_gone_numbered(Numbered(sheet, number, ward)):
                answer["gone"] = [members(each) for each in gone]
            elif not rows:
                answer["note"] = explain_missing(Numbered(sheet, number, ward))
            if len(rows) > 1:
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
        refuse_others(request, "on", "since", "history")
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
            OpenApiParameter(
                "point",
                str,
                required=True,
                description="lon,lat; with crs east,north (on Vietnamese papers X is north)",
            ),
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
        refuse_others(request, "point", "crs", "on", "since", "history")
        lon, lat = params.parse_point(request.query_params)
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        parcel = find_parcel_at(lon, lat, on=on)
        if parcel is None and not in_city(lon, lat):
            raise params.NoParcelHere(explain_outside(request.query_params))
        if parcel is None:
            raise params.NoParcelHere(
                _("No published parcel covers this point. It may be a road, water or forest, or lie outside the city.")
            )
        return _answer(request, parcel, on)


def _answer(request: Request, parcel: ParcelFacts, on: date) -> Response:
    query = request.query_params
    language = params.parse_language(query)
    since = params.parse_since(query)
    with override(language):
        extract = assemble(parcel, on=on, created=timezone.now())
        if since or params.parse_flag(query, "history"):
            extract = with_history(extract, parcel, since=since)
    return Response(extract, headers={"Content-Language": language})
