"""The parcels a corner table may mean, the best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db import connection

from planning.matching.corners import Corners
from planning.matching.fit import Fit, Outline, any_inside, find_outlines, score
from planning.models import Parcel, Ward
from planning.sql import statement
from tiles.geometry import SURVEY_SRID, TILE_SRID, System, reproject_coordinates

LISTED = 5
# Below this a parcel lies near by chance.
LEAST_SCORE = 0.3
# Scores nearer than this to the best do not tell which parcel is meant.
AMBIGUOUS = 0.05
FLAT_M2 = 0.5


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A parcel, how well the corners fit it and by which reading; shapes in EPSG:5899."""

    code: str
    ward: str
    sheet: int
    number: int
    fit: Fit
    outline: Outline
    parcel: shapely.Geometry


@dataclass(frozen=True, kw_only=True)
class Match:
    """The answer to a corner table; without candidates `problem` is outside-city, far-apart or no-parcel.

    `crossing`, `flat`: the corners of no reading go round an area in their own order, or enclose one at all.
    """

    corners: Corners
    candidates: tuple[Candidate, ...]
    problem: str = ""
    crossing: bool = False
    flat: bool = False

    @property
    def ambiguous(self) -> bool:
        """Tell whether the second parcel fits nearly as well as the first."""
        scores = [candidate.fit.score for candidate in self.candidates[:2]]
        return len(scores) == 2 and scores[0] - scores[1] < AMBIGUOUS


def match(corners: Corners) -> Match:
    """Try every reading of the corners against the live parcels there."""
    outlines = find_outlines(corners)
    if not outlines:
        problem = "far-apart" if any_inside(corners) else "outside-city"
        return Match(corners=corners, candidates=(), problem=problem)
    best: dict[str, Candidate] = {}
    for outline, rows in zip(outlines, _around(outlines), strict=True):
        for candidate in _candidates(outline, rows):
            rival = best.get(candidate.code)
            if rival is None or candidate.fit.score > rival.fit.score:
                best[candidate.code] = candidate
    ranked = sorted(best.values(), key=lambda candidate: (-candidate.fit.score, candidate.code))[:LISTED]
    return Match(
        corners=corners,
        candidates=tuple(ranked),
        problem="" if ranked else "no-parcel",
        crossing=all(outline.crossing for outline in outlines),
        flat=all(outline.shape.area < FLAT_M2 for outline in outlines),
    )


def ward_names() -> dict[str, str]:
    """Return the names of the live units by code."""
    return dict(Ward.objects.live().values_list("code", "name"))


def example() -> list[tuple[float, float]]:
    """Return the corners (east, north) of a live parcel to show what may be pasted; empty without parcels."""
    outline = Parcel.objects.current().order_by("code").values_list(AsWKB("geom"), flat=True).first()
    if outline is None:
        return []
    corners = shapely.get_coordinates(shapely.get_exterior_ring(shapely.from_wkb(bytes(outline))))[:-1].round(2)
    # Corners nearer than a centimetre are one on paper.
    return [(float(east), float(north)) for east, north in dict.fromkeys(map(tuple, corners.tolist()))]


def _candidates(outline: Outline, rows: list[Any]) -> list[Candidate]:
    if not rows:
        return []
    parcels = np.array(shapely.from_wkb([bytes(row[-1]) for row in rows]), dtype=object)
    return [
        Candidate(code=code, ward=ward, sheet=sheet, number=number, fit=fit, outline=outline, parcel=parcel)
        for (code, ward, sheet, number, _wkb), parcel, fit in zip(rows, parcels, score(outline, parcels), strict=True)
        if fit.score >= LEAST_SCORE
    ]


def _around(outlines: list[Outline]) -> list[list[Any]]:
    """Return for each outline the live parcels there: code, ward, sheet, number, WKB."""
    boxes = [
        (moved.min(axis=0), moved.max(axis=0))
        for moved in (reproject_coordinates(outline.points, System(SURVEY_SRID), TILE_SRID) for outline in outlines)
    ]
    values: dict[str, list[int] | list[float]] = {
        "readings": list(range(len(boxes))),
        "wests": [float(low[0]) for low, _high in boxes],
        "souths": [float(low[1]) for low, _high in boxes],
        "easts": [float(high[0]) for _low, high in boxes],
        "norths": [float(high[1]) for _low, high in boxes],
    }
    found: list[list[Any]] = [[] for _box in boxes]
    with connection.cursor() as cursor:
        cursor.execute(statement("parcels_around"), values)
        for reading, *row in cursor.fetchall():
            found[reading].append(row)
    return found
