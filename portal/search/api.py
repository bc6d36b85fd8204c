"""The API of the search."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.search.explain import explain
from portal.search.find import find
from portal.search.forms import SearchForm
from tiles.api import PROBLEMS, PublicView
from tiles.registry import Hit
from tourism.api import describe, parsed

DEFAULT_LIMIT = 10


class Search(PublicView):
    """Everything the one search box finds."""

    @extend_schema(
        operation_id="search", parameters=describe(SearchForm, "q"), responses={200: OpenApiTypes.OBJECT, **PROBLEMS}
    )
    def get(self, request: Request) -> Response:
        """Answer the query and its results, the best first; a “note” says what must be chosen or is wrong."""
        values = parsed(SearchForm(request.query_params), request.query_params)
        language = values["lang"] or "vi"
        limit, near, on = values["limit"] or DEFAULT_LIMIT, values["near"], values["on"]
        hits = find(values["q"], limit=limit, language=language, near=near, on=on)
        note = explain(values["q"], hits, language=language)
        answer = {"query": request.query_params["q"], "results": [_render(hit) for hit in hits]}
        return Response({**answer, "note": note} if note else answer)


def _render(hit: Hit) -> dict[str, Any]:
    rendered = asdict(hit)
    del rendered["score"]
    # Dates only where the law gave some.
    undated = [name for name in ("in_force_from", "in_force_until") if rendered[name] is None]
    return {name: value for name, value in rendered.items() if name not in undated}
