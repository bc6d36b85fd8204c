"""Parcels of before a split, merger or new number, as the live edition or the last one that drew them has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import Q, QuerySet

from planning.models import Parcel, ParcelLineage
from tiles.models import Edition


@dataclass(frozen=True, kw_only=True)
class Former:
    """A parcel that is no more; `outline` is WKB in EPSG:5899, drawn by an edition the city published.

    `live`: the edition is the one of today, so that the parcel answers for the dates it stood.
    """

    code: str
    sheet: int
    number: int
    outline: bytes
    area_m2: float
    edition: int
    published: datetime
    live: bool


def former_parcels(codes: Iterable[str]) -> list[Former]:
    """Return the parcels of these codes as the live edition keeps them, else the latest retired one that has them."""
    kept = Q(live=True, in_force_until__isnull=False) | Q(edition__in=_retired_editions())
    rows = Parcel.objects.filter(kept, code__in=list(codes), geom__isnull=False)
    latest = rows.order_by("code", "-live", "-edition__published").distinct("code").annotate(wkb=AsWKB("geom"))
    return [
        Former(
            code=row.code,
            sheet=row.sheet,
            number=row.number,
            outline=bytes(row.wkb),
            area_m2=row.geom.area,
            edition=row.edition_id,
            published=row.edition.published,
            live=row.live,
        )
        for row in latest.select_related("edition")
    ]


def _retired_editions() -> QuerySet[Edition]:
    return Edition.objects.filter(dataset__layer="parcels", state="retired", published__isnull=False)


def codes_then(code: str, *, on: date) -> list[str]:
    """Return the codes that stood on a date for the ground of a parcel formed after it."""
    steps = ParcelLineage.objects.live().filter(changed__gt=on).values_list("successor", "predecessor")
    there: dict[str, None] = {}
    seen, asked = {code}, [code]
    while asked:
        before = [old for _new, old in steps.filter(successor__in=asked).order_by("predecessor")]
        # What was itself formed after the date was not there yet.
        later = set(steps.filter(successor__in=before).values_list("successor", flat=True))
        there |= dict.fromkeys(old for old in before if old not in later)
        asked = [old for old in dict.fromkeys(before) if old in later and old not in seen]
        seen.update(asked)
    return list(there)


def outlines_of(codes: Iterable[str]) -> list[bytes]:
    """Return the outlines of live parcels as WKB in EPSG:5899."""
    rows = Parcel.objects.current().filter(code__in=list(codes), geom__isnull=False).annotate(wkb=AsWKB("geom"))
    return [bytes(row.wkb) for row in rows.order_by("code")]
