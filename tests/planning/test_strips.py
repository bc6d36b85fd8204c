"""The strips of lines: between a line and its road, whichever way it was drawn, and around a corridor's line."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from planning.lines import Lines, parcels_behind
from planning.strips import REACH_M, corridor, strip_to_road, without

ROAD = shapely.LineString([(0, 0), (100, 0)])


@pytest.mark.parametrize("line", [[(0, 6), (100, 6)], [(100, 6), (0, 6)], [(0, -6), (100, -6)]])
def test_a_strip_reaches_from_its_line_to_the_middle_of_the_road_whichever_way_it_was_drawn(
    line: list[tuple[float, float]],
) -> None:
    strip = strip_to_road(shapely.LineString(line), ROAD)
    assert strip is not None
    assert strip.area == pytest.approx(600)
    assert strip.covers(shapely.Point(50, 3 if line[0][1] > 0 else -3))


def test_a_line_far_from_its_road_gets_no_strip() -> None:
    assert strip_to_road(shapely.LineString([(0, 6), (100, REACH_M + 1)]), ROAD) is None
    assert strip_to_road(shapely.LineString([(0, 6), (100, 6)]), shapely.LineString()) is None


@given(bend=st.floats(-60, 60), half_m=st.floats(2, 12))
def test_in_a_bend_the_two_strips_are_the_road_land(bend: float, half_m: float) -> None:
    x = np.linspace(0, 200, 21)
    road = shapely.LineString(np.column_stack([x, bend * np.sin(x / 200 * np.pi)]))
    strips = [strip_to_road(shapely.offset_curve(road, side * half_m), road) for side in (1, -1)]
    land = shapely.buffer(road, half_m, cap_style="flat")
    assert shapely.union_all(strips).symmetric_difference(land).area < 0.03 * land.area


def test_a_setback_ends_at_the_red_line() -> None:
    (left,) = without(np.array([shapely.box(0, 0, 100, 9)]), np.array([shapely.box(-5, 0, 60, 6)]))
    assert left.area == pytest.approx(900 - 360)


def test_a_setback_wholly_in_the_road_is_empty() -> None:
    (left,) = without(np.array([shapely.box(0, 0, 10, 5)]), np.array([shapely.box(-5, 0, 60, 6)]))
    assert left.is_empty


def test_a_corridor_lies_on_both_sides_and_needs_a_width() -> None:
    found = corridor(ROAD, 10)
    assert found is not None
    assert found.covers(shapely.Point(50, -9))
    assert found.covers(shapely.Point(50, 9))
    assert corridor(ROAD, None) is None


def behind(parcels: list[shapely.Geometry], strips: list[shapely.Geometry | None]) -> dict[int, tuple]:
    lines = np.array([shapely.LineString([(0, 6), (100, 6)])] * len(strips))
    given_strips = np.array(strips, dtype=object)
    asked = Lines(kind="road-line", ids=np.arange(len(strips)), lines=lines, strips=given_strips)
    least_m2 = np.full(len(parcels), 0.5)
    found = parcels_behind(np.array(parcels), asked, least_m2=least_m2)
    return {one.parcel: (one.lines, one.area_m2 and round(one.area_m2, 3)) for one in found}


def test_a_parcel_is_told_how_much_of_it_two_strips_cover_together() -> None:
    strips = [shapely.box(0, 0, 60, 6), shapely.box(50, 0, 100, 6)]
    assert behind([shapely.box(40, 2, 80, 10)], strips) == {0: ((0, 1), 160)}


def test_a_parcel_that_only_touches_a_line_is_not_concerned() -> None:
    assert behind([shapely.box(40, 6, 80, 20)], [shapely.box(0, 0, 100, 6)]) == {}


def test_less_than_the_smallest_piece_is_not_told() -> None:
    assert behind([shapely.box(40, 5.99, 80, 20)], [shapely.box(0, 0, 100, 6)]) == {}


def test_a_line_without_a_strip_is_told_where_it_crosses_without_m2() -> None:
    parcels = [shapely.box(40, 2, 80, 10), shapely.box(40, 6, 80, 10), shapely.box(0, 20, 5, 25)]
    assert behind(parcels, [None]) == {0: ((0,), None)}
