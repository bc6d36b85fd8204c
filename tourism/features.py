"""Places as GeoJSON texts: which properties are told, and in which language."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from tourism import sql
from tourism.querysets import PlaceQuerySet

PROPERTIES = (
    "code", "slug", "category", "group", "name", "lang", "description", "opening_hours", "open", "address", "phone",
    "website", "stars", "price", "verified_on", "updated", "source", "licence", "url", "details", "distance_m",
)  # fmt: skip


_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d)")


def render_features(
    places: PlaceQuerySet, *, language: str, address: str, names: Sequence[str] = (), details: bool = False
) -> list[tuple[str, str, float | None]]:
    """Return (GeoJSON text, code, metres) of places, with id, code and the properties named (none: all but details).

    `places` carries `open`, and `distance_m` where the list goes by distance; `address` is the list's address.
    """
    near = "distance_m" in places.query.annotations
    rows = list(places.values_list("pk", "code", "open", *(["distance_m"] if near else [])))
    distances_m = [row[3] if near else None for row in rows]
    texts = sql.features(
        ids=[row[0] for row in rows],
        open=[row[2] for row in rows],
        distances_m=distances_m,
        language=language,
        address=address,
        without=_untold(names, near=near, details=details),
    )
    return list(zip(texts, [row[1] for row in rows], distances_m, strict=True))


def render_table(features: Iterable[str], names: Sequence[str]) -> str:
    """Return GeoJSON texts of places as CSV: the properties named, then longitude and latitude in WGS 84."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([*names, "lon", "lat"])
    for feature in map(json.loads, features):
        told = feature["properties"]
        writer.writerow([*(_cell(told.get(name)) for name in names), *feature["geometry"]["coordinates"]])
    return table.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    # A spreadsheet reckons a text that begins so; a telephone number or a negative number may stay as it is.
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _untold(names: Iterable[str], *, near: bool, details: bool) -> list[str]:
    # Thousands of places with all that is known of each would be megabytes: a list tells it when asked by name.
    told = set(names or PROPERTIES) - (set() if details or names else {"details"}) | {"code"}
    told = told | {"distance_m"} if near else told - {"distance_m"}
    return sorted(set(PROPERTIES) - told)
