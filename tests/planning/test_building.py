"""What may be built: indicators become m² of the piece, and a missing figure is said to be missing."""

import dataclasses
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from planning.extracts.answers import Answer, PlanName, ZoneShare
from planning.extracts.areas import area_difference
from planning.extracts.building import building_rules
from planning.extracts.extract import LineName, Restriction

ZONE = ZoneShare(
    code="z-1",
    use="OM",
    use_name="Housing",
    colour="#cc9900",
    hatch="diagonal",
    area_m2=124,
    share=0.62,
    density_max_percent=60,
    floors_max=5,
    floor_area_ratio=3.0,
    height_max_m=19.5,
    setback_m=2,
)
PLAN = PlanName(code="qpk-01", title="Plan", url="/plans/qpk-01")


def concerned(theme: str, *zones: ZoneShare) -> Answer:
    return Answer(theme=theme, status="concerned", plan=PLAN, zones=zones)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_every_indicator_is_a_sentence_with_what_it_comes_to_here() -> None:
    (piece,) = building_rules([concerned("construction-subdivision", ZONE)])
    assert [rule.text for rule in piece.rules] == [
        "Built over: at most 60 % of the land, here 74.4 m².",
        "Floors: at most 5.",
        "Height: at most 19.5 m.",
        "Floor area of all storeys: at most 3 times the land, here 372.0 m².",
        "Back from the red line of the road: at least 2 m.",
    ]
    assert [rule.amount_m2 for rule in piece.rules] == [74.4, None, None, 372.0, None]
    assert (piece.zone, piece.plan) == ("z-1", PLAN)


def test_a_missing_figure_is_said_to_be_missing() -> None:
    bare = dataclasses.replace(ZONE, density_max_percent=None, floors_max=None, floor_area_ratio=None)
    (piece,) = building_rules([concerned("construction-subdivision", bare)])
    assert [rule.text for rule in piece.rules if rule.limit is None] == [
        "Built over: the plan gives no figure.",
        "Floors: the plan gives no figure.",
        "Floor area of all storeys: the plan gives no figure.",
    ]


def test_a_limit_of_zero_is_a_limit() -> None:
    (piece,) = building_rules([concerned("construction-detailed", dataclasses.replace(ZONE, density_max_percent=0))])
    assert piece.rules[0].text == "Built over: at most 0 % of the land, here 0.0 m²."


def test_the_most_detailed_construction_plan_speaks_and_the_land_use_plan_does_not() -> None:
    general, detailed = dataclasses.replace(ZONE, code="g"), dataclasses.replace(ZONE, code="d")
    answers = [
        concerned("construction-general", general),
        concerned("construction-detailed", detailed),
        concerned("land-use", ZONE),
    ]
    assert [piece.zone for piece in building_rules(answers)] == ["d"]
    assert building_rules([concerned("land-use", ZONE)]) == ()
    assert building_rules([Answer(theme="construction-detailed", status="no-data")]) == ()


def building_line(width_m: float | None, road: str = "Trần Phú") -> Restriction:
    line = LineName(code="l", name=road, category="Chỉ giới xây dựng", width_m=width_m)
    return Restriction(theme="building-line", status="concerned", text="", lines=(line,))


@pytest.mark.parametrize(
    ("drawn_m", "said"),
    [
        (
            3,
            "than the 2 m of the zone. Both are published: keep the farther one, 3 m, and ask: X.",
        ),
        (
            1.5,
            "than the 2 m of the zone. Both are published: keep the farther one, 2 m, and ask: X.",
        ),
        (2, "The building line along Trần Phú is drawn 2 m back from the red line."),
        (None, "A building line is drawn along Trần Phú; how far back is not stated, ask: X."),
    ],
)
def test_the_farther_of_setback_and_building_line_is_named(drawn_m: float | None, said: str) -> None:
    plan = dataclasses.replace(concerned("construction-subdivision", ZONE), ask="X")
    # Two plans that draw the same line draw one line.
    (piece,) = building_rules([plan], [building_line(drawn_m), building_line(drawn_m)])
    [rule] = [rule for rule in piece.rules if rule.kind == "building-line"]
    assert (rule.limit, rule.text.endswith(said)) == (drawn_m, True), rule.text


