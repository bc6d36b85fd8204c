"""The door of the API, the section of the parcel's page and the calculator."""

import html
import json
import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from fixtures import tables
from planning.models import FrozenExtract, Parcel, PriceRule, Road, StreetSegment
from planning.pages import extracts
from planning.shares import compute_missing
from tests.planning import make
from tests.planning.conftest import Block
from tests.planning.prices.rule_sets import rule_row

DAY = "on=2026-03-01"


def make_rules(table: str, **dates: date) -> None:
    edition = make.make_edition("prices", f"quy-tac-{table}")
    for number, row in enumerate((row for row in tables.rows("price_rules") if row["table"] == table), start=1):
        values = vars(rule_row(number, row)) | dates
        PriceRule.objects.create(edition=edition, code=f"{table}-{number}", live=True, **values)


@pytest.fixture(autouse=True)
def priced(block: Block) -> Block:
    make_rules("2026", in_force_from=date(2026, 1, 1))
    make_rules("2020", in_force_from=date(2020, 1, 1), in_force_until=date(2025, 12, 31))
    StreetSegment.objects.update(code="2026-1")
    earlier = make.make_edition("prices", "2020")
    make.make_segment(
        earlier,
        "Phan Đình Phùng",
        (20_000_000, 10_000_000, 12_000_000, 4_000_000),
        geom=make.line((-50, -10), (50, -10)),
        from_street="Đầu đường",
        to_street="Hùng Vương",
        decision="Quyết định 88",
        in_force_from=date(2020, 1, 1),
        in_force_until=date(2025, 12, 31),
    )
    Road.objects.filter(name="Phan Đình Phùng").update(width_m=12)
    Road.objects.filter(name__startswith="Hẻm").update(
        width_m=4, alley_level=1, parent_street="Phan Đình Phùng", surface="đất"
    )
    return block


def get(client: Client, query: str = "", code: str = "p1-12-345", status: int = 200) -> Any:
    response = client.get(f"/api/v1/parcels/{code}/price?{DAY}&{query}&lang=en")
    assert response.status_code == status, response.content
    return response.json()


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


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


def test_the_page_shows_steps_questions_and_the_market_note(client: Client) -> None:
    asked = page(client, f"/en/parcels/p1-12-345?{DAY}")
    assert "How many metres does the parcel lie above or below the road?" in asked
    assert "Phan Đình Phùng is a street with prices of its own." in asked
    answered = page(client, f"/en/parcels/p1-12-345?{DAY}&height_m=0")
    assert "40,000,000 đ/m² × 200 m² = 8,000,000,000 đ" in answered
    assert "far below what is asked on the market" in answered
    assert "40.000.000 đ/m²" in page(client, f"/parcels/p1-12-345?{DAY}&height_m=0")


def test_one_tap_says_that_the_parcel_lies_level(client: Client) -> None:
    asking = client.get(f"/en/parcels/p1-12-345?{DAY}").content.decode()
    [query] = re.findall(r'href="([^"]*)#price-section">It lies level', asking)
    answered = client.get(f"/en/parcels/p1-12-345{html.unescape(query)}").content.decode()
    assert "8,000,000,000 đ" in answered
    assert "It lies level" not in answered


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
    [written] = re.findall(r'<input[^>]* name="area_m2"[^>]*>', field)
    assert 'inputmode="decimal"' in written
    assert 'type="text"' in written


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


def test_the_page_names_a_bad_input_and_keeps_it(client: Client) -> None:
    response = client.get(f"/en/parcels/p1-12-345?{DAY}&depth_m=-3")
    assert response.status_code == 400
    assert 'value="-3"' in response.content.decode()


def test_the_history_of_a_segment_is_a_picture_and_a_table(client: Client) -> None:
    html = client.get(f"/en/parcels/p1-12-345?{DAY}").content.decode()
    # Two tables, the earlier one with five coefficients in six years.
    assert html.count('<path class="line"') == 6
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "01/01/2024 – 31/12/2024 × 1.4 28,000,000 14,000,000 16,800,000 5,600,000 Quyết định 88" in text
    assert "times that coefficient, before the other rules" in text
    history = client.get("/api/v1/parcels/p1-12-345?history=1&on=2026-03-01&lang=en").json()["history"]
    earlier = next(one for one in history["in_force"] if one["kind"] == "price")
    assert earlier["prices_vnd_per_m2"][0] == 20_000_000
    assert {"in_force_from": "2024-01-01", "in_force_until": "2024-12-31", "factor": 1.4} in earlier["coefficients"]


