"""Roads as a graph: where places meet them and the shortest ways between places. All in metres of EPSG:5899."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import rustworkx as rx
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from tourism.walking import DETOUR

Floats = NDArray[np.float64]

# Lines are noded on a grid of this step, so that ends which miss a road by a hand's breadth meet it. The city's own
# roads meet within a millimetre.
SNAP_M = 0.5
# Of the city's places 99 % lie within 30 m of a road; what is farther than this is not reached by that road.
REACH_M = 300
# Of 24 pieces that hang together with no other road 17 end within 85 m of the rest: they are drawn apart rather than
# lie apart. Such a gap is crossed, as an estimate; a wider one is not.
GAP_M = 100


class Distance(NamedTuple):
    """How far it is: along roads, on foot between road and place, and straight where no road is drawn."""

    road_m: float = 0
    foot_m: float = 0
    straight_m: float = 0


@dataclass(frozen=True)
class Piece:
    """A piece of road, or a gap between roads, between two nodes; `line` begins at the node `start`."""

    start: int
    length_m: float
    line: Floats
    gap: bool = False
    # What passing it costs: a gap is longer than it looks. Kept, because it is asked for a thousand times a way.
    weight: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", self.length_m * (DETOUR if self.gap else 1))


@dataclass(frozen=True)
class Spot:
    """A place and the point `along_m` of a piece where it meets the roads; no piece: it lies off them."""

    at: Floats
    piece: int | None = None
    along_m: float = 0
    foot_m: float = 0


_WEIGHT = attrgetter("weight")


class Network:
    """A graph of roads that can be asked for ways; it never changes."""

    def __init__(self, lines: Sequence[shapely.Geometry]) -> None:
        roads = _node(lines)
        gaps = _find_gaps(roads)
        self.lines = _node([*roads, *gaps])
        near_gaps = shapely.buffer(shapely.union_all(gaps), SNAP_M)
        self.gaps: NDArray[np.bool_] = shapely.covered_by(self.lines, near_gaps)
        self.ends, count = _find_ends(self.lines)
        self.graph: rx.PyGraph[None, Piece] = rx.PyGraph()
        self.graph.add_nodes_from([None] * count)
        rows = zip(self.ends.tolist(), shapely.length(self.lines).tolist(), self.lines, self.gaps.tolist(), strict=True)
        self.graph.add_edges_from(
            [(a, b, Piece(a, length, shapely.get_coordinates(line), gap)) for (a, b), length, line, gap in rows]
        )
        self.roads = self.lines[~self.gaps]
        self._numbers = np.flatnonzero(~self.gaps)
        self.tree = shapely.STRtree(self.roads)

    def find_spots(self, places: Floats) -> list[Spot]:
        """Return where places (x, y) meet the nearest road in reach."""
        points = shapely.points(places)
        (which, found), metres = self.tree.query_nearest(
            points, max_distance=REACH_M, return_distance=True, all_matches=False
        )
        spots = [Spot(at=at) for at in places]
        for place, road, foot_m in zip(which.tolist(), found.tolist(), metres.tolist(), strict=True):
            along_m = float(shapely.line_locate_point(self.roads[road], points[place]))
            spots[place] = Spot(places[place], int(self._numbers[road]), along_m, foot_m)
        return spots


class Ways:
    """The shortest ways between some places, by their numbers; nothing else may be asked."""

    def __init__(self, network: Network, places: Floats) -> None:
        self.spots = network.find_spots(places)
        self._graph = network.graph.copy()
        self._nodes = list(self._graph.add_nodes_from([None] * len(self.spots)))
        on_piece: dict[int, list[int]] = defaultdict(list)
        for number, spot in enumerate(self.spots):
            if spot.piece is not None:
                on_piece[spot.piece].append(number)
        for line, numbers in on_piece.items():
            self._insert(network, line, sorted(numbers, key=lambda number: self.spots[number].along_m))
        self._paths = [rx.dijkstra_shortest_paths(self._graph, node, weight_fn=_WEIGHT) for node in self._nodes]

    def _insert(self, network: Network, line: int, numbers: list[int]) -> None:
        """Add the places on a piece of road as nodes, joined along it; the whole piece stays beside them."""
        begin, end = network.ends[line].tolist()
        nodes = [begin, *(self._nodes[number] for number in numbers), end]
        cuts = [0.0, *(self.spots[number].along_m for number in numbers), float(network.lines[line].length)]
        for (a, b), (from_m, to_m) in zip(pairwise(nodes), pairwise(cuts), strict=True):
            cut = shapely.get_coordinates(substring(network.lines[line], from_m, to_m))
            self._graph.add_edge(a, b, Piece(a, to_m - from_m, cut))

    def find_distance(self, a: int, b: int) -> Distance | None:
        """Return how far it is from place to place; None when their roads are not connected."""
        if a == b:
            return Distance()
        here, there = self.spots[a], self.spots[b]
        if here.piece is None or there.piece is None:
            return Distance(straight_m=float(np.hypot(*(there.at - here.at))))
        steps = self._find_steps(a, b)
        if steps is None:
            return None
        road_m = sum(piece.length_m for _node, piece in steps if not piece.gap)
        gap_m = sum(piece.length_m for _node, piece in steps if piece.gap)
        return Distance(road_m=road_m, foot_m=here.foot_m + there.foot_m, straight_m=gap_m)

    def draw(self, a: int, b: int) -> Floats:
        """Return the way from place to place as a line; straight where no road leads."""
        steps = self._find_steps(a, b) or []
        lines = [piece.line if piece.start == node else piece.line[::-1] for node, piece in steps]
        return np.concatenate([self.spots[a].at[None], *lines, self.spots[b].at[None]])

    def _find_steps(self, a: int, b: int) -> list[tuple[int, Piece]] | None:
        """Return the pieces of the way, each with the node it is entered at."""
        goal = self._nodes[b]
        if a == b or goal not in self._paths[a]:
            return None
        return [(node, self._lightest(node, following)) for node, following in pairwise(self._paths[a][goal])]

    def _lightest(self, a: int, b: int) -> Piece:
        pieces: list[Piece] = self._graph.get_all_edge_data(a, b)
        return min(pieces, key=_WEIGHT)


def _node(lines: Sequence[shapely.Geometry]) -> NDArray[np.object_]:
    """Return the lines cut where they meet."""
    noded = shapely.union_all(shapely.force_2d(np.asarray(lines, dtype=object)), grid_size=SNAP_M)
    parts: NDArray[np.object_] = shapely.get_parts(noded)
    return parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]


def _find_ends(lines: NDArray[np.object_]) -> tuple[NDArray[np.int64], int]:
    """Return the nodes each line runs between, and how many there are."""
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(lines, n)) for n in (0, -1)])
    nodes, numbers = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    return numbers.reshape(2, -1).T, len(nodes)


def _find_gaps(roads: NDArray[np.object_]) -> list[shapely.Geometry]:
    """Return the shortest line from each connected part to the longest one, where that is short enough."""
    ends, count = _find_ends(roads)
    graph: rx.PyGraph[None, None] = rx.PyGraph()
    graph.add_nodes_from([None] * count)
    graph.add_edges_from_no_data([(a, b) for a, b in ends.tolist()])
    part_of = np.zeros(count, dtype=np.int64)
    for number, nodes in enumerate(rx.connected_components(graph)):
        part_of[list(nodes)] = number
    parts = [roads[part_of[ends[:, 0]] == number] for number in range(part_of.max(initial=-1) + 1)]
    longest, *others = sorted(parts, key=lambda part: -shapely.length(part).sum()) or [roads]
    tree = shapely.STRtree(longest)
    gaps = []
    for part in others:
        (own, found), metres = tree.query_nearest(part, max_distance=GAP_M, return_distance=True)
        if len(metres):
            nearest = metres.argmin()
            gaps.append(shapely.shortest_line(part[own[nearest]], longest[found[nearest]]))
    return gaps
