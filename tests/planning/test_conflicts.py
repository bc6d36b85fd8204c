"""Where the construction plan and the land-use plan disagree: how much, since when, and whom to ask."""

import csv
import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
import shapely
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from planning.compatibility import agree, agreeing_uses, fits, held_uses
from planning.extracts.answers import Answer, PlanName, ZoneShare
from planning.extracts.conflicts import conflicts, level_conflicts
from planning.offices import office_to_ask
from planning.shares import compute_missing
from planning.uses import uses_of
from tests.planning import make
from tests.planning.conftest import Block
from tests.planning.test_extract import extract

Pairs = Sequence[tuple[str, str]]


def piece(code: str, use: str, area_m2: float) -> ZoneShare:
    return ZoneShare(
        code=code, use=use, use_name=use, colour="#000000", hatch="none", area_m2=area_m2, share=area_m2 / 200
    )


def answer(theme: str, *zones: ZoneShare, status: str = "concerned", office: str = "", ask: str = "") -> Answer:
    plan = PlanName(code=theme, title=theme, url=f"/plans/{theme}")
    return Answer(theme=theme, status=status, plan=plan, zones=zones, office=office, ask=ask)  # type: ignore[arg-type]


def never(pairs: Pairs) -> Mapping[tuple[str, str], float]:
    raise AssertionError("the shares alone tell")


def test_every_construction_use_is_in_the_table_and_every_listed_land_use_exists() -> None:
    assert set(agreeing_uses()) == set(uses_of("construction"))
    assert {use for listed in agreeing_uses().values() for use in listed} <= set(uses_of("land-use"))
    assert {use for held in held_uses().values() for use in held} <= set(uses_of("construction"))
    with Path("planning/facts/compatible_uses.csv").open(encoding="utf-8") as file:
        assert {row["note"] for row in csv.DictReader(file)} == {"dữ liệu minh họa"}


def test_who_answers_depends_on_family_level_and_day() -> None:
    day, before = date(2025, 7, 1), date(2025, 6, 30)
    with translation.override("vi"):
        assert office_to_ask("zones", "general", on=day) == "Sở Xây dựng tỉnh Lâm Đồng"
        assert office_to_ask("land-use", "land-use", on=day) == "Sở Nông nghiệp và Môi trường tỉnh Lâm Đồng"
    with translation.override("en"):
        assert office_to_ask("zones", "subdivision", on=day) == "Department of Construction of Lâm Đồng province"
        unknown = "the People's Committee of the ward (commune) the land lies in"
        assert {office_to_ask("zones", "detailed", on=day), office_to_ask("zones", "general", on=before)} == {unknown}
    with Path("planning/facts/offices.csv").open(encoding="utf-8") as file:
        assert {row["note"] for row in csv.DictReader(file)} == {"dữ liệu minh họa"}


def test_uses_agree_disagree_or_are_not_known() -> None:
    assert (agree("OM", "ODT"), agree("OM", "RPH"), agree("OM", "QQQ"), agree("QQQ", "ODT")) == (
        True,
        False,
        None,
        None,
    )


def test_a_zone_in_a_land_use_area_of_another_use_is_a_conflict_with_those_who_answer() -> None:
    answers = [
        answer("construction-general", piece("g", "OM", 200), office="Thủ tướng", ask="Sở Xây dựng"),
        answer("construction-subdivision", piece("z1", "OM", 120), piece("z2", "CX", 80), office="Tỉnh", ask="Sở"),
        answer("land-use", piece("a", "ODT", 200), office="Tỉnh", ask="Sở"),
    ]
    (found,) = conflicts(answers, parcel_m2=200, least_m2=0.5, common=never) or ()
    assert (found.construction.code, found.land_use.code, found.area_m2, found.share) == ("z2", "a", 80, 0.4)
    assert (found.construction.theme, found.ask) == ("construction-subdivision", ("Sở",))
    assert found.construction.office == "Tỉnh"


def test_a_general_plan_is_compared_where_the_detailed_one_leaves_a_gap() -> None:
    general, land = answer("construction-general", piece("g", "RPH", 200)), answer("land-use", piece("a", "ODT", 200))
    detailed = answer("construction-detailed", piece("d", "OM", 150))
    for gap_m2, expected in ((0, []), (50, ["g"])):
        answers = [general, dataclasses.replace(detailed, gap_m2=gap_m2), land]
        found = conflicts(answers, parcel_m2=200, least_m2=0.5, common=never)
        assert [one.construction.code for one in found or ()] == expected


def test_where_both_plans_split_the_parcel_the_ground_is_measured() -> None:
    asked: list[tuple[str, str]] = []

    def measured(pairs: Pairs) -> Mapping[tuple[str, str], float]:
        asked.extend(pairs)
        return {("z2", "a"): 30.0, ("z1", "b"): 0.2}

    answers = [
        answer("construction-subdivision", piece("z1", "OM", 120), piece("z2", "CX", 80)),
        answer("land-use", piece("a", "ODT", 150), piece("b", "DKV", 50)),
    ]
    found = conflicts(answers, parcel_m2=200, least_m2=0.5, common=measured)
    assert found is not None
    assert [(one.construction.code, one.land_use.code, one.area_m2) for one in found] == [("z2", "a", 30)]
    assert ("z2", "a") in asked


