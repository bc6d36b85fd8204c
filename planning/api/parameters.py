"""What the doors take in common, and how much they list."""

from __future__ import annotations

from datetime import date

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from planning import params

LISTED = 100

ON = OpenApiParameter("on", date, description="Plans and prices in force on this date; today when missing.")


def refuse_others(request: Request, *known: str) -> None:
    """Accept the parameters `known` and the language only."""
    params.parse_only(request.query_params, *known, "lang")
    params.parse_language(request.query_params)
