"""Coordinates in any notation: decimal, degrees-minutes-seconds, VN-2000 X and Y in either order, a pasted map link.

Which system and which order is decided by evidence: the reading that lies in the city.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from urllib.parse import unquote

import numpy as np

from portal.text import fold, parse_number
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System, candidates, reproject_coordinates

_DEGREES = r"-?\d{1,3}\.\d+"
_LINKS = (
    re.compile(rf"!3d({_DEGREES})!4d({_DEGREES})"),
    re.compile(rf"@({_DEGREES}),({_DEGREES})"),
    re.compile(rf"#map=[\d.]+/({_DEGREES})/({_DEGREES})"),
    re.compile(rf"[?&#](?:q|ll|query|destination|center)=({_DEGREES}),\s*({_DEGREES})"),
    re.compile(rf"[?&#]m?lat=({_DEGREES}).*?[?&#]m?lon=({_DEGREES})"),
    re.compile(rf"[?&#]m?lon=({_DEGREES}).*?[?&#]m?lat=({_DEGREES})"),
    re.compile(rf"^geo:({_DEGREES}),({_DEGREES})"),
)
_SEXAGESIMAL = re.compile(
    r"(?<![\d.,])(\d{1,3})\s*[°ºd]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''))?"
)
# Names of systems hold digits that are no coordinates.
_SYSTEM_NAMES = re.compile(r"vn[\s-]*2000|wgs[\s-]*84|epsg:?\s*\d+")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_LABELS = re.compile(r"\b(?:x|y|n|e|b|d|m|lat|lon|lng|long|latitude|longitude|vi do|kinh do|toa do|bac|dong)\b")
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


def _numbers(text: str) -> tuple[list[float], list[float]]:
    """Return what the first and the second number of a text of two numbers may mean."""
    nothing: tuple[list[float], list[float]] = ([], [])
    for link in _LINKS:
        if found := link.search(unquote(text)):
            return [float(found[1])], [float(found[2])]
    if len(angles := _SEXAGESIMAL.findall(text)) == 2:
        return [_degrees(*angles[0])], [_degrees(*angles[1])]
    plain = _SYSTEM_NAMES.sub(" ", fold(text))
    numbers = _NUMBER.findall(plain)
    if len(numbers) == 1 and numbers[0].count(",") == 1 and "." in numbers[0]:
        numbers = numbers[0].split(",")
    rest = _LABELS.sub("", _NUMBER.sub(" ", plain))
    if len(numbers) != 2 or re.search(r"[^\s,;:=()°/|-]", rest) or "/" in plain:
        return nothing
    return _meanings(numbers[0]), _meanings(numbers[1])


def _degrees(degrees: str, minutes: str, seconds: str) -> float:
    parts = [float((part or "0").replace(",", ".")) for part in (degrees, minutes, seconds)]
    return parts[0] + parts[1] / 60 + parts[2] / 3600


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
