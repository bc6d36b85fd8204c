"""The door of the API to the price of a parcel."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client

from planning.models import Parcel, Road, StreetSegment
from planning.shares import compute_missing
from tests.planning import make
from tests.planning.conftest import Block
from tests.planning.prices.doors import DAY, get, page

pytestmark = pytest.mark.usefixtures("priced")


def test_what_the_map_tells_is_proposed_with_why_and_the_rest_is_asked_for(client: Client) -> None:
    found = get(client)
    # The parcel is 20 m along the street and 10 m deep; 4 m lie between it and the street's edge.
    proposed = {"frontage_m": 20, "depth_m": 10, "frontages": 1, "alley_level": 0, "use": "ODT", "area_m2": 200}
    assert found["inputs"].items() >= proposed.items()
    assert {"input": "alley_level", "why": "Phan Đình Phùng is a street with prices of its own."} in found["proposed"]
    assert [one["input"] for one in found["missing"]] == ["height_m"]
    assert found["amount_vnd"] is None


def test_the_answer_is_the_price_with_every_step(client: Client) -> None:
    found = get(client, "height_m=0")
    assert (found["price_vnd_per_m2"], found["amount_vnd"], found["position"]) == (40_000_000, 8_000_000_000, 1)
    assert [step["rule"] for step in found["steps"]] == ["base", "use"]
    first = found["steps"][0]
    assert first["text"] == "Phan Đình Phùng, from Đầu đường to Hùng Vương, position 1"
    assert first["source"]["decision"] == "Nghị quyết 99"
    assert found["table"]["prices_vnd_per_m2"] == [40_000_000, 20_000_000, None, 8_000_000]
    assert found["table"]["odd"] == ["position 3 is not stated"]
    assert found["missing"] == []


def test_what_a_person_gives_goes_before_what_the_map_proposes(client: Client) -> None:
    # 20.000.000 × 70 %
    assert get(client, "height_m=1.5&position=2")["price_vnd_per_m2"] == 14_000_000
    # (20 × 40 + 10 × 24) / 30 = 34,67 million; a comma is a decimal point too.
    assert get(client, "height_m=0,5&depth_m=30,0")["price_vnd_per_m2"] == 34_667_000
    assert get(client, "height_m=0&position=3")["missing"][0]["input"] == "position"


@pytest.fixture
def corner(priced: Block) -> Block:
    """20 m along Phan Đình Phùng and 30 m deep; 30 m along Hùng Vương, which is nearer, and 20 m deep."""
    roads, table = Road.objects.first(), StreetSegment.objects.get(code="2026-1")
    assert roads
    beside = make.line((48, -10), (48, 60))
    make.make_road(roads.edition, "Hùng Vương", beside, width_m=8)
    make.make_segment(
        table.edition, "Hùng Vương", (38_000_000, None, None, 9_000_000), geom=beside, code="2026-2",
        in_force_from=date(2026, 1, 1),
    )  # fmt: skip
    make.make_parcel(priced.straddling.edition, 12, 400, make.box(22, 0, 42, 30))
    return priced


@pytest.mark.usefixtures("corner")
def test_each_way_to_a_corner_parcel_has_its_own_frontage_and_depth(client: Client) -> None:
    found = get(client, "height_m=0", code="p1-12-400")
    assert {name: found["inputs"][name] for name in ("frontages", "frontage_m", "depth_m")} == {
        "frontages": 2,
        "frontage_m": 30,
        "depth_m": 20,
    }
    why = {one["input"]: one["why"] for one in found["proposed"]}
    assert why["depth_m"] == "From the front to the corner farthest from Hùng Vương. Phan Đình Phùng: 30.0 m."
    # Phan Đình Phùng: 40.000.000 × 1,15 × (20 + 10 × 0,6) / 30 = 39.866.667; Hùng Vương: 38.000.000 × 1,15 = 43.700.000
    assert found["steps"][-1]["text"].endswith("(Hùng Vương 43,700,000 đ/m²; Phan Đình Phùng 39,867,000 đ/m²)")
    assert found["price_vnd_per_m2"] == 43_700_000


@pytest.mark.usefixtures("corner")
def test_another_way_that_is_chosen_proposes_its_own_frontage_and_depth(client: Client) -> None:
    found = get(client, "height_m=0&segment=2026-1", code="p1-12-400")
    assert (found["inputs"]["frontage_m"], found["inputs"]["depth_m"]) == (20, 30)
    assert found["price_vnd_per_m2"] == 39_867_000
    why = {one["input"]: one["why"] for one in found["proposed"]}
    assert why["frontage_m"] == "Length of the outline along Phan Đình Phùng."
    # What a person says of the depth is said of the way that was chosen.
    assert get(client, "height_m=0&segment=2026-1&depth_m=20", code="p1-12-400")["price_vnd_per_m2"] == 46_000_000


def test_where_an_alley_is_nearer_the_street_that_prices_has_frontage_and_depth(client: Client, priced: Block) -> None:
    # 30 m along the alley, 4 m away; 12 m along the street, 6 m away.
    make.make_parcel(priced.straddling.edition, 12, 401, make.box(4, -46, 16, -16))
    found = get(client, "height_m=0", code="p1-12-401")
    assert (found["inputs"]["alley_level"], found["inputs"]["frontages"]) == (0, 2)
    assert (found["inputs"]["frontage_m"], found["inputs"]["depth_m"]) == (12, 30)
    why = {one["input"]: one["why"] for one in found["proposed"]}
    assert why["depth_m"] == "From the front to the corner farthest from Phan Đình Phùng."


def test_a_detailed_plan_makes_it_position_1(client: Client, block: Block) -> None:
    detailed = make.make_edition("zones", "qct-01")
    make.make_plan(detailed, make.box(-50, -50, 100, 100), level="detailed")
    make.make_zone(detailed, 1, "OM", make.box(-50, -50, 100, 100))
    compute_missing()
    found = get(client, "height_m=0&alley_level=3&alley_width_m=1&surface=paved")
    assert found["inputs"]["plan_500"] == "yes"
    assert [step["rule"] for step in found["steps"][:2]] == ["base", "plan-500"]
    assert found["price_vnd_per_m2"] == 40_000_000


def test_another_day_has_its_own_table_and_rules(client: Client) -> None:
    response = client.get("/api/v1/parcels/p1-12-345/price?on=2023-05-01&lang=en")
    # 20.000.000 × 1,3 only in a ward the coefficients name.
    assert [step["result"] for step in response.json()["steps"]] == [20_000_000, 20_000_000, 26_000_000]
    before = client.get("/api/v1/parcels/p1-12-345/price?on=2019-05-01&lang=en")
    assert (before.status_code, before.json()["type"]) == (404, "no-price-table")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("depth_m=-3", "depth_m"),
        ("depth_m=NaN", "depth_m"),
        ("depth_m=1e9", "depth_m"),
        ("position=5", "position"),
        ("position=hai", "position"),
        ("frontages=1.5", "frontages"),
        ("house=maybe", "house"),
        ("segment=nowhere", "segment"),
        ("segment=%00", "segment"),
        ("other_segment=nowhere", "other_segment"),
        ("depht_m=3", "depht_m"),
        ("depth_m=1&depth_m=2", "depth_m"),
    ],
)
def test_a_bad_input_is_named(client: Client, query: str, named: str) -> None:
    problem = get(client, query, status=400)
    assert problem["type"] == "bad-parameter"
    assert named in problem["title"]


def test_an_unknown_parcel_is_not_found(client: Client) -> None:
    assert get(client, code="p9-1-1", status=404)["type"] == "unknown-code"


def test_a_combined_land_code_asks_for_the_area_of_the_use(client: Client) -> None:
    found = get(client, "height_m=0&frontages=1&alley_level=0&depth_m=10", code="p1-12-346")
    assert found["inputs"]["use"] == "ODT"
    assert [one["input"] for one in found["missing"]] == ["area_m2"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("296,3", 296.3),
        ("296.3", 296.3),
        ("2.159,6", 2159.6),
        ("2,159.6", 2159.6),
        ("2159.6", 2159.6),
        (" 2 159,60 ", 2159.6),
        ("1.002.159,6", 1002159.6),
        ("2.159.600", 2159600),
        ("2159", 2159),
    ],
)
def test_a_measure_is_read_as_vietnamese_and_english_papers_write_it(client: Client, typed: str, read: float) -> None:
    assert get(client, urlencode({"area_m2": typed}))["inputs"]["area_m2"] == read
    field = client.get(f"/en/parcels/p1-12-345?{DAY}&{urlencode({'area_m2': typed})}").content.decode()
    # A number field of a browser would drop the comma before it is sent.
    [written] = re.findall(r'<input(?! type="hidden")[^>]* name="area_m2"[^>]*>', field)
    assert 'inputmode="decimal"' in written
    assert 'type="text"' in written


@pytest.mark.parametrize(
    ("asked", "vietnamese", "english"),
    [
        ("frontage_m=0", "Hãy ghi một số từ 0,1 trở lên.", "greater than or equal to 0.1."),
        ("area_m2=10000000", "Hãy ghi một số không quá 9.999.999.", "less than or equal to 9,999,999."),
    ],
)
def test_a_limit_is_told_as_the_language_writes_numbers(
    client: Client, asked: str, vietnamese: str, english: str
) -> None:
    assert get(client, asked, status=400)["title"].endswith(english)
    assert vietnamese in page(client, f"/parcels/p1-12-345?{DAY}&{asked}", status=400)


@pytest.mark.parametrize("typed", ["2.159", "2,159"])
def test_a_measure_with_two_readings_is_asked_for(client: Client, typed: str) -> None:
    problem = get(client, urlencode({"area_m2": typed}), status=400)["title"]
    assert f"“{typed}” can be read in two ways. Write 2159, or the number with at most two decimals." in problem
    assert "hiểu theo hai cách" in page(client, f"/parcels/p1-12-345?{DAY}&area_m2={typed}", status=400)


@pytest.mark.parametrize("typed", ["1.2.3", "2.15,9,6", "1,23.456,7", "2.1599,6", "1.2,3", "12a", "--1"])
def test_what_is_no_measure_is_refused(client: Client, typed: str) -> None:
    assert "area_m2" in get(client, urlencode({"area_m2": typed}), status=400)["title"]


def test_a_height_may_lie_below_the_road(client: Client) -> None:
    assert [get(client, urlencode({"height_m": text}))["inputs"]["height_m"] for text in ("-0,5", "−0.5")] == [-0.5] * 2


@pytest.mark.parametrize("typed", ["12000000", "12.000.000", "12,000,000"])
def test_an_amount_has_thousands_and_no_decimals(client: Client, typed: str) -> None:
    found = get(client, urlencode({"adjacent_vnd_per_m2": typed}))
    assert found["inputs"]["adjacent_vnd_per_m2"] == 12_000_000
    get(client, "adjacent_vnd_per_m2=1.2", status=400)


def test_proposed_measures_are_written_as_the_language_writes_them(client: Client) -> None:
    Parcel.objects.filter(code="p1-12-345").update(area_registered_m2=2159.6)
    for path, area in (("", "2159,6"), ("/en", "2159.6")):
        html = client.get(f"{path}/parcels/p1-12-345?{DAY}&correct=1").content.decode()
        assert re.search(rf'name="area_m2"[^>]* value="{area}"', html)
