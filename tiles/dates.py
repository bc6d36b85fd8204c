"""The law's clock on the map: reading a date, and drawing what is in force on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tiles.api import BadParameter

# Properties of a layer whose rows the law gave a beginning and an end, ISO dates; both ends belong to the time.
FROM, UNTIL = "in_force_from", "in_force_until"
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse_date(query: Mapping[str, str], name: str, *, default: date) -> date:
    """Read an ISO date such as 2026-01-31; raises BadParameter."""
    text = query.get(name, "").strip()
    if not text:
        return default
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise BadParameter(
            _("Parameter “%(name)s”: “%(value)s” is not a date. Write it like 2026-01-31.")
            % {"name": name, "value": text[:40]},
            plain=plain_date(text),
        ) from None


def plain_date(text: str) -> str:
    """Say on a page that what was typed is no date."""
    said = _("Date “%(value)s” cannot be read. Choose it in the date field, or write it like 2026-01-31.")
    return said % {"value": text[:40]}


def in_force_filter(on: date) -> list[Any]:
    """Return the MapLibre filter of what is in force on a date; an end that is not stated is open."""
    day = on.isoformat()
    begun = ["<=", ["to-string", ["get", FROM]], day]
    not_ended = ["any", ["!", ["has", UNTIL]], [">=", ["to-string", ["get", UNTIL]], day]]
    return ["all", begun, not_ended]
