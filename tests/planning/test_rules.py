"""What is checked before a delivery is published."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from planning import rules
from planning.models import Plan, PriceRule, StreetSegment
from planning.sources import construction, prices
from tests.planning import make
from tests.planning.conftest import Block
from tiles.ingest.issues import get_kind, message
from tiles.models import Edition, Issue

pytestmark = pytest.mark.django_db
Rule = Callable[[Edition], Iterator[Issue]]


def found(rule: Rule, edition: Edition) -> list[tuple[str, int | None]]:
    issues = list(rule(edition))
    with translation.override("en"):
        # A message that lacks a value shows an ellipsis.
        assert not [text for issue in issues if "…" in (text := message(issue))]
    return [(issue.code, issue.row) for issue in issues]


@pytest.fixture
def parcels() -> Edition:
    return make.make_edition("parcels", "p1", live=False)


@pytest.fixture
def plan() -> Edition:
    edition = make.make_edition("zones", "qpk-02", live=False)
    make.make_plan(edition, make.box(0, 0, 100, 100))
    return edition


def test_a_number_taken_in_another_live_dataset_is_named(block: Block) -> None:
    other = make.make_edition("parcels", "surveyed-2026", live=False)
    make.make_parcel(other, 12, 345, make.box(0, 0, 5, 5), ward="p1")
    make.make_parcel(other, 12, 999, make.box(5, 0, 9, 5), ward="p1")
    assert found(rules.parcels_numbered_once, other) == [("parcel-numbered-twice", 1)]


def test_more_issues_than_are_listed_are_counted(block: Block, monkeypatch: Any) -> None:
    monkeypatch.setattr(rules, "LISTED", 2)
    other, third = make.make_edition("parcels", "surveyed-2026", live=False), make.make_edition("parcels", "third")
    for number in range(1, 5):
        make.make_parcel(third, 77, number, make.box(0, 0, 20, 20), ward="p1")
        make.make_parcel(other, 77, number, make.box(0, 0, 20, 20), ward="p1")
    issues = list(rules.parcels_numbered_once(other))
    assert [issue.code for issue in issues] == ["parcel-numbered-twice"] * 2 + ["more-issues"]
    assert issues[-1].values["count"] == 2


def test_the_next_edition_of_the_same_dataset_may_keep_its_numbers(block: Block) -> None:
    again = make.make_edition("parcels", "p1", live=False)
    make.make_parcel(again, 12, 345, make.box(0, 0, 5, 5))
    assert found(rules.parcels_numbered_once, again) == []


def test_gaps_and_areas_outside_the_limit_of_a_plan_are_named(plan: Edition) -> None:
    make.make_zone(plan, 1, "OM", make.box(0, 0, 60, 100))
    make.make_zone(plan, 2, "CX", make.box(50, 0, 90, 100))
    make.make_zone(plan, 3, "GT", make.box(90, 0, 110, 80))
    issues = list(rules.areas_fill_plan(plan))
    assert [(issue.code, issue.row, issue.values["area_m2"]) for issue in issues] == [
        ("zone-gap", None, 200),
        ("zone-outside-plan", 3, 800),
    ]


def test_a_plan_filled_by_its_zones_has_no_issue(plan: Edition) -> None:
    make.make_zone(plan, 1, "OM", make.box(0, 0, 60, 100))
    make.make_zone(plan, 2, "CX", make.box(60, 0, 100, 100))
    assert [issue for rule in rules.PLAN_RULES for issue in rule(plan)] == []


def test_two_plans_in_one_delivery_block_it(plan: Edition) -> None:
    Plan.objects.create(edition=plan, code="second", title="x", geom=make.box(0, 0, 1, 1))
    assert found(rules.one_plan, plan) == [("plan-twice", None)]
    assert get_kind("plan-twice").level == "error"


def test_dates_in_the_wrong_order_block_a_plan(plan: Edition) -> None:
    Plan.objects.of(plan).update(in_force_from=date(2026, 1, 1), in_force_until=date(2025, 1, 1))
    assert found(rules.in_force_in_order, plan) == [("in-force-order", 1)]
    Plan.objects.of(plan).update(in_force_until=date(2026, 1, 1))
    assert found(rules.in_force_in_order, plan) == []


def test_a_later_position_that_is_dearer_is_kept_and_named() -> None:
    table = make.make_edition("prices", "2026", live=False)
    make.make_segment(table, "A", (40, 20, 10, 5))
    make.make_segment(table, "B", (40, None, 45, 5))
    assert found(rules.prices_fall_by_position, table) == [("price-later-dearer", 2)]
    assert get_kind("price-later-dearer").level == "warning"
    assert StreetSegment.objects.of(table).count() == 2


@pytest.mark.parametrize("price", [0, -5])
def test_a_price_that_is_not_above_zero_blocks_the_table(price: int) -> None:
    table = make.make_edition("prices", "2026", live=False)
    make.make_segment(table, "A", (40, price, None, None))
    assert found(rules.prices_above_zero, table) == [("price-negative", 1)]
    assert get_kind("price-negative").level == "error"


def test_price_rows_take_their_line_from_the_road_in_either_direction(block: Block) -> None:
    table = make.make_edition("prices", "2027", live=False)
    for start, end in (("Đầu đường", "Hùng Vương"), ("hung vuong", "ĐẦU ĐƯỜNG"), ("Đầu đường", "Nơi khác")):
        make.make_segment(table, "PHAN ĐÌNH PHÙNG", (4,), from_street=start, to_street=end)
    assert list(prices.PRICES.complete(table)) == []  # type: ignore[misc]
    assert [bool(row.geom) for row in StreetSegment.objects.of(table).order_by("row")] == [True, True, False]
    (issue,) = rules.streets_known(table)
    assert (issue.code, issue.row, issue.values["alike"]) == ("street-unknown", 3, "Phan Đình Phùng")
    assert issue.blocks


def test_a_delivery_without_a_plan_gets_one_around_its_areas() -> None:
    edition = make.make_edition("zones", "qct-05", live=False)
    make.make_zone(edition, 1, "OM", make.box(0, 0, 10, 10))
    make.make_zone(edition, 2, "CX", make.box(10, 0, 20, 10))
    (issue,) = construction.ZONES.complete(edition)  # type: ignore[misc]
    assert issue.code == "plan-facts-missing"
    plan = Plan.objects.of(edition).get()
    assert (plan.code, plan.title, plan.level, plan.layer) == ("qct-05", "Tập qct-05", "detailed", "zones")
    assert plan.geom.area == 200


def test_the_level_of_a_plan_comes_from_its_file_code() -> None:
    edition = make.make_edition("zones", "hoa-binh", live=False)
    make.make_plan(edition, make.box(0, 0, 10, 10), level="", file_code="68QPK001234")
    assert list(construction.ZONES.complete(edition)) == []  # type: ignore[misc]
    assert Plan.objects.of(edition).get().level == "subdivision"


def test_a_line_of_price_rules_without_what_its_kind_needs_is_refused() -> None:
    edition = make.make_edition("prices", "quy-tac-2026", live=False)
    lines = {"full": {"percent": 70, "low": 1}, "bare": {"percent": 70}, "none": {"low": 1}}
    for row, (code, values) in enumerate(lines.items(), start=1):
        PriceRule.objects.create(edition=edition, code=code, row=row, kind="height", order=5, text_vi="x", **values)
    assert found(rules.price_rules_complete, edition) == [("price-rule-incomplete", 2), ("price-rule-incomplete", 3)]
