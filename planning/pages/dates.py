"""The dates of a page: asked for, or today with what was wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from planning.params import BadParameter, parse_date, parse_since


def on_of(request: HttpRequest) -> tuple[date, str]:
    """Return the date asked for, and what is wrong with it when today had to stand in."""
    today = timezone.localdate()
    try:
        return parse_date(request.GET, "on", default=today), ""
    except BadParameter as error:
        return today, error.plain


def since_of(request: HttpRequest) -> tuple[date | None, str]:
    """Return the date since which changes are asked for, and what is wrong with it."""
    try:
        return parse_since(request.GET), ""
    except BadParameter as error:
        return None, error.plain


def dated(on: date, error: str) -> dict[str, Any]:
    """Return what the choice of a date on a page shows."""
    return {"on": on, "on_error": error, "today": timezone.localdate()}
