"""Two parcels side by side, and the page of a ward."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone, translation

from planning.extracts.assemble import assemble
from planning.extracts.comparison import compare
from planning.lookup import find_parcel
from planning.models import Plan, StreetSegment
from planning.shares import compute_missing
from planning.wards import find_ward, plans_on, units_after, units_before, wards_of
from tests.planning import make

pytestmark = pytest.mark.usefixtures("block")
ON = date(2026, 3, 1)


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def lines(a: str, b: str) -> dict:
    first, second = (find_parcel(code, on=ON) for code in (a, b))
    with translation.override("en"):
        extracts = [assemble(parcel, on=ON, created=timezone.now()) for parcel in (first, second)]
        return {(section.title, line.label): line for section in compare(*extracts) for line in section.lines}


def test_each_side_says_what_its_extract_says():
    said = lines("p1-12-345", "p1-12-346")
    uses = said["Subdivision plan: Quy hoạch qpk-01", "Uses on this parcel"]
    assert uses.first == (
        "qpk-01-1: Housing (OM), 124\xa0m², 62\xa0%",
        "qpk-01-2: Public green (CX), 76\xa0m², 38\xa0%",
    )
    assert uses.second == ("does not concern this parcel",)
    built = said["Subdivision plan: Quy hoạch qpk-01", "What may be built"]
    assert built.first == ("OM: at most 60 % built over; at most 4 floors",)
    assert said["Land price", "Priced by"].first == ("Phan Đình Phùng (10 m)",)
    plans = said["Do the plans agree?", "Construction and land-use plan"]
    assert plans.first == ("Subdivision plan: Public green (CX) / Land-use plan: Urban residential (ODT), 76\xa0m²",)
    assert plans.second == ("no conflict found",)
    assert said["Do the plans agree?", "Construction plans of two levels"].first == ("no conflict found",)
    assert said["Land price", "Price, đ/m²"].same
    assert not said["The parcel", "Land code"].same


def test_what_is_missing_is_named_and_never_a_dash(client: Client):
    said = lines("p1-12-345", "p1-12-346")
    plan = "Subdivision plan: Quy hoạch qpk-01"
    for label in ("What may be built", "Decision"):
        assert said[plan, label].second == ("does not concern this parcel",)
    assert said["Detailed plan", "Uses on this parcel"].first == ("no data",)
    assert ("Detailed plan", "Decision") not in said
    assert said["Land-use plan: Quy hoạch qhsdd-2030", "Decision"].first == ("not stated",)
    assert said["The parcel", "Address"].second == ("not stated",)
    assert said["Nearby", "Projects nearby"].first == ("No projects of that year are published.",)
    StreetSegment.objects.update(live=False)
    unpriced = lines("p1-12-345", "p1-12-346")
    assert unpriced["Land price", "Priced by"].first == ("no price table in force",)
    assert all(line.first and line.second for line in unpriced.values())
    assert ">–<" not in client.get("/en/parcels/compare?a=p1-12-345&b=p1-12-346&on=2026-03-01").content.decode()


def test_a_parcel_is_the_same_as_itself():
    itself = lines("p1-12-345", "p1-12-345").values()
    assert all(line.same and not line.difference for line in itself)


PLAN = ("Subdivision plan: Quy hoạch qpk-01", "Uses on this parcel")


def test_zones_that_differ_are_told_in_words(client: Client):
    parcels = make.make_edition("parcels", "p3")
    make.make_parcel(parcels, 12, 347, make.box(5, 20, 15, 40))
    make.make_parcel(parcels, 12, 348, make.box(20, 20, 60, 40))
    compute_missing()
    assert lines("p1-12-345", "p3-12-347")[PLAN].difference == (
        "Housing (OM): 24 m² more on the second, its share is 12 percentage points larger.",
        "Public green (CX): 24 m² less on the second, its share is 12 percentage points smaller.",
    )
    assert lines("p1-12-345", "p3-12-348")[PLAN].difference == (
        "Housing (OM): only on the first parcel.",
        "Public green (CX): 524 m² more on the second, its share is 37 percentage points larger.",
        "without a use in this plan: only on the second parcel.",
    )
    assert lines("p1-12-345", "p1-12-346")[PLAN].difference == (), "one side has nothing to compare"
    english = text(client, "/en/parcels/compare?a=p1-12-345&b=p3-12-347&on=2026-03-01")
    assert "Difference Housing (OM): 24 m² more on the second" in english
    vietnamese = text(client, "/parcels/compare?a=p1-12-345&b=p3-12-347&on=2026-03-01")
    assert "Chênh lệch Đất nhóm nhà ở (OM): thửa thứ hai nhiều hơn 24 m²" in vietnamese


def test_two_plans_of_one_level_are_told_apart():
    other = make.make_edition("zones", "qpk-02")
    make.make_plan(other, make.box(55, 0, 100, 50))
    make.make_zone(other, 1, "YT", make.box(55, 0, 100, 50), name="YT-1")
    compute_missing()
    said = lines("p1-12-345", "p1-12-346")
    one, two = (f"Subdivision plan: Quy hoạch qpk-0{number}" for number in (1, 2))
    assert said[two, "Uses on this parcel"].second == ("YT-1: Health (YT), 200\xa0m², 100\xa0%",)
    assert said[two, "Uses on this parcel"].first == ("does not concern this parcel",)
    assert said[one, "Uses on this parcel"].second == ("does not concern this parcel",)
    assert said[one, "What may be built"].first == ("OM: at most 60 % built over; at most 4 floors",)
    assert said[two, "What may be built"].first == ("does not concern this parcel",)
    assert said[one, "Decision"].second == ("does not concern this parcel",)


def test_a_plan_still_to_be_computed_is_no_data_and_not_no_concern():
    fresh = make.make_edition("parcels", "p3")
    make.make_parcel(fresh, 1, 1, make.box(2, 12, 8, 18))
    assert lines("p1-12-345", "p3-1-1")[PLAN].second == ("no data",)


def test_swapped_sides_swap_every_line():
    there, back = lines("p1-12-345", "p2-12-345"), lines("p2-12-345", "p1-12-345")
    assert {line.label: (line.first, line.second) for line in there.values()} == {
        line.label: (line.second, line.first) for line in back.values()
    }


def test_the_page_shows_both_and_keeps_the_date(client: Client):
    page = client.get("/en/parcels/compare?a=p1-12-345&b=p1-12-346&on=2026-03-01").content.decode()
    assert "What is known of both parcels on 01/03/2026" in page
    assert 'href="/en/parcels/p1-12-346?on=2026-03-01"' in page
    assert "40,000,000" in page


def test_an_ambiguous_number_asks_which_parcel_and_never_guesses(client: Client):
    page = client.get("/en/parcels/compare?a=12/345&b=p1-12-346").content.decode()
    assert "Which one?" in page
    assert "?a=p2-12-345&amp;b=p1-12-346" in page
    assert "<tbody>" not in page


def test_a_number_that_fits_one_parcel_is_that_parcel(client: Client):
    assert "sheet 12, Phường 1" in text(client, "/en/parcels/compare?a=12/346&b=12/345 p2")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("a=p1-12-345", 200),
        ("a=p1-12-345&b=nope", 404),
        ("a=p1-12-345&b=%00", 200),
        ("a=p1-12-345&b=p1-12-346&on=2026-02-30", 400),
    ],
)
def test_what_cannot_be_compared_leaves_the_form_and_a_reason(client: Client, query, status):
    page = client.get(f"/en/parcels/compare?{query}")
    assert page.status_code == status
    assert 'name="b"' in page.content.decode()
    assert ('role="alert"' in page.content.decode()) == (status != 200)


def test_the_parcel_page_leads_to_the_comparison(client: Client):
    page = client.get("/parcels/p1-12-345").content.decode()
    assert 'action="/parcels/compare"' in page
    assert '<input type="hidden" name="a" value="p1-12-345">' in page


def test_a_ward_knows_what_came_before_and_after_it():
    old, new = find_ward("p1"), find_ward("xuan-huong-da-lat")
    assert [unit.code for unit in units_after(old)] == ["xuan-huong-da-lat"]
    assert [unit.code for unit in units_before(new)] == ["p1", "p2"]


def test_a_plan_that_only_touches_a_ward_is_not_its_plan():
    plan = Plan.objects.get(code="qpk-01")
    assert {ward.code for ward in wards_of(plan.geom)} == {"p1", "xuan-huong-da-lat"}
    assert not plans_on(Plan.objects.filter(code="qpk-01"), find_ward("p2").geom).exists()


def test_the_page_of_a_ward_lists_its_plans_and_units(client: Client):
    page = text(client, "/en/wards/p1?on=2026-03-01")
    assert "This unit existed until 30/06/2025." in page
    assert "Quy hoạch qpk-01" in page
    assert "Phường Xuân Hương - Đà Lạt" in page
    assert "0.04 km²" in page
    assert text(client, "/wards/p9", 404)
    assert text(client, "/wards/%00", 404)