def test_a_line_that_does_not_cut_the_parcel_is_not_held_against_the_zone() -> None:
    outside = dataclasses.replace(building_line(3), status="not-concerned")
    (piece,) = building_rules([concerned("construction-subdivision", ZONE)], [outside])
    assert "building-line" not in {rule.kind for rule in piece.rules}


BARE = {
    "density_max_percent": None,
    "floors_max": None,
    "floor_area_ratio": None,
    "height_max_m": None,
    "setback_m": None,
}


def test_a_zone_without_figures_is_not_taken_for_one_without_limits() -> None:
    road, unused = (dataclasses.replace(ZONE, use=use, **BARE) for use in ("GT", "CSD"))
    plan = dataclasses.replace(concerned("construction-subdivision", road, unused), ask="X")
    said = [piece.text for piece in building_rules([plan], [building_line(3)])]
    assert said == [
        "The plan keeps this piece for roads: not for building.",
        "The plan gives no figure for this zone. That does not mean there is no limit: before you build, ask: X.",
    ]


def test_what_is_no_building_land_is_said_beside_its_figures() -> None:
    (green,) = building_rules([concerned("construction-subdivision", dataclasses.replace(ZONE, use="CX"))])
    assert (green.stated, green.text) == (True, "The plan keeps this piece for greenery: no ground for houses.")


def test_where_the_detailed_plan_leaves_much_undrawn_the_next_level_has_its_say() -> None:
    detailed, coarse = dataclasses.replace(ZONE, area_m2=124), dataclasses.replace(ZONE, code="c", area_m2=200)
    told = {}
    for gap_m2 in (76.0, 5.0):
        fine = dataclasses.replace(concerned("construction-detailed", detailed), gap_m2=gap_m2)
        told[gap_m2] = [
            (piece.zone, piece.area_m2, piece.text)
            for piece in building_rules([concerned("construction-subdivision", coarse), fine])
        ]
    assert told == {
        76.0: [
            ("z-1", 124, ""),
            ("c", 76, "Holds only where nothing is drawn by “Plan”, at most 76.0 m² of the parcel."),
        ],
        5.0: [("z-1", 124, "")],
    }


def test_two_plans_of_one_level_on_the_same_ground_are_not_added_up_in_silence() -> None:
    plans = [dataclasses.replace(concerned("construction-subdivision", ZONE), ask="X") for _plan in range(2)]
    said = "Some of this ground is also drawn by “Plan”; which figures hold there, ask: X."
    assert [piece.text for piece in building_rules(plans)] == [said, said]


@pytest.mark.parametrize(
    ("registered", "measured", "level"),
    [(200, 200.4, "agrees"), (20, 20.5, "agrees"), (200, 206, "differs"), (200, 150, "differs-much")],
)
def test_the_difference_of_areas_has_a_level_and_words(registered: float, measured: float, level: str) -> None:
    found = area_difference(registered, measured)
    assert found is not None
    assert found.level == level
    assert "5 %" in found.text or level == "agrees"


def test_without_a_registered_area_nothing_is_compared() -> None:
    assert area_difference(None, 200) is None
    assert area_difference(0, 200) is None


@given(registered=st.floats(1, 1e6), measured=st.floats(1, 1e6))
def test_a_larger_difference_never_sounds_more_harmless(registered: float, measured: float) -> None:
    order = ("agrees", "differs", "differs-much")
    found = area_difference(registered, measured)
    farther = area_difference(registered, registered + 2 * (measured - registered))
    assert found is not None
    if farther:
        assert order.index(farther.level) >= order.index(found.level)
