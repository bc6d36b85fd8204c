"""The price on a parcel's page."""

import html
import re

import pytest
from django.test import Client

from planning.models import Parcel, Road
from tests.planning.prices.doors import DAY, get, page

pytestmark = pytest.mark.usefixtures("priced")


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
    assert "this is the price of ODT. Ask for CLN by" in get(client, code="p1-12-346")["note"]
    assert "this is the price" not in get(client)["note"]
    # Asked for as commerce, it still is land of one use.
    assert "several uses; this is the price" not in page(client, f"/en/parcels/p1-12-345?{DAY}&use=TMD")
    assert "this is the price" not in get(client, "use=TMD")["note"]


def test_an_answer_that_cannot_be_read_is_told_also_where_the_rules_do_not_ask_for_it(client: Client) -> None:
    told = page(client, f"/en/parcels/p1-12-345?{DAY}&house=maybe", status=400)
    assert "A house in the same parcel" in told
    assert "maybe is not one of the available choices." in told
