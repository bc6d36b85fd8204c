"""Coordinates in any notation: decimal, degrees-minutes-seconds, VN-2000 X and Y in either order, a pasted map link.

Which system and which order is decided by evidence: the reading that lies in the city.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from urllib.parse import unquote

import numpy as np

from portal.text import find_angles, fold, parse_number
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System, candidates, reproject_coordinates

_DEGREES = r"-?\d{1,3}\.\d+"
_LAT, _LON = r"m?lat(?:itude)?", r"m?(?:lon|lng|long|longitude)"
# What a link says of the place itself comes before what its map shows.
_LINKS = (
    re.compile(rf"!3d({_DEGREES})!4d({_DEGREES})"),
    re.compile(
        rf"[?&#](?:q|ll|sll|query|destination|daddr|center|coordinate|latlng|where1|cp|map)="
        rf"(?:loc:)?({_DEGREES})(?:,|~)[\s+]*({_DEGREES})"
    ),
    re.compile(rf"(?:point|pos)\.({_DEGREES})_({_DEGREES})"),
    re.compile(rf"[?&#]{_LAT}=({_DEGREES}).*?[?&#]{_LON}=({_DEGREES})"),
    re.compile(rf"[?&#]{_LON}=({_DEGREES}).*?[?&#]{_LAT}=({_DEGREES})"),
    re.compile(rf"/(?:place|search|dir)/(?:[^?#]*/)?({_DEGREES}),[\s+]*({_DEGREES})"),
    re.compile(rf"@({_DEGREES}),({_DEGREES})"),
    re.compile(rf"#map=[\d.]+/({_DEGREES})/({_DEGREES})"),
    re.compile(rf"^geo:({_DEGREES}),({_DEGREES})", re.IGNORECASE),
)
_LINK = re.compile(r"^(?:https?://|geo:|www\.|\?)", re.IGNORECASE)
# Their numbers are on another computer, which is never asked.
_SHORT_LINK = re.compile(r"^(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl|g\.co|osm\.org/go|bit\.ly)/", re.IGNORECASE)
# Degrees, minutes and seconds with blanks only: 11 56 25.4 N 108 26 30.8 E.
_BARE = re.compile(
    r"^(?P<b1>[nsewbdđt])?\s*(\d{1,3})[\s:](\d{1,2}(?:[.,]\d+)?)(?:[\s:](\d{1,2}(?:[.,]\d+)?))?\s*"
    r"(?P<a1>[nsewbdđt])?[\s,;]+"
    r"(?P<b2>[nsewbdđt])?\s*(\d{1,3})[\s:](\d{1,2}(?:[.,]\d+)?)(?:[\s:](\d{1,2}(?:[.,]\d+)?))?\s*"
    r"(?P<a2>[nsewbdđt])?$",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"(?:^|[\s,;(])[-−](?=\d)")
# Names of systems hold digits that are no coordinates.
_SYSTEM_NAMES = re.compile(
    r"vn[\s-]*2000|wgs[\s-]*84|epsg:?\s*\d+|\butm\b[\s,:]*(?:(?:zone|mui)\s*)?(?:4[89]\s*[npq]?\b)?|\b4[89]\s?[npq]\b"
)
# Two decimals with a comma between are degrees, however few their places.
_PAIR = re.compile(r"[(\[]?\s*[-−]?\d{1,3}\.\d+\s*[,;]\s*[-−]?\d{1,3}\.\d+\s*[)\]]?")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_LABELS = re.compile(r"\b(?:x|y|n|e|b|d|m|lat|lon|lng|long|latitude|longitude|point|vi do|kinh do|toa do|bac|dong)\b")
# Blanks that group thousands: 1 320 566,81.
_GROUPED = re.compile(r"(?<![\d.,])(?:[12][ \u00a0])?\d{3}[ \u00a0]\d{3}(?!\d)")
_MAX_LENGTH = 500


@dataclass(frozen=True)
class Reading:
    """A point of the city and the system its text was read in; degrees are WGS 84, metres EPSG:5899."""

    lon: float
    lat: float
    east: float
    north: float
    system: System


def find_coordinates(text: str) -> list[Reading]:
    """Return every reading of `text` as a point in the city, the likeliest system first; [] when it is none."""
    readings: dict[int, Reading] = {}
    for pair in product(*_numbers(text[:_MAX_LENGTH])):
        point = np.array([pair], dtype=float)
        for candidate in candidates(point):
            readings.setdefault(candidate.system.srid, _read(point, candidate.system))
    return list(readings.values())


def _read(point: np.ndarray, system: System) -> Reading:
    [[lon, lat]] = reproject_coordinates(point, system, LON_LAT_SRID)
    [[east, north]] = reproject_coordinates(point, system, SURVEY_SRID)
    return Reading(float(lon), float(lat), float(east), float(north), system)


def find_fault(text: str) -> str:
    """Tell why a text that looks like a point has no reading: short-link, malformed, outside-city; "" otherwise."""
    text = text[:_MAX_LENGTH].strip()
    if _SHORT_LINK.match(text):
        return "short-link"
    first, second = _numbers(text)
    if not (first and second):
        return "malformed" if _LINK.match(text) or re.search(r"\d\s*[°º˚]", text) or _half(text) else ""
    if find_coordinates(text):
        return ""
    return "outside-city" if _is_pointlike(text, first, second) else ""


def _half(text: str) -> bool:
    """Tell whether a text is one number with a degree's precision or a coordinate's name alone."""
    numbers = _NUMBER.findall(text)
    return len(numbers) == 1 and bool(re.fullmatch(r"\s*[-+]?\d{1,3}[.,]\d{4,}\s*[NSEWBĐ°]?\s*", text, re.IGNORECASE))


def _is_pointlike(text: str, first: list[float], second: list[float]) -> bool:
    """Tell a point from two numbers: a link, degrees with a sign or decimals, or metres of six digits."""
    if _LINK.match(text) or find_angles(text) or _BARE.match(text):
        return True
    decimals = len(re.findall(r"\d{1,3}[.,]\d{2,}", text)) == 2 or _PAIR.fullmatch(text)
    degrees = any(abs(a) <= 180 and abs(b) <= 180 for a in first for b in second)
    metres = any(min(a, b) >= 100_000 and max(a, b) < 10_000_000 for a in first for b in second)
    return metres or bool(degrees and decimals)


def _numbers(text: str) -> tuple[list[float], list[float]]:
    """Return what the first and the second number of a text of two numbers may mean."""
    nothing: tuple[list[float], list[float]] = ([], [])
    text = text.strip()
    if _LINK.match(text):
        text = unquote(text.replace("+", " "))
        for link in _LINKS:
            if found := link.search(text):
                return [float(found[1])], [float(found[2])]
    if len(angles := find_angles(text)) == 2:
        return [angles[0].degrees], [angles[1].degrees]
    if bare := _BARE.match(text):
        return _bare_degrees(bare)
    if _NEGATIVE.search(text):  # south or west: never in Vietnam, but still a point
        first, second = _numbers(_NEGATIVE.sub(" ", text))
        return [-number for number in first], [-number for number in second]
    plain = _SYSTEM_NAMES.sub(" ", fold(text))
    plain = _GROUPED.sub(lambda found: found[0].replace(" ", ""), plain)
    numbers = _NUMBER.findall(plain)
    if len(numbers) == 1 and numbers[0].count(",") == 1 and "." in numbers[0]:
        numbers = numbers[0].split(",")
    rest = _LABELS.sub("", _NUMBER.sub(" ", plain))
    if len(numbers) != 2 or re.search(r"[^\s,;:=()\[\]{}°/|&\"'–—-]", rest) or "/" in plain:
        return nothing
    return _meanings(numbers[0]), _meanings(numbers[1])


def _bare_degrees(found: re.Match[str]) -> tuple[list[float], list[float]]:
    """Read degrees, minutes and seconds without their signs, by writing the signs."""
    read = []
    for number, parts in (("1", found.group(2, 3, 4)), ("2", found.group(7, 8, 9))):
        letter = found[f"b{number}"] or found[f"a{number}"] or ""
        written = f"{parts[0]}°{parts[1]}'" + (f'{parts[2]}"' if parts[2] else "") + letter
        read.append([angle.degrees for angle in find_angles(written)])
    return read[0], read[1]


def _meanings(number: str) -> list[float]:
    """108.442 is a decimal of three places, or a hundred thousand in Vietnamese: both are tried."""
    found = []
    for read in (float, lambda text: float(text.replace(",", ".")), lambda text: float(parse_number(text))):
        try:
            value = read(number)
        except ValueError:
            continue
        if value not in found:
            found.append(value)
    return found