def test_farm_land_has_a_price_history_too(client: Client) -> None:
    Parcel.objects.filter(code="p1-12-345").update(land_use="HNK")
    html = client.get(f"/en/parcels/p1-12-345?{DAY}&since=2024-01-01").content.decode()
    assert html.count('<path class="line"') == 6
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "01/01/2024 – 31/12/2024 × 1.4 294,000 Agricultural land, wards" in text
    assert "Land price: Annual crops and other agricultural land, central wards (01/01/2026" in text
    assert "Land prices of this use over time" in text
    # What is odd in the row of the street nearby is no matter of farm land.
    assert "Odd in the decision itself" not in text
    history = client.get(f"/api/v1/parcels/p1-12-345?{DAY}&since=2024-01-01&lang=en").json()
    told = [one["prices_vnd_per_m2"] for one in history["history"]["in_force"] if one["kind"] == "price"]
    assert told == [[210_000], [400_000]]
    assert history["changes"]["prices"] == [{"position": None, "then_vnd_per_m2": 294_000, "now_vnd_per_m2": 400_000}]
    calculator = page(client, f"/en/prices/?{DAY}&use=HNK&ward=xuan-huong-da-lat")
    assert "01/01/2024 – 31/12/2024 × 1.4 294,000" in calculator


def test_what_changed_names_the_amounts_before_and_after(client: Client) -> None:
    def changed(since: str, on: str) -> dict[int, tuple[int | None, int | None]]:
        found = client.get(f"/api/v1/parcels/p1-12-345?on={on}&since={since}").json()["changes"]["prices"]
        return {one["position"]: (one["then_vnd_per_m2"], one["now_vnd_per_m2"]) for one in found}

    assert changed("2024-05-01", "2026-03-01") == {
        1: (28_000_000, 40_000_000),
        2: (14_000_000, 20_000_000),
        3: (16_800_000, None),
        4: (5_600_000, 8_000_000),
    }
    # One and the same table, another coefficient.
    assert changed("2023-05-01", "2024-05-01")[1] == (26_000_000, 28_000_000)
    assert changed("2024-02-01", "2024-05-01") == {}
    text = page(client, f"/en/parcels/p1-12-345?{DAY}&since=2024-05-01")
    assert "1 28,000,000 40,000,000" in text


def test_the_calculator_prices_land_without_a_parcel(client: Client) -> None:
    assert "not stated" in page(client, "/en/prices/?on=2026-03-01&segment=2026-1")
    known = "use=ODT&area_m2=100&ward=xuan-huong-da-lat&plan_500=no&alley_level=1&alley_width_m=5&surface=earth"
    answered = page(client, f"/en/prices/?{DAY}&segment=2026-1&{known}&frontages=1&depth_m=15&height_m=0")
    # 20.000.000 × 70 % (earth alley)
    assert "14,000,000 đ/m² × 100 m² = 1,400,000,000 đ" in answered
    assert "Odd rows of the price table" in answered


def test_the_calculator_offers_streets_alike_and_refuses_bad_input(client: Client) -> None:
    assert "Phan Đình Phùng" in page(client, f"/en/prices/?{DAY}&street=dinh")
    assert "xyz" in page(client, f"/en/prices/?{DAY}&street=xyz")
    for query in ("on=2026-02-30", f"{DAY}&segment=nowhere", f"{DAY}&area_m2=-1", f"{DAY}&segment=%00", "street=%00"):
        assert client.get(f"/prices/?{query}").status_code in (200, 400)
    assert client.get(f"/prices/?{DAY}&segment=nowhere").status_code == 400


def test_odd_rows_of_the_law_are_listed(client: Client) -> None:
    listed = page(client, "/en/prices/?on=2023-01-01")
    assert "position 3 is dearer than the one before" in listed


def test_page_asks_only_what_is_missing_until_the_proposals_are_to_be_corrected(client: Client) -> None:
    def names(query: str = "") -> set[str]:
        section = client.get(f"/en/parcels/p1-12-345?{DAY}{query}").content.decode().split('id="price-section"')[1]
        return set(re.findall(r'<(?:input|select)[^>]* name="(\w+)"', section.split("</section>")[0])) - {"on"}

    assert names() == {"height_m"}
    assert names("&correct=1") >= {"use", "area_m2", "segment", "position", "depth_m", "height_m"}
    assert names("&height_m=0") == names("&correct=1")
    assert "Length of the outline along" in page(client, f"/en/parcels/p1-12-345?{DAY}")


