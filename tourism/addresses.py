"""An address in parts: number, alley and street as they are written, the ward from the units of a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.gis.geos import Point
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from tiles.registry import find_layer
from tourism import sql
from tourism.models import Place

_UNIT: Final = ("code", "name", "in_force_from", "in_force_until")
_NUMBERS: Final = r"\d{1,5}[A-Za-z]?(?:/\d{1,5}[A-Za-z]?)*"
_ALLEY: Final = r"(?:hẻm|ngõ|ngách|kiệt)\s+(?:số\s+)?"
_PARTS: Final = re.compile(
    # “3 Tháng 2” is a street.
    rf"(?:(?:(?:số\s+nhà|nhà\s+số|số)\s+)?(?P<house>{_NUMBERS})\s*,?\s+(?!tháng\s))?"
    rf"(?:{_ALLEY}(?P<alley>{_NUMBERS})\s*,?\s+)?(?:(?P<word>đường|phố)\s+)?(?P<street>[^,]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a text says of house, alley and street; "" what it does not."""

    house_number: str = ""
    alley: str = ""
    street: str = ""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A ward or commune and the days it existed; an empty end is open."""

    code: str
    name: str
    in_force_from: date | None
    in_force_until: date | None

    def in_force(self, on: date) -> bool:
        """Tell whether it existed on a day."""
        return (self.in_force_from or on) <= on <= (self.in_force_until or on)


def parse_address(text: str) -> Written:
    """Read “12/3 Phan Đình Phùng, Phường 2, Đà Lạt”; a text without number, alley or word for street tells no street.

    In “12/3” the last number is the house's, what stands before it the alley's.
    """
    found = _PARTS.match(text.strip())
    if not found or not (found["house"] or found["alley"] or found["word"]):
        return Written()
    house, alley = found["house"] or "", found["alley"] or ""
    return Written(house_number=house, alley=alley or house.rpartition("/")[0], street=found["street"].strip())


def find_units_at(point: Point) -> list[Unit]:
    """Return the units of all times that hold a point in EPSG:3857, the earliest first."""
    layer = find_layer("wards")
    if layer is None:
        return []
    found = sql.units_at(table=layer.rows._meta.db_table, point=str(point))
    return [Unit(code=code, name=name, in_force_from=begin, in_force_until=end) for code, name, begin, end in found]


def find_units(places: Iterable[int]) -> dict[int, list[Unit]]:
    """Return the units that hold each place, the earliest first, by the places' keys."""
    layer = find_layer("wards")
    if layer is None:
        return {}
    around = _in_order(layer.rows.objects.live().filter(shape__intersects=OuterRef("shape")))
    units = ArraySubquery(around.values(unit=JSONObject(**{name: name for name in _UNIT})))
    found = Place.objects.filter(pk__in=list(places)).annotate(units=units).values_list("pk", "units")
    return {pk: [_unit(unit) for unit in of_place] for pk, of_place in found}


def describe(text: str, units: Sequence[Unit], *, on: date) -> dict[str, Any]:
    """Return an address in parts, for programs: the ward of a day, and those of every day."""
    written = parse_address(text)
    told = [
        {
            "code": unit.code,
            "name": unit.name,
            "in_force_from": unit.in_force_from and unit.in_force_from.isoformat(),
            "in_force_until": unit.in_force_until and unit.in_force_until.isoformat(),
        }
        for unit in units
    ]
    standing = (one for one, unit in zip(told, units, strict=True) if unit.in_force(on))
    return {
        "house_number": written.house_number or None,
        "alley": written.alley or None,
        "street": written.street or None,
        "on": on.isoformat(),
        "ward": next(standing, None),
        "wards": told,
    }


def _in_order(units: QuerySet[Any]) -> QuerySet[Any]:
    return units.order_by(F("in_force_from").asc(nulls_first=True), "code")


def _unit(told: dict[str, Any]) -> Unit:
    days = {name: told[name] and date.fromisoformat(told[name]) for name in ("in_force_from", "in_force_until")}
    return Unit(code=told["code"], name=told["name"], **days)
