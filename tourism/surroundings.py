"""A place as its page shows it: with its twins in other sources and what is near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tourism import sql
from tourism.models import Place

_FIELDS: dict[str, str] = {field.attname: str(field.column) for field in Place._meta.concrete_fields}


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """A published place, who told it and when, its twins by code, and live places by their `distance_m`.

    `last_verified`: when a person last looked at it; `has_events`: some, drafts too, are at it;
    `has_photos`: it or one near it has some.
    """

    place: Place
    published: datetime
    supplier: str
    licence: str
    last_verified: date | None
    has_events: bool
    has_photos: bool
    twins: list[Place]
    nearby: list[Place]


def find_surroundings(code: str, *, within_m: float, limit: int) -> Surroundings | None:
    """Return the published place of a code, also one its twin stands for, with at most `limit` others near it."""
    rows = sql.surroundings(code=code, within_m=within_m, limit=limit)
    own = next((row for row in rows if row["code"] == code), None)
    if own is None:
        return None
    return Surroundings(
        place=_place(own),
        published=own["published"],
        supplier=own["supplier"],
        licence=own["licence"],
        last_verified=own["last_verified"],
        has_events=own["has_events"],
        has_photos=any(row["has_photos"] for row in rows),
        twins=[_place(row) for row in rows if row["distance_m"] is None and row is not own],
        nearby=[_place(row) for row in rows if row["distance_m"] is not None],
    )


def _place(row: dict[str, Any]) -> Place:
    place: Place = Place.from_db("default", list(_FIELDS), [row[column] for column in _FIELDS.values()])
    place.distance_m = row["distance_m"]  # type: ignore[attr-defined]  # as a queryset's annotation
    return place
