"""The door of changes for programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlencode

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planning.params import parse_integer, parse_language
from portal.changes.params import parse_asked
from portal.changes.publications import Publication
from tiles.api import LANG, PROBLEMS, PublicView

LISTED = 100


class ChangesView(PublicView):
    """What was published when."""

    @extend_schema(
        operation_id="changes_list",
        parameters=[
            OpenApiParameter("since", datetime, description="A date or a moment; everything when missing."),
            OpenApiParameter("layer", str, description="Id of a layer; all when missing."),
            OpenApiParameter("about", str, description="parcels/{code}, wards/{code} or plans/{code}."),
            OpenApiParameter("cursor", int, description="From the address in “next”."),
            LANG,
        ],
        responses={200: dict, **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        """List publications and roll-backs, the latest first; `next` leads to earlier ones."""
        query = request.query_params
        asked = parse_asked(query, "cursor", "lang")
        language = parse_language(query)
        found = asked.publications()
        if cursor := parse_integer(query, "cursor"):
            found = found.filter(pk__lt=cursor)
        rows = list(found[: LISTED + 1])
        shown = asked.read(rows[:LISTED])
        following = None
        if len(rows) > LISTED:
            following = f"{request.path}?{urlencode({**query.dict(), 'cursor': shown[-1].id})}"
        body = {"results": [_plain(each) for each in shown], "next": following}
        return Response(body, headers={"Content-Language": language})


def _plain(each: Publication) -> dict[str, object]:
    return {
        "layer": each.layer,
        "layer_title": each.layer_title,
        "revision": each.revision,
        "published": each.moment,
        "datasets": [asdict(change) for change in each.changes],
    }
