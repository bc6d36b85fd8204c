"""Areas that should lie beside each other, as parcels and zones do: which of them overlap. No database."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from tiles.geometry import Shapes

# Outlines drawn on another day never meet to the millimetre: less than this is no overlap, gap or excess.
TOLERANCE_M2: Final = 0.1
# A file in which everything lies on everything has as many pairs as rows squared; the search ends with these.
MAX_PAIRS: Final = 100_000
_SUSPECTS_AT_ONCE: Final = 500
# Parts of the search that two threads take turns at; smaller parts also search quicker.
_STRIPS: Final = 4

Indices = NDArray[np.int64]


def find_overlapping(shapes: Shapes) -> NDArray[np.bool_]:
    """Mark the shapes that may overlap another one; those not marked certainly do not.

    Neighbours with a common edge are nearly all pairs of a cadastre or a plan; testing edges is far cheaper than pairs.
    """
    found = np.zeros(len(shapes), dtype=bool)
    if not len(shapes):
        return found
    box = shapely.bounds(shapes)
    limits = np.quantile(box[:, 0], np.linspace(0, 1, _STRIPS + 1))
    limits[-1] = np.inf
    # Every shape lies in a strip with all its neighbours.
    strips = [np.flatnonzero((box[:, 0] <= east) & (box[:, 2] >= west)) for west, east in pairwise(limits)]
    with ThreadPoolExecutor(max_workers=2) as threads:
        every = threads.map(shapely.coverage_invalid_edges, [shapes[strip] for strip in strips])
        for strip, edges in zip(strips, every, strict=True):
            found[strip] |= ~(shapely.is_missing(edges) | shapely.is_empty(edges))
    # Of a shape that lies wholly inside another one only the inner has wrong edges.
    _inner, outer = shapely.STRtree(shapes).query(shapes[found], predicate="covered_by")
    found[outer] = True
    return found


def overlaps(shapes: Shapes) -> tuple[Indices, Indices, Shapes]:
    """Return the pairs of valid shapes (EPSG:5899) that share more than the tolerance, and what they share.

    The first of a pair is the earlier shape; pairs are in order, and at most MAX_PAIRS are looked at.
    """
    suspects = np.flatnonzero(find_overlapping(shapes))
    tree = shapely.STRtree(shapes)
    found = [np.zeros((0, 2), dtype=np.int64)]
    for some in np.array_split(suspects, 1 + len(suspects) // _SUSPECTS_AT_ONCE):
        first, second = tree.query(shapes[some], predicate="intersects")
        pairs = np.sort(np.stack([some[first], second], axis=1), axis=1)
        found.append(pairs[pairs[:, 0] != pairs[:, 1]])
        if sum(map(len, found)) > 2 * MAX_PAIRS:
            break
    pairs = np.unique(np.concatenate(found), axis=0)[:MAX_PAIRS]
    common = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    shared = shapely.area(common) >= TOLERANCE_M2
    return pairs[shared, 0], pairs[shared, 1], common[shared]
