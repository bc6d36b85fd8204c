"""Hatches: what tells two uses apart on paper without colour. Pure, in millimetres of the paper."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import shapely

SPACING_MM = 3.0
# On paper y grows downwards: "diagonal" rises to the right.
_ANGLES = {"horizontal": (0,), "vertical": (90,), "diagonal": (135,), "back-diagonal": (45,), "cross": (45, 135)}
_NOTHING = shapely.GeometryCollection()


def hatch(area: shapely.Geometry, kind: str) -> shapely.Geometry:
    """Return the lines or dots of a kind of hatch within an area; empty for "none" and unknown kinds."""
    span = _span(area)
    shapely.prepare(area)
    if kind == "dots":
        dots = _dots(span)
        return shapely.multipoints(dots[shapely.contains_xy(area, dots)])
    lines = [line for angle in _ANGLES.get(kind, ()) for line in _lines(angle, span)]
    # One by one: an overlay of the whole grid would first look for all crossings of its own lines.
    met = [line for line in lines if area.intersects(line)]
    return shapely.GeometryCollection(list(shapely.get_parts(shapely.intersection(met, area)))) if met else _NOTHING


def _span(area: shapely.Geometry) -> int:
    # The same grid for every area, so that hatches meet at limits; it starts at the paper's corner.
    return math.ceil(max(area.bounds[2:], default=0) / 10) * 10 if not area.is_empty else 0


@cache
def _lines(angle: int, span: int) -> list[shapely.LineString]:
    radians = math.radians(angle)
    along, across = np.array([math.cos(radians), math.sin(radians)]), np.array([-math.sin(radians), math.cos(radians)])
    steps = np.arange(-1.5 * span, 1.5 * span, SPACING_MM)
    reach = 1.5 * span * along
    return [shapely.LineString([across * step - reach, across * step + reach]) for step in steps]


@cache
def _dots(span: int) -> np.ndarray:
    steps = np.arange(SPACING_MM / 2, span, SPACING_MM)
    return np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
