"""What the one search box finds in the planning layers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.gis.db.models.functions import PointOnSurface, Transform
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.addresses import Address, FoundAlley, FoundParcel, find_address, find_alley, find_parcels_of
from planning.lookup import Street
from planning.models import Parcel, Road, Ward
from planning.numbered import parse_numbered
from planning.search_gone import search_gone
from planning.ward_names import read_ward, read_ward_and_city
from portal.text import fold
from tiles.registry import Hit

# Below this likeness a name is another name, not a misspelt one.
ALIKE = 0.45


def search_parcels(text: str, limit: int, language: str) -> list[Hit]:
    """Find "tờ 12 thửa 345 phường 4", "12/345 p4", codes and addresses; without a ward every ward's is offered."""
    numbered = parse_numbered(text)
    rows = list(spots(Parcel.objects.current().filter(code=fold(text)))[:1])
    if not rows and numbered:
        rows = list(spots(numbered.parcels())[:limit])
    # A certificate may be older than a split or a merger: what is no more stands beside its namesakes of today.
    hits = [*_parcel_hits(rows), *search_gone(fold(text), numbered, limit=limit)]
    return hits[:limit] or _address_hits(text, limit)


def parcels_at(lon: float, lat: float) -> list[Hit]:
    """Find the live parcels that cover a WGS 84 point; several on a common limit."""
    return _parcel_hits(spots(Parcel.objects.at(lon, lat).current()).order_by("code"))


def _address_hits(text: str, limit: int) -> list[Hit]:
    address = find_address(text)
    if not address:
        return []
    alley = find_alley(address)
    found = {each.parcel.pk: each for each in find_parcels_of(address, alley, limit=limit)}
    hits = {hit.code: hit for hit in _parcel_hits(spots(Parcel.objects.filter(pk__in=found)))}
    return [_with_note(hits[each.parcel.code], each, address, alley) for each in found.values()]


def _with_note(hit: Hit, found: FoundParcel, address: Address, alley: FoundAlley | None) -> Hit:
    if found.exact:
        return hit
    if alley:
        note = _("along %(alley)s") % {"alley": alley.road.name}
    else:
        note = _("nearest known number to %(number)s") % {"number": address.text}
    return replace(hit, subtitle=f"{hit.subtitle} · {note}", score=0.8)


def _parcel_hits(found: Iterable[Parcel]) -> list[Hit]:
    parcels = list(found)
    wards = dict(Ward.objects.live().values_list("code", "name")) if parcels else {}
    return [
        Hit(
            kind="parcel",
            code=parcel.code,
            title=_("Parcel %(number)s, sheet %(sheet)s") % {"number": parcel.number, "sheet": parcel.sheet},
            subtitle=", ".join(filter(None, [wards.get(parcel.ward, parcel.ward), parcel.address])),
            url=f"/parcels/{parcel.code}",
            layer="parcels",
            score=1,
            **lon_lat(parcel),
        )
        for parcel in parcels
    ]


def search_streets(text: str, limit: int, language: str) -> list[Hit]:
    """Find streets and alleys by a part of their name, and by likeness when no name has the part."""
    address = find_address(text)
    alley = find_alley(address) if address else None
    if address and alley and fold(alley.road.name) != fold(text):
        return [_alley_hit(alley, address)]
    plain = address.street if address and not alley else fold(text)
    roads = spots(Road.objects.live().exclude(name=""))
    found = roads.filter(name_fold__contains=plain)
    if not found.exists():
        alike = TrigramWordSimilarity(plain, "name_fold")
        found = roads.filter(name_fold__trigram_word_similar=plain).annotate(alike=alike).filter(alike__gte=ALIKE)
    pieces: dict[str, Road] = {}
    for road in found.order_by("name", "code"):
        pieces.setdefault(road.name, road)
    # The street itself before its alleys.
    names = sorted(pieces, key=lambda name: (fold(name) != plain, len(name), name))[:limit]
    # Of an address the street is only a part: its parcel comes first.
    return [_street_hit(pieces[name], fold(text)) for name in names]


def _alley_hit(alley: FoundAlley, address: Address) -> Hit:
    [road] = spots(Road.objects.filter(pk=alley.road.pk))
    # Who asks for an address wants its parcel before its alley.
    hit = replace(_street_hit(road, fold(road.name)), score=1 if address.alley else 0.95)
    if alley.exact:
        return hit
    if alley.part:
        note = _("the map knows this part of alley %(number)s") % {"number": address.text}
    else:
        note = _("alley %(number)s is not on the map; this is the nearest known") % {"number": address.text}
    return replace(hit, subtitle=f"{hit.subtitle} · {note}")


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
        **lon_lat(road),
    )


def search_wards(text: str, limit: int, language: str) -> list[Hit]:
    """Find units of today and of the past."""
    units = Ward.objects.live()
    called = units.called(text).values_list("pk", flat=True)
    meant = {name.bare for name in read_ward_and_city(text)}
    found = spots(units.filter(pk__in=called)) or spots(units.filter(name__icontains=text))
    return [
        Hit(
            kind="ward",
            code=ward.code,
            title=ward.name,
            subtitle=_("until %(day)s") % {"day": f"{ward.in_force_until:%d/%m/%Y}"} if ward.in_force_until else "",
            url=f"/wards/{ward.code}",
            in_force_from=ward.in_force_from,
            in_force_until=ward.in_force_until,
            layer="wards",
            score=1 if read_ward(ward.name).bare in meant else 0.7 if ward.in_force_until else 0.9,
            **lon_lat(ward),
        )
        for ward in found[:limit]
    ]


def spots(rows: QuerySet) -> QuerySet:
    """Add a point of each row in WGS 84."""
    return rows.annotate(spot=Transform(PointOnSurface("shape"), 4326))


def lon_lat(row: object) -> dict[str, Any]:
    """Return the point that `spots` added, as a hit has it."""
    spot = getattr(row, "spot", None)
    return {"lon": round(spot.x, 6), "lat": round(spot.y, 6)} if spot else {}


def price_range(low: int, high: int | None) -> str:
    """Return "5.000.000 – 15.000.000 đ/m²" in the active language."""
    if high is None:
        return _("from %(low)s đ/m²") % {"low": number_format(low)}
    return _("%(low)s – %(high)s đ/m²") % {"low": number_format(low), "high": number_format(high)}
