"""Coordinate systems of the city, evidence for them, reprojection and repair. No database.

Coordinates are (east, north) or (lon, lat) everywhere; papers that write X for north are swapped at the edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

# VN-2000 / TM-3 107-45, Lâm Đồng: areas come out in m² (UTM inflates them by 0.11 % here).
SURVEY_SRID: Final = 5899
LON_LAT_SRID: Final = 4326
TILE_SRID: Final = 3857
# Systems in which files of the city arrive, the most likely first; labels in files lie (wrong meridian, UTM).
CANDIDATE_SRIDS: Final = (5899, LON_LAT_SRID, 3406, 3405, 9218, 5898)
# The city and a margin, EPSG:5899: 108.25-108.65 E, 11.80-12.20 N. Narrow enough that the neighbouring
# meridian's coordinates, 27 km aside, fall outside.
CITY_REGION: Final = (554_000.0, 1_305_000.0, 598_000.0, 1_349_500.0)
# A system is believed when at least this share of the rows falls into the city.
BELIEVED_SHARE: Final = 0.5

Coordinates = NDArray[np.float64]
Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class System:
    """A coordinate system as a supplier uses it; `swapped` when his first number is north or latitude."""

    srid: int
    swapped: bool = False

    def __str__(self) -> str:
        return f"EPSG:{self.srid}{'+swapped' if self.swapped else ''}"


@dataclass(frozen=True)
class Candidate:
    """One system tried on a file's points: `share` of them falls into the city."""

    system: System
    share: float


def parse_system(text: str) -> System:
    """Read "EPSG:5899", "5899" or "EPSG:5899+swapped"; raises ValueError when the system is not known."""
    code, plus, order = text.strip().upper().partition("+")
    if plus and order != "SWAPPED":
        raise ValueError(text)
    number = code.removeprefix("EPSG:")
    if not number.isascii() or not number.isdigit():
        raise ValueError(text)
    try:
        CRS.from_epsg(int(number))
    except CRSError as error:
        raise ValueError(text) from error
    return System(int(number), swapped=bool(plus))


def identify(label: str) -> int | None:
    """Return the EPSG number of a file's own label (WKT or "EPSG:n"), None when it fits no known system."""
    try:
        crs = CRS.from_user_input(label)
        # Below 70 the match rests on the name alone.
        return crs.to_epsg(min_confidence=70)
    except CRSError:
        return None


@lru_cache(maxsize=64)
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def reproject_coordinates(points: Coordinates, source: System, target: int) -> Coordinates:
    """Transform an (n, 2) array; points outside the source system's range become infinite."""
    first, second = (points[:, 1], points[:, 0]) if source.swapped else (points[:, 0], points[:, 1])
    if source.srid == target:  # never round-trip: what the surveyor wrote is kept to the last digit
        return np.column_stack((first, second))
    east, north = _transformer(source.srid, target).transform(first, second, errcheck=False)
    return np.column_stack((east, north))


def reproject(shapes: Shapes, source: System, target: int) -> Shapes:
    """Transform two-dimensional shapes from `source` to the EPSG number `target`."""
    if source == System(target):
        return shapes
    moved: Any = shapely.transform(shapes, lambda points: reproject_coordinates(points, source, target))
    return np.asarray(moved, dtype=object)


def inside_city(points: Coordinates) -> NDArray[np.bool_]:
    """Tell for each EPSG:5899 point whether it lies in the city region; infinite and NaN are outside."""
    west, south, east, north = CITY_REGION
    x, y = points[:, 0], points[:, 1]
    with np.errstate(invalid="ignore"):
        return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def share_inside(points: Coordinates, system: System) -> float:
    """Return the share of `points`, read as `system`, that falls into the city region."""
    if not len(points):
        return 0.0
    return float(inside_city(reproject_coordinates(points, system, SURVEY_SRID)).mean())


def candidates(points: Coordinates) -> list[Candidate]:
    """Try every system, as it is and with swapped axes; those that put a point into the city, best first.

    A missing datum shift moves points by 226 m only: boundaries, not this test, can tell it.
    """
    tried = [System(srid, swapped) for swapped in (False, True) for srid in CANDIDATE_SRIDS]
    found = [Candidate(system, share_inside(points, system)) for system in tried]
    return sorted((c for c in found if c.share > 0), key=lambda c: -c.share)


def locate(shapes: Shapes, regions: Sequence[shapely.Geometry]) -> NDArray[np.int64]:
    """Return for each shape the index of the first region that holds a point within it, -1 where none does."""
    found = np.full(len(shapes), -1, dtype=np.int64)
    bounds = shapely.bounds(shapes)
    boxes = shapely.box(*bounds.T)
    for number, region in enumerate(regions):
        west, south, east, north = shapely.bounds(region)
        near = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
        rows = np.flatnonzero(near & (found < 0))
        shapely.prepare(region)
        # Few shapes lie across a limit: only these need their inner point.
        whole = shapely.contains_properly(region, boxes[rows])
        found[rows[whole]] = number
        rest = rows[~whole]
        rest = rest[shapely.intersects(region, boxes[rest])]
        found[rest[shapely.intersects(region, shapely.point_on_surface(shapes[rest]))]] = number
    return found


def repair(shapes: Shapes, kind: str) -> Shapes:
    """Make shapes valid and keep what is of their kind ("polygon", "line", "point"); may come back empty."""
    dimension = {"point": 0, "line": 1, "polygon": 2}[kind]
    valid = shapely.make_valid(shapes)
    return np.array([_only(shape, dimension) for shape in np.atleast_1d(valid)], dtype=object)


def _only(shape: Any, dimension: int) -> Any:
    """Return the parts of `shape` that have `dimension`, joined."""
    parts = [part for part in _leaves(shape) if shapely.get_dimensions(part) == dimension]
    if not parts:
        return (shapely.Point(), shapely.LineString(), shapely.Polygon())[dimension]
    if len(parts) == 1:
        return parts[0]
    return (
        shapely.union_all(parts)
        if dimension == 2
        else (shapely.multipoints, shapely.multilinestrings)[dimension](parts)
    )


def _leaves(shape: Any) -> list[Any]:
    """Return the single-part shapes of `shape`, however nested."""
    if shapely.get_type_id(shape) < 4:
        return [] if shape.is_empty else [shape]
    return [leaf for part in shapely.get_parts(shape) for leaf in _leaves(part)]
