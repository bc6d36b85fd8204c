"""Places as GeoJSON texts: which properties are told, and in which language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tourism import sql
from tourism.querysets import PlaceQuerySet

PROPERTIES = (
    "code", "slug", "category", "group", "name", "lang", "description", "opening_hours", "open", "address", "phone",
    "website", "stars", "price", "verified_on", "source", "licence", "url", "distance_m",
)  # fmt: skip


def render_features(
    places: PlaceQuerySet, *, language: str, address: str, names: Sequence[str] = ()
) -> list[tuple[str, str, float | None]]:
    """Return (GeoJSON text, code, metres) of places, with id, code and the properties named (none: all).

    `places` carries `open`, and `distance_m` where the list goes by distance; `address` is the list's address.
    """
    near = "distance_m" in places.query.annotations
    rows = list(places.values_list("pk", "code", "open", *(["distance_m"] if near else [])))
    distances_m = [row[3] if near else None for row in rows]
    texts = sql.features(
        ids=[row[0] for row in rows],
        open=[row[2] for row in rows],
        distances_m=distances_m,
        english=language == "en",
        address=address,
        without=_untold(names, near=near),
    )
    return list(zip(texts, [row[1] for row in rows], distances_m, strict=True))


def _untold(names: Iterable[str], *, near: bool) -> list[str]:
    told = set(names or PROPERTIES) | {"code"}
    told = told | {"distance_m"} if near else told - {"distance_m"}
    return sorted(set(PROPERTIES) - told)
