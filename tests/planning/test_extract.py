"""The extract: what one parcel's answer says on a date."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from planning.extracts.answers import Answer, percents
from planning.extracts.assemble import assemble
from planning.extracts.extract import Extract
from planning.extracts.render import render_geojson, render_json
from planning.extracts.summary import find_leading
from planning.lookup import find_parcel
from planning.models import Parcel, Plan, PriceRule, Share, SharesOf, Ward
from planning.shares import compute_missing
from tests.planning import make
from tests.planning.conftest import Block
from tiles import revisions
from tiles.models import Dataset
from tourism.models import Place

TODAY = date(2026, 3, 1)


def extract(code: str, on: date = TODAY) -> Extract:
    parcel = find_parcel(code, on=on)
    assert parcel is not None
    with translation.override("en"):
        return assemble(parcel, on=on, created=timezone.now())


def answer(found: Extract, theme: str) -> Answer:
    (only,) = [one for one in found.answers if one.theme == theme]
    return only


def test_a_straddling_parcel_lists_both_zones_with_shares(block: Block) -> None:
    plan = answer(extract("p1-12-345"), "construction-subdivision")
    assert plan.status == "concerned"
    assert plan.decision == "QĐ 1237"
    assert [(zone.use, zone.use_name, zone.area_m2, zone.share) for zone in plan.zones] == [
        ("OM", "Housing", 124, 0.62),
        ("CX", "Public green", 76, 0.38),
    ]
    assert (plan.gap_m2, plan.overlap_m2, plan.slivers_m2) == (0, 0, 0)


def test_the_summary_is_one_sentence_of_the_most_detailed_plan(block: Block) -> None:
    assert extract("p1-12-345").summary == "On this parcel: 62 % Housing (OM), 38 % Public green (CX)."


def test_of_plans_of_one_level_each_is_told_by_name_and_the_one_that_draws_most_leads(block: Block) -> None:
    small = make.make_edition("zones", "qpk-00")
    make.make_plan(small, make.box(0, 0, 50, 50), title="Phân khu nhỏ", office="Thủ tướng Chính phủ")
    make.make_zone(small, 1, "OM", make.box(0, 0, 1, 10))
    compute_missing()
    found = extract("p1-12-345")
    assert found.summary == (
        "By the plan “Quy hoạch qpk-01”: 62 % Housing (OM), 38 % Public green (CX). "
        "By the plan “Phân khu nhỏ”: 5 % Housing (OM), 95 % without a use in this plan. "
        "They draw the same ground; which one holds there, ask: Department of Construction of Lâm Đồng province."
    )
    leading = find_leading(found.answers)
    assert leading is not None
    assert leading.plan is not None
    assert leading.plan.code == "qpk-01"


def test_where_the_most_detailed_plan_leaves_much_undrawn_the_next_one_is_told_too(block: Block) -> None:
    detailed = make.make_edition("zones", "qct-01")
    make.make_plan(detailed, make.box(-10, -10, 50, 50), title="Chi tiết", level="detailed")
    make.make_zone(detailed, 1, "YT", make.box(0, 0, 8, 50))
    compute_missing()
    found = extract("p1-12-345")
    assert found.summary == (
        "By the plan “Chi tiết”: 40 % Health (YT), 60 % without a use in this plan. "
        "By the plan “Quy hoạch qpk-01”: 62 % Housing (OM), 38 % Public green (CX)."
    )
    drawn = find_leading(found.answers)
    assert drawn is not None
    assert drawn.theme == "construction-subdivision", "the picture would leave most of the parcel white"
    make.make_zone(detailed, 2, "OM", make.box(8, 0, 50, 50))
    Share.objects.all().delete()
    SharesOf.objects.all().delete()
    compute_missing()
    assert extract("p1-12-345").summary == "On this parcel: 60 % Housing (OM), 40 % Health (YT)."


def test_a_theme_without_a_plan_here_and_a_theme_without_any_plan_are_told_apart(block: Block) -> None:
    found = extract("p1-12-346")
    assert answer(found, "construction-subdivision").status == "not-concerned"
    assert answer(found, "construction-detailed").status == "no-data"
    assert answer(found, "land-use").zones[0].share == 0.75
    assert answer(found, "land-use").gap_m2 == 50
    assert found.summary == "On this parcel: 75 % Urban residential (ODT), 25 % without a use in this plan."


def test_a_plan_whose_shares_are_not_computed_yet_is_no_data(block: Block) -> None:
    plan = Plan.objects.get(code="qpk-01").edition
    Share.objects.filter(plan_edition_id=plan.pk).delete()
    SharesOf.objects.filter(plan_edition=plan).delete()
    assert answer(extract("p1-12-345"), "construction-subdivision").status == "no-data"


def test_plans_prices_and_ward_names_are_those_of_the_date(block: Block) -> None:
    before, after = extract("p1-12-345", date(2014, 1, 1)), extract("p1-12-345", date(2031, 1, 1))
    assert answer(before, "construction-subdivision").status == "no-data"
    assert answer(before, "land-use").status == "concerned"
    assert answer(after, "land-use").status == "no-data"
    assert before.price is None
    assert before.ward.name == "Phường 1"
    assert after.ward.name == "Phường Xuân Hương - Đà Lạt"
    assert after.ward.cadastral_name == "Phường 1"


def test_the_nearest_segment_gives_its_prices_by_position(block: Block) -> None:
    price = extract("p1-12-345").price
    assert price is not None
    assert (price.street, price.prices_vnd_per_m2) == ("Phan Đình Phùng", (40_000_000, 20_000_000, None, 8_000_000))
    assert price.distance_m == 10
    assert (price.table, price.decision) == ("2026", "Nghị quyết 99")


@pytest.mark.usefixtures("city")
def test_places_near_are_named_in_the_language_of_the_answer(client: Client) -> None:
    english = dict(Place.objects.live().exclude(name_en="").values_list("code", "name_en"))
    for code in Parcel.objects.current().order_by("pk").values_list("code", flat=True)[::40]:
        said = {
            language: {one["code"]: one["title"] for one in near["places_near"]}
            for language in ("vi", "en")
            if (near := client.get(f"/api/v1/parcels/{code}?lang={language}").json())
        }
        if known := [place for place in said["vi"] if place in english]:
            assert said["en"][known[0]] == english[known[0]] != said["vi"][known[0]]
            return
    raise AssertionError("no parcel of the sample has a place near")


def test_combined_land_codes_are_named(block: Block) -> None:
    assert extract("p1-12-346").land_use_name == "Urban residential + Perennial crops"


def test_the_editions_used_are_named(block: Block) -> None:
    assert [edition.dataset for edition in extract("p1-12-345").editions] == [
        "p1",
        "qpk-01",
        "qhsdd-2030",
        "2026",
        "wards/city",
    ]


def test_retired_editions_answer_nothing(block: Block) -> None:
    from planning.models import Zone
    from planning.models.plans import Plan

    Plan.objects.filter(code="qpk-01").update(live=False)
    Zone.objects.filter(edition__dataset__code="qpk-01").update(live=False)
    assert answer(extract("p1-12-345"), "construction-subdivision").status == "no-data"


def test_an_extract_takes_four_statements_once_a_connection_knows_them(
    block: Block, django_assert_num_queries: Any
) -> None:
    revisions.grow("wards", by=None, reason="test", now=timezone.now())
    extract("p1-12-345")
    with django_assert_num_queries(4):
        extract("p1-12-345")


def test_a_published_edition_is_named_at_once_though_the_live_ones_are_kept(block: Block) -> None:
    for layer, code in (("wards", "city"), ("prices", "quy-tac-2027")):
        edition = make.make_edition(layer, code)
        if layer == "wards":
            Ward.objects.filter(edition__dataset=edition.dataset).update(edition=edition)
        else:
            rule = {"kind": "cap", "order": 5, "percent": 90, "text_vi": "x"}
            PriceRule.objects.create(edition=edition, code="1", live=True, row=1, **rule)
        revisions.grow(layer, by=None, reason="test", now=timezone.now())
        assert edition.pk in {used.edition for used in extract("p1-12-345").editions}


def test_json_and_geojson_hold_the_same(block: Block) -> None:
    found = extract("p1-12-345")
    values, feature = render_json(found), render_geojson(found)
    assert feature["geometry"] == values["geometry"]
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["properties"]["answers"] == values["answers"]
    assert set(values) >= {
        *("code", "ward", "sheet", "number", "area_registered_m2", "area_measured_m2", "geometry", "on", "created"),
        *("editions", "answers", "conflicts", "price", "projects_near", "places_near", "history", "disclaimer"),
        "verify_url",
    }


def test_projects_near_are_sorted_by_distance(block: Block) -> None:
    from planning.models import Project

    edition = make.make_edition("projects", "city")
    for code, x in (("far", 2000), ("near", 40), ("nearest", 30)):
        Project.objects.create(
            edition=edition,
            code=code,
            live=True,
            name=f"Dự án {code}",
            kind="apartments",
            geom=make.box(x, 0, x + 5, 5),
        )
    found = extract("p1-12-345").projects_near
    assert [(project.title, project.distance_m) for project in found] == [("Dự án nearest", 10), ("Dự án near", 20)]


@pytest.mark.parametrize(
    ("shares", "expected"),
    [([1 / 3] * 3, [34, 33, 33]), ([0.999, 0.001], [100, 0]), ([0.62, 0.38], [62, 38]), ([], [])],
)
def test_percents_add_up(shares: list[float], expected: list[int]) -> None:
    assert percents(shares) == expected


def test_no_data_is_not_told_as_no_plan(block: Block) -> None:
    Share.objects.all().delete()
    SharesOf.objects.all().delete()
    assert extract("p1-12-345").summary.startswith("No plan of this date is published")


def test_a_plan_has_its_english_title_where_there_is_one(block: Block, client: Client) -> None:
    Dataset.objects.filter(code="qpk-01").update(title_en="Subdivision plan 1")
    plan = answer(extract("p1-12-345"), "construction-subdivision").plan
    assert plan is not None
    assert plan.title == "Subdivision plan 1"
    vietnamese = client.get("/api/v1/parcels/p1-12-345?on=2026-03-01").json()
    assert "Quy hoạch qpk-01" in str(vietnamese)
    assert "Subdivision plan 1" in client.get("/en/plans/qpk-01").content.decode()
