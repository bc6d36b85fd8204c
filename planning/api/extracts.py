"""The doors of the document for programs: frozen extracts, and the JSON Schema of what an extract is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planning import params
from planning.extracts.frozen import find_frozen
from planning.extracts.schema import extract_schema, feature_schema
from planning.extracts.verify import Verified, verify
from tiles.api import LANG, PROBLEMS, PublicView

SCHEMAS = {"extract": extract_schema, "extract-geojson": feature_schema}


class FrozenExtractView(PublicView):
    """What a document said."""

    @extend_schema(
        operation_id="extracts_retrieve",
        description="Return what a document said and whether it still is what the portal says. sha256 is of answer "
        "without created and verify_url, written as JSON in UTF-8 with sorted keys and no spaces.",
        parameters=[LANG],
        responses={200: dict, **PROBLEMS},
    )
    def get(self, request: Request, number: str) -> Response:
        """Return a frozen extract, and whether it still is what the portal says."""
        params.parse_only(request.query_params, "lang")
        params.parse_language(request.query_params)
        frozen = find_frozen(number)
        if frozen is None:
            raise params.UnknownCode(_("No extract has this number. It looks like DL-2026-7K4M9Q-T."))
        return Response(render_verified(verify(frozen)))


class SchemaView(PublicView):
    """The published schemas."""

    @extend_schema(operation_id="schemas_retrieve", parameters=[LANG], responses={200: OpenApiTypes.OBJECT, **PROBLEMS})
    def get(self, request: Request, name: str) -> Response:
        """Return the JSON Schema (draft 2020-12) of an extract: extract or extract-geojson."""
        params.parse_only(request.query_params, "lang")
        params.parse_language(request.query_params)
        if name not in SCHEMAS:
            known = ", ".join(SCHEMAS)
            raise params.UnknownCode(_("No schema has this name. Known are: %(known)s.") % {"known": known})
        address = settings.SITE_URL + reverse("api-json-schema", args=[name])
        return Response({**SCHEMAS[name](), "$id": address}, content_type="application/schema+json")


def render_verified(verified: Verified) -> dict[str, Any]:
    """Return a frozen extract with the answer of today beside it as plain values."""
    frozen = verified.frozen
    with translation.override(frozen.language):
        address = settings.SITE_URL + reverse("verify", args=[frozen.number])
    return {
        "number": frozen.number,
        "code": frozen.code,
        "on": frozen.on,
        "language": frozen.language,
        "created": frozen.created,
        "sha256": frozen.sha256,
        "state": verified.state,
        "changes": [vars(change) for change in verified.changes],
        "new_editions": [vars(change) for change in verified.new_editions],
        "answer": {**verified.answer, "created": frozen.created, "verify_url": address},
        "verify_url": address,
    }
