from itertools import product

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.match import write
from planning.matching.corners import Corners, read_pairs
from planning.matching.fit import METRE_SRIDS, Reading, find_outlines, place, score

SQUARE = np.array([[575165.0, 1320567.0], [575185.0, 1320567.0], [575185.0, 1320577.0], [575165.0, 1320577.0]])


@pytest.mark.parametrize(("srid", "north_first", "shifted"), list(product(METRE_SRIDS, (True, False), (True, False))))
def test_every_reading_puts_its_own_paper_back_in_place(srid: int, north_first: bool, shifted: bool) -> None:
    reading = Reading(srid, north_first, shifted)
    paper = write(SQUARE, reading)
    assert place(paper, reading) == pytest.approx(SQUARE, abs=0.001)
    assert reading in [outline.reading for outline in find_outlines(read_pairs(paper.tolist()))]


def test_a_missing_datum_shift_is_226_m() -> None:
    moved = write(SQUARE, Reading(5899, north_first=False, shifted=False)) - SQUARE
    assert np.hypot(*moved[0]) == pytest.approx(225.6, abs=0.5)


def test_a_parcel_fits_itself_and_not_its_neighbour() -> None:
    [outline] = [each for each in find_outlines(read_pairs(SQUARE.tolist())) if each.reading.shifted]
    parcel = shapely.Polygon(SQUARE)
    own, beside = score(outline, np.array([parcel, shapely.affinity.translate(parcel, 20)], dtype=object))
    assert (own.score, own.iou, own.corners_matched, own.area_difference_m2) == pytest.approx((1, 1, 4, 0))
    assert beside.iou == 0
    assert beside.corners_matched == 2  # the two they share
    assert beside.score < 0.3


def test_with_a_corner_missing_the_others_still_tell() -> None:
    [outline] = [each for each in find_outlines(read_pairs(SQUARE[:3].tolist())) if each.reading.shifted]
    [fit] = score(outline, np.array([shapely.Polygon(SQUARE)], dtype=object))
    assert fit.corners_matched == 3
    assert fit.iou == pytest.approx(0.5)
    assert fit.score == pytest.approx(0.75)


def test_corners_in_a_crossing_order_are_taken_around_their_middle() -> None:
    crossed = read_pairs(SQUARE[[0, 2, 1, 3]].tolist())
    outline = find_outlines(crossed)[0]
    assert outline.crossing
    assert outline.shape.area == pytest.approx(200)


def test_a_corner_with_a_wrong_digit_is_left_out() -> None:
    wrong = np.vstack((SQUARE, [[575175.0, 1340567.0]]))
    outline = find_outlines(read_pairs(wrong.tolist()))[0]
    assert outline.left_out == 1
    assert outline.shape.area == pytest.approx(200)


def test_corners_on_one_line_enclose_nothing_and_do_no_harm() -> None:
    outline = find_outlines(read_pairs([[575165 + n, 1320567 + n] for n in range(4)]))[0]
    [fit] = score(outline, np.array([shapely.Polygon(SQUARE)], dtype=object))
    assert fit.iou == 0


def test_hanoi_is_not_in_the_city() -> None:
    assert find_outlines(read_pairs([[2326000.0 + n, 587000.0 + n * n] for n in range(4)])) == []


@given(st.lists(st.tuples(*[st.floats(-1e8, 1e8)] * 2), min_size=3, max_size=20, unique=True))
def test_no_corners_break_the_fit(pairs: list[tuple[float, float]]) -> None:
    for outline in find_outlines(Corners(np.array(pairs), "metre")):
        assert score(outline, np.array([shapely.Polygon(SQUARE)], dtype=object))[0].score <= 1
