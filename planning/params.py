"""What an address may ask, parsed once at the edge; a bad value is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import Transformer
from rest_framework.exceptions import NotFound

from tiles.api import LANGUAGES, BadParameter, InPlainWords
from tiles.dates import parse_date as parse_date

LON_LAT = 4326
# Coordinate systems of Vietnamese papers and maps; east or longitude first in all of them.
SYSTEMS = (LON_LAT, 3857, 5899, 3405, 3406, 5898, 9217, 9218)
IN_FUTURE = gettext_lazy("This date is in the future: the answer is as decided today; later decisions may change it.")
_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,15})?", re.ASCII)


class NoParcelHere(NotFound):
    """No published parcel covers the point."""

    default_code = "no-parcel-here"


class UnknownCode(InPlainWords, NotFound):
    """Nothing published has this code."""

    default_code = "unknown-code"


def parse_only(query: QueryDict, *known: str) -> None:
    """Refuse parameters other than `known`, and one given twice: either would silently change the answer."""
    for name, values in query.lists():
        if name not in known:
            text = _("Unknown parameter “%(name)s”. Known are: %(known)s.")
            raise BadParameter(text % {"name": name[:60], "known": ", ".join(known)})
        if len(values) > 1:
            raise BadParameter(_("Parameter “%(name)s” is given more than once.") % {"name": name})


def parse_integer(query: Mapping[str, str], name: str) -> int | None:
    """Read a whole number from 1 to 2,147,483,647; None when it is not given."""
    text = query.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and 1 <= int(text) < 2**31):
        raise BadParameter(
            _("Parameter “%(name)s”: “%(value)s” is not a whole number above 0.") % {"name": name, "value": text[:40]}
        )
    return int(text)


def parse_language(query: Mapping[str, str]) -> str:
    """Read vi or en; vi when it is not given."""
    text = query.get("lang", "") or LANGUAGES[0]
    if text not in LANGUAGES:
        raise BadParameter(_("Parameter “lang” is vi or en."))
    return text


def parse_since(query: Mapping[str, str]) -> date | None:
    """Read the date since which changes are asked for; None without one."""
    return parse_date(query, "since", default=date.min) if query.get("since", "").strip() else None


def parse_flag(query: Mapping[str, str], name: str) -> bool:
    """Read 1 or 0; 0 when missing."""
    text = query.get(name, "0")
    if text not in ("0", "1"):
        raise BadParameter(_("Parameter “%(name)s” is 0 or 1.") % {"name": name})
    return text == "1"


def parse_point(query: Mapping[str, str]) -> tuple[float, float]:
    """Read `point`=east,north in the system `crs` (default WGS 84 lon,lat); returns lon, lat."""
    srid = parse_system(query)
    text = query.get("point", "")
    try:
        east, north = (_plain_number(part.strip()) for part in text.split(","))
    except ValueError:
        raise BadParameter(
            _("Parameter “point”: “%(value)s” is not a point. Write it like 108.4419,11.9404.") % {"value": text[:60]}
        ) from None
    lon, lat = (east, north) if srid == LON_LAT else _to_lon_lat(srid).transform(east, north)
    if srid == LON_LAT and abs(lon) <= 90 < abs(lat) <= 180:
        raise BadParameter(
            _("Parameter “point”: longitude comes first. Write it like %(swapped)s.")
            % {"swapped": ",".join(reversed(text.replace(" ", "").split(",")))[:60]}
        )
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadParameter(
            _("Parameter “point”: %(value)s lies outside the coordinate system EPSG:%(srid)s.")
            % {"value": text[:60], "srid": srid}
        )
    return lon, lat


def _plain_number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def parse_system(query: Mapping[str, str]) -> int:
    """Read the EPSG number `crs`; WGS 84 when it is not given."""
    number = query.get("crs", "").upper().removeprefix("EPSG:")
    if not number or number == "CRS84":
        return LON_LAT
    if number not in map(str, SYSTEMS):
        known = ", ".join(map(str, SYSTEMS))
        raise BadParameter(_("Parameter “crs” is one of: %(known)s.") % {"known": known})
    return int(number)


@cache
def _to_lon_lat(srid: int) -> Transformer:
    return Transformer.from_crs(srid, LON_LAT, always_xy=True)
