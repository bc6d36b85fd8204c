"""The price in the document."""

import html
import json
import re
from datetime import date

import pytest
from django.test import Client

from planning.models import FrozenExtract, StreetSegment
from planning.pages import extracts
from tests.planning import make
from tests.planning.prices.doors import DAY, page

pytestmark = pytest.mark.usefixtures("priced")


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
