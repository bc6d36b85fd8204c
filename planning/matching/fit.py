"""Corner pairs against parcels: every reading is tried, and what fits best wins by evidence. Pure: no database.

Outlines and parcels are in EPSG:5899; distances are metres, areas m².
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import shapely

from planning.matching.corners import MIN_CORNERS, Corners
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, Coordinates, Shapes, System, inside_city, reproject_coordinates

# VN-2000 / TM-3 107°45′ and 108°30′, UTM 48N and 49N, TM-3 108°00′ (domain: coordinate system VN-2000).
METRE_SRIDS = (5899, 9218, 3405, 3406, 5898)
VN2000_SRID = 4756
# No parcel of the city is longer; a corner farther from the others is a slip of the pen.
MAX_SIDE_M = 3_000.0
# A corner of the paper and one of the map this near are the same: the survey's own tolerance and rounding.
SAME_CORNER_M = 0.3
# Corners this far off count for a third (1/e) of those that lie exactly.
_FALLOFF_M = 1.0


@dataclass(frozen=True)
class Reading:
    """How the numbers are understood; without `shifted` they were computed as if VN-2000 were WGS 84 (226 m off)."""

    srid: int
    north_first: bool
    shifted: bool = True


@dataclass(frozen=True)
class Outline:
    """The corners of one reading on the ground; `crossing` when their order crosses itself and another was taken.

    `left_out` counts the corners that lie elsewhere.
    """

    reading: Reading
    points: Coordinates
    shape: shapely.Geometry
    crossing: bool
    left_out: int


@dataclass(frozen=True)
class Fit:
    """How well an outline and a parcel agree; `score` 1 is perfect.

    `corners_matched` of the outline's corners lie within 0.3 m of a corner of the parcel, `corner_distance_m` is the
    median distance, `iou` the common area as a share of the area of both together.
    """

    score: float
    iou: float
    corners_matched: int
    corner_distance_m: float
    area_difference_m2: float


def find_outlines(corners: Corners) -> list[Outline]:
    """Return the outline of every reading that lies in the city."""
    found = (_outline(corners, reading) for reading in _readings(corners))
    return [outline for outline in found if outline]


def any_inside(corners: Corners) -> bool:
    """Tell whether a corner lies in the city by any reading, however far the others are."""
    return any(inside_city(place(corners.points, reading)).any() for reading in _readings(corners))


def _readings(corners: Corners) -> Iterator[Reading]:
    for north_first in (True, False):
        if corners.unit == "degree":
            yield Reading(VN2000_SRID, north_first)
            yield Reading(VN2000_SRID, north_first, shifted=False)
        else:
            yield from (Reading(srid, north_first, shifted) for srid, shifted in product(METRE_SRIDS, (True, False)))


def place(points: Coordinates, reading: Reading) -> Coordinates:
    """Return the corners of a paper in EPSG:5899; infinite where the system has no such place."""
    system = System(reading.srid, swapped=reading.north_first)
    if reading.shifted:
        return reproject_coordinates(points, system, SURVEY_SRID)
    # What the paper's system calls VN-2000 degrees are WGS 84 degrees in truth.
    degrees = reproject_coordinates(points, system, VN2000_SRID)
    return reproject_coordinates(degrees, System(LON_LAT_SRID), SURVEY_SRID)


def _outline(corners: Corners, reading: Reading) -> Outline | None:
    points = place(corners.points, reading)
    inside = inside_city(points)
    if inside.sum() < MIN_CORNERS:
        return None
    middle = np.median(points[inside], axis=0)
    with np.errstate(invalid="ignore"):
        near = inside & (np.abs(points - middle).max(axis=1) <= MAX_SIDE_M)
    if near.sum() < MIN_CORNERS:
        return None
    points = points[near]
    shape, crossing = _polygon(points)
    return Outline(reading, points, shape, crossing, left_out=int((~near).sum()))


def _polygon(points: Coordinates) -> tuple[shapely.Geometry, bool]:
    """Return the polygon of the corners and whether their own order crosses itself.

    Then they are taken in turn around their middle, and if even that crosses, their hull.
    """
    own = shapely.Polygon(points)
    if own.is_valid:
        return own, False
    x, y = (points - points.mean(axis=0)).T
    around = shapely.Polygon(points[np.argsort(np.arctan2(y, x))])
    return (around if around.is_valid else shapely.MultiPoint(points).convex_hull), True


def score(outline: Outline, parcels: Shapes) -> list[Fit]:
    """Return how well the outline agrees with each parcel, in their order."""
    common = shapely.area(shapely.intersection(outline.shape, parcels))
    areas = shapely.area(parcels)
    iou = common / np.maximum(areas + outline.shape.area - common, 1e-9)
    distances = _corner_distances(outline.points, parcels)
    # Corners and area count the same: with a corner missing the area differs, but the corners agree.
    agreement = np.exp(-distances / _FALLOFF_M).mean(axis=1)
    return [
        Fit(
            score=float((iou[i] + agreement[i]) / 2),
            iou=float(iou[i]),
            corners_matched=int((distances[i] <= SAME_CORNER_M).sum()),
            corner_distance_m=float(np.median(distances[i])),
            area_difference_m2=float(outline.shape.area - areas[i]),
        )
        for i in range(len(parcels))
    ]


def _corner_distances(points: Coordinates, parcels: Shapes) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return for each parcel the distance of each point to its nearest corner."""
    coordinates, owners = shapely.get_coordinates(parcels, return_index=True)
    apart = np.hypot(*(coordinates[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    return np.minimum.reduceat(apart, starts, axis=0)
