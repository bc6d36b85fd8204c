"""What the one search box finds in the planning layers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.gis.db.models.functions import PointOnSurface, Transform
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.lookup import Street
from planning.models import Parcel, Plan, Road, Ward
from planning.search_gone import search_gone
from portal.text import fold
from tiles.registry import Hit

_SHEET = re.compile(r"\b(?:to(?: ban do)?(?: so)?|sheet)\s*(\d{1,6})\b")
_NUMBER = re.compile(r"\b(?:thua(?: dat)?(?: so)?|parcel)\s*(\d{1,8})\b")
_PAIR = re.compile(r"^(\d{1,6})\s*/\s*(\d{1,8})\b")
_JOIN = re.compile(r"^[\s,;.\-]+|[\s,;.\-]+$")
# Below this likeness a name is another name, not a misspelt one.
ALIKE = 0.45


def search_parcels(text: str, limit: int, language: str) -> list[Hit]:
    """Find "tờ 12 thửa 345 phường 4", "12/345 p4" and codes; without a ward every ward's parcel is offered."""
    plain = fold(text)
    by_code = Parcel.objects.live().filter(code=plain)
    found = _spots(by_code)[:1] or _spots(_numbered(plain))[:limit]
    if not found:
        sheet, number, _rest = _sheet_and_number(plain) or (None, None, "")
        return search_gone(plain, sheet=sheet, number=number, limit=limit)
    wards = dict(Ward.objects.live().values_list("code", "name"))
    return [
        Hit(
            kind="parcel",
            code=parcel.code,
            title=_("Parcel %(number)s, sheet %(sheet)s") % {"number": parcel.number, "sheet": parcel.sheet},
            subtitle=", ".join(filter(None, [wards.get(parcel.ward, parcel.ward), parcel.address])),
            url=f"/parcels/{parcel.code}",
            layer="parcels",
            score=1,
            **_lon_lat(parcel),
        )
        for parcel in found
    ]


def search_streets(text: str, limit: int, language: str) -> list[Hit]:
    """Find streets and alleys by a part of their name, and by likeness when no name has the part."""
    plain = fold(text)
    roads = _spots(Road.objects.live().exclude(name=""))
    found = roads.filter(name_fold__contains=plain)
    if not found.exists():
        alike = TrigramWordSimilarity(plain, "name_fold")
        found = roads.filter(name_fold__trigram_word_similar=plain).annotate(alike=alike).filter(alike__gte=ALIKE)
    pieces: dict[str, Road] = {}
    for road in found.order_by("name", "code"):
        pieces.setdefault(road.name, road)
    # The street itself before its alleys.
    names = sorted(pieces, key=lambda name: (fold(name) != plain, len(name), name))[:limit]
    return [_street_hit(pieces[name], plain) for name in names]


def _street_hit(road: Road, plain: str) -> Hit:
    street = Street(name=road.name)
    return Hit(
        kind="street",
        code=street.slug,
        title=road.name,
        subtitle=road.get_road_class_display(),
        url=f"/streets/{street.slug}",
        layer="roads",
        score=1 if fold(road.name) == plain else 0.6,
        **_lon_lat(road),
    )


def search_plans(text: str, limit: int, language: str) -> list[Hit]:
    """Find construction plans by code or a part of their title."""
    return list(_plans(text, limit, layer="zones"))


def search_land_use_plans(text: str, limit: int, language: str) -> list[Hit]:
    """Find land-use plans by code or a part of their title."""
    return list(_plans(text, limit, layer="land-use"))


def search_wards(text: str, limit: int, language: str) -> list[Hit]:
    """Find units of today and of the past."""
    units = Ward.objects.live()
    called = units.called(text).values_list("pk", flat=True)
    found = _spots(units.filter(pk__in=called)) or _spots(units.filter(name__icontains=text))
    return [
        Hit(
            kind="ward",
            code=ward.code,
            title=ward.name,
            subtitle=_("until %(day)s") % {"day": f"{ward.in_force_until:%d/%m/%Y}"} if ward.in_force_until else "",
            url=f"/?sel=wards/{ward.code}",
            in_force_from=ward.in_force_from,
            in_force_until=ward.in_force_until,
            layer="wards",
            score=0.7 if ward.in_force_until else 0.9,
            **_lon_lat(ward),
        )
        for ward in found[:limit]
    ]


def _sheet_and_number(plain: str) -> tuple[int, int, str] | None:
    """Return sheet, number and what is left of the text."""
    if pair := _PAIR.match(plain):
        return int(pair[1]), int(pair[2]), plain[pair.end() :]
    sheets, numbers = _SHEET.search(plain), _NUMBER.search(plain)
    if not (sheets and numbers):
        return None
    return int(sheets[1]), int(numbers[1]), _NUMBER.sub(" ", _SHEET.sub(" ", plain))


def _numbered(plain: str) -> QuerySet[Parcel]:
    named = _sheet_and_number(plain)
    if named is None:
        return Parcel.objects.none()
    sheet, number, rest = named
    if not (0 < sheet < 2**31 and 0 < number < 2**31):
        return Parcel.objects.none()
    return Parcel.objects.numbered(ward=_JOIN.sub("", rest), sheet=sheet, number=number)


def _plans(text: str, limit: int, *, layer: str) -> Iterator[Hit]:
    plain = fold(text)
    plans = Plan.objects.live().filter(layer=layer)
    found = _spots(plans.filter(code=plain)) or _spots(plans.filter(title_fold__contains=plain))
    for plan in found[:limit]:
        yield Hit(
            kind="plan",
            code=plan.code,
            title=plan.title,
            subtitle=", ".join(filter(None, [plan.get_level_display(), plan.decision])),
            url=f"/plans/{plan.code}",
            in_force_from=plan.in_force_from,
            in_force_until=plan.in_force_until,
            layer=layer,
            score=1 if plan.code == plain else 0.7,
            **_lon_lat(plan),
        )


def _spots(rows: QuerySet) -> QuerySet:
    """Add a point of each row in WGS 84."""
    return rows.annotate(spot=Transform(PointOnSurface("shape"), 4326))


def _lon_lat(row: object) -> dict[str, Any]:
    spot = getattr(row, "spot", None)
    return {"lon": round(spot.x, 6), "lat": round(spot.y, 6)} if spot else {}


def price_range(low: int, high: int | None) -> str:
    """Return "5.000.000 – 15.000.000 đ/m²" in the active language."""
    if high is None:
        return _("from %(low)s đ/m²") % {"low": number_format(low)}
    return _("%(low)s – %(high)s đ/m²") % {"low": number_format(low), "high": number_format(high)}
