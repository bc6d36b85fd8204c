"""Areas that should lie beside each other: overlaps are found, common edges are none."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from tiles import coverage


def overlaps(*shapes: shapely.Polygon) -> list[tuple[int, int, float]]:
    firsts, seconds, shared = coverage.overlaps(np.array(shapes, dtype=object))
    return list(zip(firsts.tolist(), seconds.tolist(), shapely.area(shared).round(1).tolist(), strict=True))


def test_overlaps_are_named_with_their_area() -> None:
    assert overlaps(box(0, 0, 20, 10), box(20, 0, 40, 10), box(18, 5, 30, 20)) == [(0, 2, 10), (1, 2, 50)]


def test_equal_and_contained_areas_overlap_too() -> None:
    assert len(overlaps(box(0, 0, 20, 20), box(0, 0, 20, 20), box(5, 5, 9, 9))) == 3


def test_of_one_area_inside_another_both_may_overlap() -> None:
    shapes = np.array([box(0, 0, 1, 1), box(2, 0, 6, 4), box(3, 1, 5, 3)], dtype=object)
    assert coverage.find_overlapping(shapes).tolist() == [False, True, True]


def test_neighbours_that_share_an_edge_or_a_part_of_one_do_not_overlap() -> None:
    assert overlaps(box(0, 0, 20, 10), box(20, 0, 40, 10), box(10, 10, 30, 20)) == []


def test_less_than_the_tolerance_is_no_overlap() -> None:
    assert overlaps(box(0, 0, 20, 10), box(19.991, 0, 40, 10)) == []


def test_nothing_overlaps_nothing() -> None:
    assert overlaps() == []


def test_everything_on_everything_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "MAX_PAIRS", 1000)
    assert len(overlaps(*[box(0, 0, 10, 10)] * 2000)) == 1000


@settings(max_examples=60)
@given(st.lists(st.tuples(*[st.integers(0, 60)] * 2, *[st.integers(1, 30)] * 2), max_size=25))
def test_every_pair_is_found(corners: list[Any]) -> None:
    shapes = [box(x, y, x + width, y + height) for x, y, width, height in corners]
    pairs = [(i, j) for i in range(len(shapes)) for j in range(i + 1, len(shapes))]
    assert [pair[:2] for pair in overlaps(*shapes)] == [
        (i, j) for i, j in pairs if shapes[i].intersection(shapes[j]).area
    ]
