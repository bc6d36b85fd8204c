"""Prices worked out by hand: the arithmetic stands beside each; two rule sets of different style."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planning.prices.engine import value
from planning.prices.question import Valuation
from tests.planning.prices.rule_sets import land, rule_set, segment, way

MAIN = segment(40_000_000, 24_800_000, 16_800_000, 10_800_000)
OTHER = segment(30_000_000, 18_600_000, 12_600_000, 8_100_000, street="Hùng Vương")
CHEAP = segment(1_000_000, 620_000, 420_000, 270_000)
OLD = segment(20_000_000, 12_000_000, 8_000_000, 5_000_000)
OLD_SIDE = segment(10_000_000, 6_000_000, 4_000_000, 2_500_000, street="Hùng Vương")
OLD_DEAR = segment(60_000_000, 36_000_000, 24_000_000, 15_000_000)
OLD_CHEAP = segment(480_000, 290_000, 190_000, 120_000)
NOW = date(2026, 11, 22)
THEN = date(2023, 5, 1)
CENTRE = ("xuan-huong-da-lat",)
OUTER = ("xuan-truong-da-lat",)


def now(*ways: Any, **known: Any) -> Valuation:
    return value(land(*ways, on=NOW, **{"areas": CENTRE, **known}), rule_set("2026"))


def then(*ways: Any, on: date = THEN, **known: Any) -> Valuation:
    return value(land(*ways, on=on, **{"areas": ("p4",), **known}), rule_set("2020"))


def alley(of: Any = MAIN, level: int = 1, width: float = 5, **more: Any) -> Any:
    return way(of, alley_level=level, alley_width_m=width, **more)


# Story, the answer, đ/m², đồng. Unless the story says otherwise: 100 m², residential, on the street, 20 m deep.
BY_HAND_2026 = [
    ("on the street: position 1", now(way(MAIN)), 40_000_000, 4_000_000_000),
    ("alley of 5 m: position 2", now(alley()), 24_800_000, 2_480_000_000),
    ("alley of 4,5 m: position 3", now(alley(width=4.5)), 16_800_000, 1_680_000_000),
    ("alley of 2,9 m: position 4", now(alley(width=2.9)), 10_800_000, 1_080_000_000),
    ("alley of an alley, 3 m: position 3", now(alley(level=2, width=3)), 16_800_000, 1_680_000_000),
    ("alley of an alley, 2 m: position 4", now(alley(level=2, width=2)), 10_800_000, 1_080_000_000),
    ("order 5 counts as order 3: position 4", now(alley(level=5, width=6)), 10_800_000, 1_080_000_000),
    ("1/500 plan, in an alley: position 1", now(alley(level=3), detailed_plan=True), 40_000_000, 4_000_000_000),
    ("position 3 given by the person", now(way(MAIN, position=3)), 16_800_000, 1_680_000_000),
    # 40.000.000 × 80 %
    ("commerce", now(way(MAIN), use="TMD"), 32_000_000, 3_200_000_000),
    # 40.000.000 × 60 %
    ("production", now(way(MAIN), use="SKC"), 24_000_000, 2_400_000_000),
    # 40.000.000 × (1 + 15 %)
    ("two frontages", now(way(MAIN), frontages=2), 46_000_000, 4_600_000_000),
    # 15 % + 8 % = 23 %, at most 20 %: 40.000.000 × 1,2
    ("three frontages meet the cap", now(way(MAIN), frontages=3), 48_000_000, 4_800_000_000),
    # 40.000.000 × 70 %
    ("1 m above the road", now(way(MAIN), height_m=1), 28_000_000, 2_800_000_000),
    ("2 m below the road", now(way(MAIN), height_m=-2), 28_000_000, 2_800_000_000),
    ("0,9 m above the road", now(way(MAIN), height_m=0.9), 40_000_000, 4_000_000_000),
    # 24.800.000 × 70 %
    ("earth alley", now(alley(earth=True)), 17_360_000, 1_736_000_000),
    # (20 × 40.000.000 + 10 × 24.000.000) / 30 = 34.666.667, rounded to 1.000
    ("30 m deep", now(way(MAIN), depth_m=30), 34_667_000, 3_466_700_000),
    # (20 × 40 + 20 × 24 + 10 × 14,4) / 50 = 28,48 million
    ("50 m deep", now(way(MAIN), depth_m=50), 28_480_000, 2_848_000_000),
    # the fourth band would be 8,64 million: the lowest position, 10,8, holds. (40 + 24 + 14,4 + 10,8) / 4 = 22,3
    ("80 m deep meets the floor", now(way(MAIN), depth_m=80), 22_300_000, 2_230_000_000),
    # 32.000.000 for 40 m, half of it for 20 m: (40 × 32 + 20 × 16) / 60 = 26.666.667, rounded
    ("commerce 60 m deep", now(way(MAIN), use="TMD", depth_m=60), 26_667_000, 2_666_700_000),
    # 150 m² / 5 m = 30 m deep; 34.667.000 × 150
    ("depth from area and frontage", now(way(MAIN), depth_m=None, area_m2=150), 34_667_000, 5_200_050_000),
    # position 2 by the alley 24,8 million, position 1 of the other street 30 million
    ("two ways: the dearer", now(alley(), way(OTHER)), 30_000_000, 3_000_000_000),
    # 270.000 × 60 % = 162.000, least price 300.000
    ("least price", now(way(CHEAP, position=4), use="SKC"), 300_000, 30_000_000),
    # 24.800.000 × 1,15 = 28.520.000 × 0,7 = 19.964.000 × 0,7 = 13.974.800;
    # depth: (20 × 13.974.800 + 10 × 10.800.000 (floor above 8.384.880)) / 30 = 12.916.533, rounded 12.917.000
    (
        "everything at once",
        now(alley(earth=True), frontages=2, height_m=1.2, depth_m=30),
        12_917_000,
        1_291_700_000,
    ),
    ("perennial crops, central ward", now(use="CLN", house=False), 450_000, 45_000_000),
    ("perennial crops, outer ward", now(use="CLN", areas=OUTER, house=False), 280_000, 28_000_000),
    # 450.000 × 150 %
    ("perennial crops with a house", now(use="CLN", house=True), 675_000, 67_500_000),
    ("annual crops, 1.000 m²", now(use="HNK", areas=OUTER, house=False, area_m2=1000), 240_000, 240_000_000),
    ("aquaculture, any ward", now(use="NTS"), 150_000, 15_000_000),
    ("forest, any ward", now(use="RPH"), 60_000, 6_000_000),
    # 40.000.000 × 20 %
    ("unused land", now(use="BCS", adjacent_vnd_per_m2=40_000_000), 8_000_000, 800_000_000),
]  # fmt: skip
# As above, in 2023 (coefficient 1,3 in wards), in an alley 20 m from the street.
BY_HAND_2020 = [
    # 20.000.000 × 1,3
    ("on the street", then(way(OLD)), 26_000_000, 2_600_000_000),
    # 26.000.000 × 87,5 m²
    ("87,5 m²", then(way(OLD), area_m2=87.5), 26_000_000, 2_275_000_000),
    # 12.000.000 × 1,3
    ("alley of 4 m: position 2", then(alley(OLD, width=4, distance_m=20)), 15_600_000, 1_560_000_000),
    # 8.000.000 × 1,3
    ("alley of 3 m: position 3", then(alley(OLD, width=3, distance_m=20)), 10_400_000, 1_040_000_000),
    # 5.000.000 × 1,3
    ("alley of 2,4 m: position 4", then(alley(OLD, width=2.4, distance_m=20)), 6_500_000, 650_000_000),
    ("alley of an alley: position 4", then(alley(OLD, level=2, width=6, distance_m=20)), 6_500_000, 650_000_000),
    # 20.000.000 × 70 % × 1,3
    ("commerce", then(way(OLD), use="TMD"), 18_200_000, 1_820_000_000),
    # 20.000.000 × 50 % × 1,3
    ("production", then(way(OLD), use="SKC"), 13_000_000, 1_300_000_000),
    # 12.000.000 × 80 % × 1,3
    ("120 m into the alley", then(alley(OLD, width=4, distance_m=120)), 12_480_000, 1_248_000_000),
    # 20.000.000 × 90 % × 1,3
    ("frontage of 2,5 m", then(way(OLD), frontage_m=2.5), 23_400_000, 2_340_000_000),
    # (25 × 20 + 15 × 16) / 40 = 18,5 million × 1,3
    ("40 m deep", then(way(OLD), depth_m=40), 24_050_000, 2_405_000_000),
    # (25 × 20 + 25 × 16 + 10 × 12) / 60 = 17 million × 1,3
    ("60 m deep", then(way(OLD), depth_m=60), 22_100_000, 2_210_000_000),
    # 20.000.000 × 1,1
    ("in 2020", then(way(OLD), on=date(2020, 1, 1)), 22_000_000, 2_200_000_000),
    # 20.000.000 × 1,1 (communes in 2023)
    ("in a commune", then(way(OLD), areas=("xuan-tho",)), 22_000_000, 2_200_000_000),
    # 20.000.000 × 1,5
    ("in 2025, in a new ward", then(way(OLD), on=date(2025, 12, 31), areas=CENTRE), 30_000_000, 3_000_000_000),
    # 60.000.000 × 1,3 = 78.000.000, highest 65.000.000
    ("highest price", then(way(OLD_DEAR)), 65_000_000, 6_500_000_000),
    # 120.000 × 1,3 = 156.000, least 200.000
    ("least price", then(way(OLD_CHEAP, position=4)), 200_000, 20_000_000),
    # 12.000.000 × 1,3 = 15.600.000 by the alley; 10.000.000 × 1,3 = 13.000.000 by the street
    ("two ways", then(alley(OLD, width=4, distance_m=20), way(OLD_SIDE)), 15_600_000, 1_560_000_000),
    # 210.000 × 1,3
    ("perennial crops, ward", then(use="CLN"), 273_000, 27_300_000),
    # 120.000 × 1,05
    ("annual crops, commune, 2022", then(use="HNK", areas=("tram-hanh",), on=date(2022, 6, 1)), 126_000, 12_600_000),
    # 40.000 × 1
    ("forest, commune, 2020", then(use="RSX", areas=("ta-nung",), on=date(2020, 6, 1)), 40_000, 4_000_000),
]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "price", "amount"),
    [pytest.param(*case[1:], id=f"{year} {case[0]}") for year, cases in
     (("2026", BY_HAND_2026), ("2020", BY_HAND_2020)) for case in cases],
)  # fmt: skip
def test_a_price_is_what_the_hand_works_out(found: Valuation, price: int, amount: int) -> None:
    assert (found.missing, found.price_vnd_per_m2, found.amount_vnd) == ((), price, amount)


def test_every_step_names_its_rule_factor_result_and_row() -> None:
    found = now(alley(earth=True), frontages=2, height_m=1.2, depth_m=30)
    assert [(step.rule, step.result) for step in found.steps] == [
        ("base", 24_800_000),
        ("position", 24_800_000),
        ("use", 24_800_000),
        ("frontage", 28_520_000),
        ("height", 19_964_000),
        ("earth-alley", 13_974_800),
        ("depth-further", 12_916_533),
        ("rounding", 12_917_000),
    ]
    assert found.steps[0].source.dataset == "2026"
    assert {step.source.dataset for step in found.steps[1:]} == {"quy-tac-2026"}
    assert found.steps[4].text_en == "1 m or more above or below the road: minus 30 %"
    assert found.steps[4].source.clause == "Điều 6"


def test_bands_are_listed() -> None:
    bands = [(band.from_m, band.to_m, band.price_vnd_per_m2) for band in now(way(MAIN), depth_m=50).bands]
    assert bands == [(0, 20, 40_000_000), (20, 40, 24_000_000), (40, 50, 14_400_000)]


@pytest.mark.parametrize(
    ("found", "missing"),
    [
        (now(way(MAIN), use=""), ["use"]),
        (now(way(MAIN), use="DGD"), ["priced_use"]),
        (now(), ["segment"]),
        (now(way(MAIN, alley_level=None)), ["alley_level"]),
        (now(way(MAIN, alley_level=1)), ["alley_width_m"]),
        (now(way(MAIN), detailed_plan=None), ["detailed_plan"]),
        (now(way(MAIN), frontages=None), ["frontages"]),
        (now(way(MAIN), height_m=None), ["height_m"]),
        (now(way(MAIN), depth_m=None, frontage_m=None), ["depth_m"]),
        (now(alley(earth=None)), ["surface"]),
        (now(way(MAIN), area_m2=None), ["area_m2"]),
        (now(way(MAIN), frontages=None, height_m=None), ["frontages", "height_m"]),
        (now(use="CLN", areas=(), house=False), ["ward"]),
        (now(use="CLN", house=None), ["house"]),
        (now(use="BCS"), ["adjacent_vnd_per_m2"]),
        (now(way(MAIN), way(OTHER, alley_level=None)), ["alley_level"]),
        (then(way(OLD), areas=()), ["ward"]),
        # A ward of another time.
        (then(way(OLD), areas=("xuan-huong-da-lat",)), ["ward"]),
        (then(way(OLD), on=date(2019, 1, 1)), ["on"]),
        (then(way(OLD), frontage_m=None), ["frontage_m"]),
        (then(alley(OLD, width=4)), ["distance_m"]),
    ],
)
def test_a_missing_input_is_asked_for_and_never_guessed(found: Valuation, missing: list[str]) -> None:
    assert list(found.missing) == missing
    assert found.amount_vnd is None


def test_an_input_no_rule_needs_is_not_asked_for() -> None:
    found = then(way(OLD), height_m=None, frontages=None, detailed_plan=None)
    assert (found.missing, found.price_vnd_per_m2) == ((), 26_000_000)


def test_steps_end_at_the_first_unknown_input() -> None:
    assert [step.rule for step in now(way(MAIN), height_m=None, depth_m=50).steps] == ["base", "use"]


def test_a_blank_cell_is_not_stated_and_never_nothing() -> None:
    blank = segment(40_000_000, 20_000_000, None, 8_000_000)
    found = now(alley(blank, width=4))
    assert (found.missing, found.price_vnd_per_m2) == (("stated_position",), None)
    assert blank.lowest == 8_000_000
    assert blank.odd == ("blank-3",)


def test_a_later_position_that_is_dearer_is_kept_and_named() -> None:
    odd = segment(40_000_000, 20_000_000, 28_000_000, 8_000_000)
    assert odd.odd == ("dearer-3",)
    assert now(alley(odd, width=4)).price_vnd_per_m2 == 28_000_000


def test_several_ways_without_a_rule_are_asked_about() -> None:
    rules = rule_set("2026")
    without = type(rules)(tuple(rule for rule in rules.rules if rule.kind != "highest"))
    assert value(land(way(MAIN), way(OTHER), on=NOW), without).missing == ("segment",)


def test_an_alley_may_have_a_share_of_the_streets_price() -> None:
    from dataclasses import replace

    rules = rule_set("2026")
    lines = tuple(rule for rule in rules.rules if rule.kind not in ("position", "plan-500"))
    share = replace(lines[0], kind="alley-share", level=1, factor=Decimal("0.45"), uses=frozenset(), areas=frozenset())
    found = value(land(alley(), on=NOW), type(rules)((*lines, share)))
    # 40.000.000 × 45 %
    assert found.price_vnd_per_m2 == 18_000_000


def test_each_way_is_valued_by_its_own_frontage_and_depth() -> None:
    # 24.800.000 is 60 % in the second 20 m: (20 + 10 × 0,6) / 30; the narrow side counts where it is narrow only.
    deep, shallow = way(MAIN, depth_m=30), way(OTHER, depth_m=15)
    both = now(deep, shallow)
    alone = max((now(deep).price_vnd_per_m2 or 0), (now(shallow).price_vnd_per_m2 or 0))
    assert both.price_vnd_per_m2 == alone
    narrow, wide = way(OLD, frontage_m=2.5), way(OLD, frontage_m=5)
    assert then(narrow).price_vnd_per_m2 != then(wide).price_vnd_per_m2
    assert then(narrow, wide).price_vnd_per_m2 == then(wide).price_vnd_per_m2