def test_agreement_is_told_apart_from_not_examined() -> None:
    zone, area = piece("z", "OM", 200), piece("a", "ODT", 200)
    both = [answer("construction-detailed", zone), answer("land-use", area)]
    assert conflicts(both, parcel_m2=200, least_m2=0.5, common=never) == ()
    for theme in ("construction-detailed", "land-use"):
        bare = [one for one in both if one.theme != theme] + [answer(theme, status="no-data")]
        assert conflicts(bare, parcel_m2=200, least_m2=0.5, common=never) is None
    outside = [answer("construction-detailed", status="not-concerned"), both[1]]
    assert conflicts(outside, parcel_m2=200, least_m2=0.5, common=never) == ()


def test_an_extract_tells_its_conflict_in_square_metres(block: Block) -> None:
    (found,) = extract("p1-12-345").conflicts or ()
    assert (found.construction.use, found.land_use.use, found.area_m2) == ("CX", "ODT", 76)
    assert found.construction.decision == "QĐ 1237"


def test_the_database_measures_what_a_zone_and_an_area_have_in_common(block: Block) -> None:
    plan = make.make_edition("land-use", "qhsdd-2030")
    from planning.models import LandUseArea, Plan

    for model in (Plan, LandUseArea):
        model.objects.filter(edition__dataset__code="qhsdd-2030").update(live=False)
    make.make_plan(plan, make.box(-100, -100, 300, 100), level="land-use")
    make.make_area(plan, 1, "ODT", make.box(-100, -100, 15, 100))
    make.make_area(plan, 2, "RPH", make.box(15, -100, 75, 100))
    compute_missing()
    found = extract("p1-12-345").conflicts or ()
    assert [(one.construction.use, one.land_use.use, one.area_m2) for one in found] == [
        ("CX", "RPH", 50),
        ("CX", "ODT", 26),
    ]


@pytest.mark.parametrize(
    ("detailed", "broader", "room"),
    [
        ("OM", "OM", True),
        ("OM", "HH", True),
        ("TH", "OM", True),
        ("GT", "RPH", True),
        # A road of the broader plan has no room for houses.
        ("OM", "GT", False),
        ("OM", "RPH", False),
        ("QQQ", "OM", None),
        ("OM", "QQQ", None),
    ],
)
def test_a_use_has_room_in_a_broad_zone_that_agrees_with_it_or_holds_it(
    detailed: str, broader: str, room: bool | None
) -> None:
    assert fits(detailed, broader) is room


def test_each_plan_is_held_against_the_next_less_detailed_one_and_the_larger_ground_comes_first() -> None:
    detailed = answer("construction-detailed", piece("d", "CQ", 100), ask="Phường")
    subdivision = answer("construction-subdivision", piece("z1", "OM", 120), piece("z2", "QP", 80), ask="Sở")
    general = answer("construction-general", piece("g", "RPH", 200), ask="Sở")
    detailed = dataclasses.replace(detailed, gap_m2=100)
    asked = {("d", "z1"): 40.0, ("d", "z2"): 60.0}

    def told(*answers: Answer) -> list[tuple[str, str, float, tuple[str, ...]]]:
        found = level_conflicts(answers, parcel_m2=200, least_m2=0.5, common=lambda pairs: {p: asked[p] for p in pairs})
        return [(one.detailed.code, one.broader.code, one.area_m2, one.ask) for one in found]

    assert told(general, subdivision, detailed) == [
        ("d", "z2", 60, ("Phường", "Sở")),
        ("d", "z1", 40, ("Phường", "Sở")),
        ("z1", "g", 120, ("Sở",)),
        ("z2", "g", 80, ("Sở",)),
    ]
    # Without a subdivision plan the detailed one stands against the general one; a full one speaks alone.
    assert told(general, detailed) == [("d", "g", 100, ("Phường", "Sở"))]
    whole = answer("construction-detailed", piece("d", "OM", 200))
    assert told(general, subdivision, whole) == [("d", "z2", 80, ("Sở",))]
    assert told(subdivision) == []


def test_the_database_measures_what_zones_of_two_levels_have_in_common(block: Block) -> None:
    plan = make.make_edition("zones", "qhc-da-lat")
    make.make_plan(plan, make.box(-100, -100, 300, 100), level="general")
    make.make_zone(plan, 1, "RPH", make.box(-100, -100, 15, 100))
    make.make_zone(plan, 2, "OM", make.box(15, -100, 300, 100))
    compute_missing()
    found = extract("p1-12-345").level_conflicts
    assert [(one.detailed.use, one.broader.use, one.area_m2) for one in found] == [
        ("OM", "RPH", 124),
        ("CX", "RPH", 26),
    ]


@given(st.integers(1, 19), st.integers(1, 19))
def test_conflicts_are_never_more_than_the_pieces_that_make_them(across: int, along: int) -> None:
    parcel = shapely.box(0, 0, 20, 20)
    zones = {"z1": shapely.box(0, 0, across, 20), "z2": shapely.box(across, 0, 20, 20)}
    areas = {"a1": shapely.box(0, 0, 20, along), "a2": shapely.box(0, along, 20, 20)}
    answers = [
        answer("construction-detailed", *(piece(code, "CX", shape.area) for code, shape in zones.items())),
        answer("land-use", *(piece(code, "ODT", shape.area) for code, shape in areas.items())),
    ]
    found = conflicts(
        answers,
        parcel_m2=parcel.area,
        least_m2=0.5,
        common=lambda pairs: {(z, a): zones[z].intersection(areas[a]).area for z, a in pairs},
    )
    assert found is not None
    assert sum(one.area_m2 for one in found) == pytest.approx(parcel.area)
