"""The corner table of a certificate, pasted in any shape, as coordinate pairs. Pure: no database, no HTTP.

A number is a coordinate by its size: in metres northings have seven digits before the comma, eastings
six; row numbers, edge lengths, areas and dates have fewer. So headers and columns need no rules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np

from portal.text import find_angles, nfc, parse_number
from tiles.geometry import Coordinates

MAX_BYTES = 20_000
MIN_CORNERS, MAX_CORNERS = 3, 500

Unit = Literal["metre", "degree"]
# The ranges of Vietnam: (north or latitude), (east or longitude).
_RANGES: dict[Unit, tuple[tuple[float, float], tuple[float, float]]] = {
    "metre": ((1_000_000, 2_700_000), (100_000, 900_000)),
    "degree": ((8, 24), (102, 110)),
}
# Nearer than this, the last corner is the first one repeated.
_SAME: dict[Unit, float] = {"metre": 0.005, "degree": 5e-8}
# “575.165,38 m 2” is a coordinate and the number of the next row.
_AREA = re.compile(r"[\d.,]+[ \t\u00a0]*m[2²](?!\d)", re.ASCII | re.IGNORECASE)
# Blanks that group thousands: 1 320 566,81.
_BLANK = "[ \u00a0\u202f]"
# Degrees with fewer decimals are edge lengths: three decimals are a hundred metres.
_PRECISE = re.compile(r"[.,]\d{3,}$", re.ASCII)


class CornersError(ValueError):
    """The text is no corner table: `reason` is too-long, no-corners, too-few-corners or too-many-corners."""

    def __init__(self, reason: str, count: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.count = count


@dataclass(frozen=True)
class Corners:
    """Corner pairs in the order and axes of the paper; `closed` tells that the first one came again at the end."""

    points: Coordinates
    unit: Unit
    closed: bool = False


@dataclass(frozen=True)
class _Number:
    """A number big enough for a coordinate and which of the two it is."""

    value: float
    north: bool


def parse_corners(text: str) -> Corners:
    """Read a pasted corner table; the way of writing numbers that gives the most corners is the right one."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise CornersError("too-long")
    plain = _AREA.sub(" ", nfc(text.replace("\r\n", "\n").replace("\r", "\n")))
    tried = [(_paired(rows), unit) for unit, rows in _ways(plain)]
    pairs, unit = max(tried, key=lambda way: len(way[0]))  # the first of equals
    return _corners(pairs, unit)


def read_pairs(pairs: Sequence[Sequence[float]]) -> Corners:
    """Take corner pairs a program sends, degrees when all are below 1,000; raises CornersError."""
    unit: Unit = "degree" if all(abs(number) < 1000 for pair in pairs for number in pair) else "metre"
    if not all(isfinite(number) for pair in pairs for number in pair):
        raise CornersError("no-corners")
    return _corners([(float(first), float(second)) for first, second in pairs], unit)


def _corners(pairs: list[tuple[float, float]], unit: Unit) -> Corners:
    if len(pairs) > MAX_CORNERS:
        raise CornersError("too-many-corners", len(pairs))
    points = np.array(pairs, dtype=float).reshape(-1, 2)
    again = np.abs(np.diff(points, axis=0)).max(axis=1) < _SAME[unit] if len(points) else np.array([], dtype=bool)
    points = points[np.concatenate(([True], ~again))] if len(points) else points
    # Two long numbers of a heading may stand before the first corner.
    heads = points[: 2 if len(points) > MIN_CORNERS else 1]
    closed = len(points) > 1 and bool((np.abs(heads - points[-1]).max(axis=1) < _SAME[unit]).any())
    points = points[:-1] if closed else points
    if len(points) < MIN_CORNERS:
        raise CornersError("too-few-corners" if len(points) else "no-corners", len(points))
    return Corners(points, unit, closed)


def _ways(text: str) -> Iterator[tuple[Unit, list[list[_Number]]]]:
    """Yield the coordinates of each line for every way the numbers may be written."""
    lines = text.splitlines() or [""]
    for unit in _RANGES:
        for pattern, read in _NOTATIONS:
            yield unit, [list(_coordinates(unit, pattern.findall(line), read)) for line in lines]
    yield "degree", [list(_angles(line)) for line in lines]


def _coordinates(unit: Unit, tokens: Iterable[str], read: Callable[[str], float]) -> Iterator[_Number]:
    for token in tokens:
        if unit == "degree" and not _PRECISE.search(token):
            continue
        try:
            value = read(token)
        except ValueError:
            continue
        yield from _placed(unit, value)


def _angles(line: str) -> Iterator[_Number]:
    for angle in find_angles(line):
        yield from _placed("degree", angle.degrees)


def _placed(unit: Unit, value: float) -> Iterator[_Number]:
    for (low, high), north in zip(_RANGES[unit], (True, False), strict=True):
        if low <= value < high:
            yield _Number(value, north)


def _paired(rows: list[list[_Number]]) -> list[tuple[float, float]]:
    """Make pairs of the numbers: one pair a line where that is the rule, else in the order of the text."""
    of_lines = [row for row in rows if len(row) == 2 and row[0].north != row[1].north]
    if len(of_lines) >= MIN_CORNERS:
        pairs = [(first, second) for first, second in of_lines]
    else:
        pairs = list(_neighbours([number for row in rows for number in row]))
    if not pairs:
        return []
    # The first corner tells the order of all of them.
    north_first = pairs[0][0].north
    return [(a.value, b.value) if a.north == north_first else (b.value, a.value) for a, b in pairs]


def _neighbours(numbers: list[_Number]) -> Iterator[tuple[_Number, _Number]]:
    half = len(numbers) // 2
    first, second = numbers[:half], numbers[half:]
    if half >= MIN_CORNERS and len(first) == len(second):
        kinds = {number.north for number in first}, {number.north for number in second}
        if all(len(kind) == 1 for kind in kinds) and kinds[0] != kinds[1]:  # a row of X, then a row of Y
            yield from zip(first, second, strict=True)
            return
    at = 0
    while at + 1 < len(numbers):
        if numbers[at].north == numbers[at + 1].north:  # one without its partner
            at += 1
            continue
        yield numbers[at], numbers[at + 1]
        at += 2


def _either(token: str) -> float:
    return float(parse_number(token))


def _vietnamese(token: str) -> float:
    return float(token.replace(".", "").replace(",", "."))


def _english(token: str) -> float:
    return float(token.replace(",", ""))


def _spaced(token: str) -> float:
    return float(re.sub(r"\s", "", token).replace(",", "."))


# How numbers are found and read, the commonest first; the stricter ones part "1,1320566.81,575165.38".
_NOTATIONS: tuple[tuple[re.Pattern[str], Callable[[str], float]], ...] = (
    (re.compile(r"\d(?:[\d.,]*\d)?", re.ASCII), _either),
    (re.compile(r"\d+(?:\.\d+)?", re.ASCII), float),
    (re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?", re.ASCII), _vietnamese),
    (re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII), _english),
    (
        re.compile(rf"(?<!\d)(?:[12]{_BLANK})?\d{{3}}{_BLANK}\d{{3}}(?:[.,]\d+)?(?!\d)", re.ASCII),
        _spaced,
    ),
)