@pytest.mark.parametrize("path", [f"/parcels/p1-12-345?{DAY}&height_m=0", f"/prices/?{DAY}&segment=2026-1"])
def test_pages_hold_no_inline_style_or_script(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert not re.search(r"\sstyle=|\son\w+=\"|<script(?![^>]*(src|nonce))", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_day_without_a_table_has_no_odd_rows_to_deny(client: Client) -> None:
    listed = page(client, "/en/prices/?on=1990-01-01")
    assert "No price table is in force on this date." in listed
    assert "every cell is filled" not in listed


@pytest.mark.parametrize(
    "path",
    ["/en/prices/?on=2099-01-01", "/en/parcels/compare?a=p1-12-345&b=p1-12-346&on=2099-01-01"],
)
def test_a_future_date_is_marked_as_such(client: Client, path: str) -> None:
    assert "This date is in the future" in page(client, path)
    assert "This date is in the future" not in page(client, path.replace("2099", "2026"))


def test_a_price_on_a_future_date_says_so(client: Client) -> None:
    note = client.get("/api/v1/parcels/p1-12-345/price?on=2029-01-01&lang=en").json()["note"]
    assert "This date is in the future" in note


@pytest.fixture
def pages_only(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The press hands back the page it would print."""
    kept: list[str] = []

    class Printer:
        def find(self, _number: str) -> None:
            return None

        def take(self, _number: str, page: str, *, client: str) -> None:
            assert client
            kept.append(page)

        def wait(self, _number: str, _job: None) -> bytes:
            return kept[-1].encode()

    monkeypatch.setattr(extracts, "press", Printer)
    return kept


@pytest.mark.usefixtures("pages_only")
def test_the_document_keeps_the_answers_that_were_given(client: Client) -> None:
    shown = client.get(f"/en/parcels/p1-12-345?{DAY}&height_m=0&area_m2=150,5").content.decode()
    [link] = re.findall(r'href="(/en/parcels/p1-12-345\.pdf[^"]*)"', shown)
    printed = page(client, html.unescape(link))
    for told in ("Area, m²: 150.5", "Height above or below the road, m: 0", "40,000,000 đ/m²", "6,020,000,000 đ"):
        assert told in printed, told
    assert "Not decided here" not in printed
    assert "With the answers that were given" not in page(client, f"/en/parcels/p1-12-345.pdf?{DAY}")
    frozen = FrozenExtract.objects.get(answer__contains="150.5")
    assert FrozenExtract.objects.count() == 2
    assert {"input": "area_m2", "value": "150.5", "text": "Area, m²: 150.5"} in json.loads(frozen.answer)["price"][
        "given"
    ]
    verified = page(client, f"/en/verify/{frozen.number}")
    assert "genuine and still current" in verified
    assert "6,020,000,000 đ" in verified
    StreetSegment.objects.filter(code="2026-1").update(price_1=41_000_000)
    assert "no longer current" in page(client, f"/en/verify/{frozen.number}")


@pytest.mark.usefixtures("pages_only")
@pytest.mark.parametrize(
    "wrong",
    ["height_m=x", "height_m=2.159", "use=PAID", "use=%3Cb%3E", "ward=p9", "segment=nowhere", "other_segment=nowhere"],
)
def test_a_document_prints_no_answer_that_is_wrong_or_of_another_parcel(client: Client, wrong: str) -> None:
    text = page(client, f"/en/parcels/p1-12-345.pdf?{DAY}&{wrong}", status=400)
    assert "An answer about the land price cannot be read" in text
    assert not FrozenExtract.objects.exists()


@pytest.mark.usefixtures("pages_only")
def test_a_row_of_a_street_far_away_is_named_in_the_document(client: Client) -> None:
    table = StreetSegment.objects.get(code="2026-1")
    make.make_segment(
        table.edition, "Trần Phú", (50_000_000, None, None, None), code="2026-9", from_street="A", to_street="B",
        in_force_from=date(2026, 1, 1),
    )  # fmt: skip
    printed = page(client, f"/en/parcels/p1-12-345.pdf?{DAY}&segment=2026-9&alley_level=0&depth_m=10&height_m=0")
    assert "Priced by Trần Phú, from A to B." in printed
    assert "Segment of the street: Trần Phú, from A to B" in printed
    assert "50,000,000 đ/m²" in printed


@pytest.mark.usefixtures("pages_only")
def test_editions_are_named_by_layer_and_title(client: Client) -> None:
    printed = page(client, f"/en/parcels/p1-12-345.pdf?{DAY}")
    assert "Land prices: Tập 2026 (2026)" in printed
    frozen = FrozenExtract.objects.get()
    assert "Land prices: Tập 2026 (2026)" in page(client, f"/en/verify/{frozen.number}")
    assert "Giá đất: Tập 2026 (2026)" in page(client, f"/parcels/p1-12-345.pdf?{DAY}")


def test_a_parcel_at_the_street_has_no_distance_to_its_centre_line(client: Client) -> None:
    told = page(client, f"/en/parcels/p1-12-345?{DAY}")
    assert "Priced by Phan Đình Phùng, from Đầu đường to Hùng Vương. The parcel lies at the street." in told
    assert "m from the parcel" not in told
    Road.objects.filter(name="Phan Đình Phùng").update(width_m=2)
    assert "10 m from the parcel" in page(client, f"/en/parcels/p1-12-345?{DAY}")


def test_of_land_with_several_uses_it_is_said_which_one_is_priced(client: Client) -> None:
    shown = client.get(f"/en/parcels/p1-12-346?{DAY}").content.decode()
    assert "this is the price of one of them: ODT – Urban residential" in shown
    assert "use=CLN#price-section" in shown
    assert "several uses; this is the price" not in page(client, f"/en/parcels/p1-12-345?{DAY}")
