"""The strip a line of a plan binds: from a red line or a building line to the middle of its road, both sides of a
corridor's line. Pure; EPSG:5899.

A line does not say on which side its road lies. The middle line of the road does: every point of the line is joined
with the nearest point of its road, and what these joints sweep over is the strip.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

# A line farther from its road than this at any point is another road's: no strip is drawn.
REACH_M = 60.0
STEP_M = 10.0

Shapes = NDArray[np.object_]


def strip_to_road(line: shapely.Geometry, road: shapely.Geometry) -> shapely.Geometry | None:
    """Return what lies between a line and the middle of its road; None when the road is missing or too far away."""
    if shapely.is_empty(road) or shapely.is_missing(road):
        return None
    swept = [_swept(part, road) for part in shapely.get_parts(shapely.segmentize(line, STEP_M))]
    if any(part is None for part in swept):
        return None
    strip = shapely.union_all(swept)
    return strip if strip.area else None


def _swept(line: shapely.Geometry, road: shapely.Geometry) -> shapely.Geometry | None:
    here = shapely.get_coordinates(line)
    joints = shapely.shortest_line(shapely.points(here), road)
    if shapely.length(joints).max() > REACH_M:
        return None
    there = shapely.get_coordinates(joints)[1::2]
    whole = shapely.polygons(np.concatenate([here, there[::-1]]))
    if shapely.is_valid(whole):
        return whole
    # Inside a bend the joints cross: taken step by step they cannot.
    steps = np.stack([here[:-1], here[1:], there[1:], there[:-1]], axis=1)
    hulls = shapely.convex_hull(shapely.multipoints(steps))
    return shapely.union_all(hulls[shapely.get_type_id(hulls) == 3])


def corridor(line: shapely.Geometry, width_m: float | None) -> shapely.Geometry | None:
    """Return the ground within `width_m` of a line; None when the width is not stated."""
    return shapely.buffer(line, width_m) if width_m else None


def without(strips: Shapes, others: Shapes) -> Shapes:
    """Return the strips less what `others` cover: the setback ends at the red line."""
    left = strips.copy()
    mine, theirs = shapely.STRtree(others).query(strips, predicate="intersects").reshape(2, -1)
    for one in np.unique(mine):
        left[one] = polygons_of(shapely.difference(strips[one], shapely.union_all(others[theirs[mine == one]])))
    return left


def polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the areas of a mixture of areas, lines and points."""
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])
