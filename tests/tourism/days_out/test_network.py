import numpy as np
import pytest
import shapely
from shapely import LineString

from tourism.days_out.network import REACH_M, Distance, Network, Ways

STREET = LineString([(0, 0), (1000, 0)])
CROSSING = LineString([(400, -500), (400, 500)])
# It ends a hand's breadth before the street.
LANE = LineString([(700, 0.2), (700, 300)])
ISLAND = LineString([(0, 2000), (600, 2000)])


def ways(places: list[tuple[float, float]], *roads: LineString) -> Ways:
    return Ways(Network(roads), np.array(places, dtype=float))


def road_m(places: list[tuple[float, float]], *roads: LineString) -> float:
    distance = ways(places, *roads).find_distance(0, 1)
    assert distance is not None
    return distance.road_m


def test_roads_that_cross_are_joined_where_they_cross() -> None:
    assert road_m([(0, 0), (400, 300)], STREET, CROSSING) == pytest.approx(700, abs=1)


def test_a_lane_that_misses_its_street_by_a_hand_is_joined_to_it() -> None:
    assert road_m([(0, 0), (700, 300)], STREET, LANE) == pytest.approx(1000, abs=1)


def test_two_places_on_one_piece_of_road_need_no_crossing() -> None:
    assert road_m([(450, 5), (650, -5)], STREET, CROSSING, LANE) == pytest.approx(200, abs=1)


def test_the_shorter_of_two_ways_is_taken() -> None:
    detour = LineString([(100, 0), (100, 400), (900, 400), (900, 0)])
    assert road_m([(0, 0), (1000, 0)], STREET, detour) == pytest.approx(1000, abs=1)


def test_steps_from_the_road_to_the_place_count() -> None:
    assert ways([(100, 30), (200, -20)], STREET).find_distance(0, 1) == Distance(road_m=100, foot_m=50)


def test_a_place_off_the_roads_is_reached_straight() -> None:
    found = ways([(0, 0), (0, REACH_M + 100)], STREET)
    assert found.find_distance(0, 1) == Distance(straight_m=REACH_M + 100)
    assert found.draw(0, 1).tolist() == [[0, 0], [0, REACH_M + 100]]


def test_without_roads_every_way_is_straight() -> None:
    assert ways([(0, 0), (300, 400)]).find_distance(0, 1) == Distance(straight_m=500)


def test_no_way_leads_to_roads_that_are_not_connected() -> None:
    found = ways([(0, 0), (300, 2000), (600, 2000)], STREET, ISLAND)
    assert found.find_distance(0, 1) is None
    assert found.find_distance(1, 2) == Distance(road_m=300)


def test_a_small_gap_between_roads_is_crossed_as_an_estimate() -> None:
    beside = LineString([(200, 80), (600, 80)])
    found = ways([(200, 80), (1000, 0), (600, 80)], STREET, beside)
    distance = found.find_distance(0, 1)
    assert distance is not None
    assert distance.straight_m == pytest.approx(80, abs=1)
    assert distance.road_m == pytest.approx(800, abs=1)
    assert found.find_distance(0, 2) == Distance(road_m=400)
    assert shapely.linestrings(found.draw(0, 1)).length == pytest.approx(880, abs=2)


def test_nobody_lives_in_a_gap() -> None:
    beside = LineString([(0, 80), (600, 80)])
    network = Network([STREET, beside])
    assert len(network.lines) > len(network.roads)
    [spot] = network.find_spots(np.array([[0.0, 45.0]]))
    assert spot.foot_m == pytest.approx(35, abs=1)


def test_the_drawn_way_goes_from_place_to_place_and_is_as_long_as_told() -> None:
    found = ways([(0, 20), (700, 250), (400, -300)], STREET, CROSSING, LANE)
    for a, b in ((0, 1), (1, 0), (1, 2), (2, 0)):
        distance, line = found.find_distance(a, b), found.draw(a, b)
        assert distance is not None
        assert line[0].tolist() == found.spots[a].at.tolist()
        assert line[-1].tolist() == found.spots[b].at.tolist()
        assert shapely.linestrings(line).length == pytest.approx(distance.road_m + distance.foot_m, abs=1)


def test_one_place_twice_is_no_way_at_all() -> None:
    found = ways([(100, 10), (100, 10)], STREET)
    assert found.find_distance(0, 0) == Distance()
    assert found.find_distance(0, 1) == Distance(road_m=0, foot_m=20)
