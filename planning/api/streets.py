"""The doors to streets and their prices."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planning import params
from planning.api.parameters import LISTED, ON, refuse_others
from planning.api.serializers import render_street
from planning.lookup import find_street, streets_matching
from tiles.api import LANG, PROBLEMS, PublicView

Q = OpenApiParameter("q", str, description="A part of the name; diacritics are not needed. All when missing.")


class StreetsView(PublicView):
    """Streets by name."""

    @extend_schema(operation_id="streets_list", parameters=[Q, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request) -> Response:
        """List the streets whose name holds a text, without regard to diacritics."""
        refuse_others(request, "q")
        found = list(streets_matching(request.query_params.get("q", "")))
        rows = [{"slug": street.slug, "name": street.name} for street in found[:LISTED]]
        return Response({"results": rows, "more": len(found) > LISTED})


class StreetView(PublicView):
    """One street."""

    @extend_schema(operation_id="streets_retrieve", parameters=[ON, LANG], responses={200: dict, **PROBLEMS})
    def get(self, request: Request, slug: str) -> Response:
        """Return the segments of a street with the prices in force on a date."""
        refuse_others(request, "on")
        on = params.parse_date(request.query_params, "on", default=timezone.localdate())
        street = find_street(slug)
        if street is None:
            raise params.UnknownCode(_("No published street has this address. Search with /api/v1/streets?q=."))
        return Response(render_street(street, on=on))
