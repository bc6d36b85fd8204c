"""Addresses and alleys: "5 Phan Đình Phùng", "hẻm 12/3/4 Phan Đình Phùng", "số 7 hẻm 148 đường Phan Đình Phùng".

The first number of a chain is the alley's, the last the house's. What the map does not know is answered with the
nearest it knows, and said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from planning.models import Parcel, Road
from portal.text import fold

_NUMBERS = r"\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){0,6}"
_ALLEY = r"(?:hem|ngo|ngach|kiet|alley)"
_ADDRESS = re.compile(
    rf"^(?:(?:so nha|nha so|so|no\.?)\s*)?(?:(?P<house>{_NUMBERS})\s*,?\s*(?={_ALLEY}\b))?"
    rf"(?P<alley>{_ALLEY}\s+(?:so\s+)?)?(?P<numbers>{_NUMBERS})\s*,?\s+(?:(?:duong|pho|street)\s+)?"
    r"(?P<street>[^\d,/][^,/]*?)(?:\s+street)?(?:,.*)?$"
)
_NUMBER_LAST = re.compile(
    rf"^(?:(?:duong|pho)\s+)?(?P<street>[^\d,/]+?)\s*,?\s+(?P<alley>{_ALLEY}\s+)?(?:(?:so nha|nha so|so|no\.?)\s*)?"
    rf"(?P<numbers>{_NUMBERS})(?:\s*,.*)?$"
)
# Below this likeness a name is another street's.
_ALIKE = 0.5
# A house that stands this far from its street is on another one.
_BESIDE_M = 60
_AT_ALLEY_M = 8


@dataclass(frozen=True)
class Address:
    """What a text says: the numbers from the street inwards, the folded street, and whether an alley was named."""

    numbers: tuple[str, ...]
    street: str
    alley: bool

    @property
    def text(self) -> str:
        """The numbers as they are written on a house."""
        return "/".join(self.numbers)


@dataclass(frozen=True)
class FoundAlley:
    """A live alley and its numbers; `exact` is false when it is a part of the alley asked for, or the nearest."""

    road: Road
    text: str
    exact: bool
    part: bool = False


@dataclass(frozen=True)
class FoundParcel:
    """A live parcel of an address; not `exact` when its number is the nearest known."""

    parcel: Parcel
    exact: bool


def parse_address(text: str) -> Address | None:
    """Read a number (with its alleys) and a street; None when the text has not both."""
    found = _ADDRESS.match(fold(text))
    if not found:
        return None
    numbers = [*found["numbers"].upper().split("/"), *(found["house"].upper().split("/") if found["house"] else [])]
    return Address(tuple(numbers), found["street"].strip(), alley=bool(found["alley"]))


def find_address(text: str) -> Address | None:
    """Read an address whose number stands before its street, or after a street of this very name."""
    if first := parse_address(text):
        return first
    last = _NUMBER_LAST.match(fold(text))
    # "Phường 1" and "quán 99" are no addresses.
    if last and Road.objects.live().filter(name_fold=last["street"]).exists():
        return Address(tuple(last["numbers"].upper().split("/")), last["street"], alley=bool(last["alley"]))
    return None


def find_streets_called(street: str) -> list[str]:
    """Return the names of the live streets of a folded name; the likest when none is written so."""
    roads = Road.objects.live().exclude(road_class=Road.RoadClass.ALLEY).exclude(name="")
    named = list(roads.filter(name_fold=street).values_list("name", flat=True).distinct())
    if named:
        return named
    alike = roads.filter(name_fold__trigram_similar=street).annotate(alike=TrigramSimilarity("name_fold", street))
    found = alike.filter(alike__gte=_ALIKE).order_by("-alike", "name").values_list("name", flat=True)[:20]
    return list(dict.fromkeys(found))[:1]


def find_alley(address: Address) -> FoundAlley | None:
    """Return the alley of an address; else the longest part of it, else the nearest number of the same street."""
    if not address.alley and len(address.numbers) < 2:
        return None
    for street in find_streets_called(address.street):
        alleys = {number_of(road): road for road in _alleys_of(street)}
        most = len(address.numbers) if address.alley else len(address.numbers) - 1
        for length in range(most, 0, -1):
            text = "/".join(address.numbers[:length])
            if text in alleys:
                return FoundAlley(alleys[text], text, exact=length == most, part=length < most)
        if alleys:
            text = min(alleys, key=lambda number: _apart(number, address.numbers[0]))
            return FoundAlley(alleys[text], text, exact=False)
    return None


def find_parcels_of(address: Address, alley: FoundAlley | None, *, limit: int) -> list[FoundParcel]:
    """Return the parcels of an address: of this very number, else on the alley, else of the nearest number."""
    for street in find_streets_called(address.street):
        # "hẻm 148" alone is no house.
        exact = [] if address.alley and len(address.numbers) == 1 else list(_addressed(f"{address.text} {street}"))
        # Along the nearest alley known lie other people's parcels.
        known = alley and (alley.exact or alley.part)
        on_alley = list(parcels_on(alley.road.name, limit=limit)) if alley and known else []
        if exact or on_alley:
            rest = [parcel for parcel in on_alley if parcel not in exact]
            return [FoundParcel(parcel, parcel in exact) for parcel in [*exact, *rest]][:limit]
        if len(address.numbers) == 1 and not address.alley and (nearest := _nearest(address.numbers[0], street)):
            return [FoundParcel(nearest, False)]
    return []


def parcels_on(name: str, *, limit: int) -> Iterator[Parcel]:
    """Yield the live parcels with an address on the alley of this name, by number, then those that lie along it."""
    pieces = list(Road.objects.live().filter(name=name, road_class=Road.RoadClass.ALLEY).order_by("code"))
    street = next((piece.parent_street for piece in pieces if piece.parent_street), "")
    found: list[Parcel] = []
    if street:
        addressed = Parcel.objects.current().filter(address__startswith=f"{number_of(pieces[0])}/")
        found = sorted(addressed.filter(address__contains=f" {street},"), key=_by_last_number)
    yield from found[:limit]
    places = [Q(shape__dwithin=(piece.shape, _AT_ALLEY_M)) for piece in pieces if piece.shape]
    if places and len(found) < limit:
        beside = Parcel.objects.current().filter(reduce(or_, places)).exclude(pk__in=[parcel.pk for parcel in found])
        yield from beside.order_by("code")[: limit - len(found)]


def number_of(road: Road) -> str:
    """Return the numbers of an alley: "12/3" of "Hẻm 12/3 Phan Đình Phùng"; empty when its name has none."""
    found = re.match(rf"{_ALLEY}\s+({_NUMBERS})", fold(road.name))
    return found[1].upper() if found else ""


def _alleys_of(street: str) -> QuerySet[Road]:
    return Road.objects.live().filter(road_class=Road.RoadClass.ALLEY, parent_street=street).order_by("code")


def _addressed(beginning: str) -> QuerySet[Parcel]:
    return Parcel.objects.current().filter(address__startswith=f"{beginning},").order_by("code")


def _nearest(number: str, street: str) -> Parcel | None:
    """Return the parcel of the street whose number is nearest, on the same side of the street where there is one."""
    pieces = Road.objects.live().filter(name=street)
    known: dict[str, Parcel] = {}
    for piece in pieces:
        if piece.shape:
            beside = Parcel.objects.current().filter(shape__dwithin=(piece.shape, _BESIDE_M))
            for parcel in beside.filter(address__contains=f" {street},").order_by("code"):
                first = parcel.address.split(" ")[0]
                if "/" not in first:
                    known.setdefault(first, parcel)
    return known[min(known, key=lambda each: _apart(each, number))] if known else None


def _by_last_number(parcel: Parcel) -> tuple[int, str]:
    digits = re.findall(r"\d+", parcel.address.split(" ")[0])
    return int(digits[-1]) if digits else 0, parcel.code


def _apart(a: str, b: str) -> tuple[int, int]:
    """Return how far apart two numbers are; the other side of the street counts as farther."""
    first, second = (int(digits[0]) if (digits := re.findall(r"\d+", text)) else 0 for text in (a, b))
    return abs(first - second) + 100 * ((first - second) % 2), first
