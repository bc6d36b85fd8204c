"""Page, map, document, comparison and API name one and the same street or rule for a parcel's price."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from planning.extracts.assemble import assemble, with_history
from planning.lookup import find_parcel
from planning.models import Parcel, StreetSegment
from planning.prices.answer import price_parcel
from planning.prices.inputs import Inputs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
TODAY = date(2026, 11, 29)


def sample(**which: Any) -> list[str]:
    rows = Parcel.objects.current().filter(**which).order_by("pk")
    return list(rows.values_list("code", flat=True)[:: max(1, rows.count() // 25)])


def price_in_json(client: Client, code: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/parcels/{code}.json?on={TODAY}").json()["price"]
    return found


def test_the_extract_names_the_street_by_which_the_price_is_worked_out() -> None:
    told = 0
    for code in sample():
        parcel = find_parcel(code, on=TODAY)
        assert parcel
        priced = price_parcel(parcel, Inputs(), on=TODAY)
        price = assemble(parcel, on=TODAY, created=timezone.now()).price
        assert price
        if priced.valuation.segment:
            assert price.code == priced.valuation.segment.code
            told += 1
        assert price.price_vnd_per_m2 == priced.valuation.price_vnd_per_m2
        assert [one.input for one in price.missing] == [
            {"detailed_plan": "plan_500", "stated_position": "position", "priced_use": "use"}.get(name, name)
            for name in priced.valuation.missing
        ]
    assert told > 5


def test_farm_land_is_priced_by_its_rule_and_no_street_is_named(client: Client) -> None:
    codes = sample(land_use="CLN")
    assert codes
    for code in codes:
        price = price_in_json(client, code)
        assert (price["basis"], price["street"], price["prices_vnd_per_m2"]) == ("area", "", [])
        assert "đ/m²" in price["text"]
        page = client.get(f"/parcels/{code}?on={TODAY}").content.decode()
        assert price["text"] in page
        assert "Tính theo đường" not in page


def test_the_page_and_the_history_name_the_same_street_as_the_json(client: Client) -> None:
    code = next(code for code in sample(land_use="ODT") if price_in_json(client, code)["basis"] == "street")
    price = price_in_json(client, code)
    page = client.get(f"/parcels/{code}?on={TODAY}").content.decode()
    assert f"Tính theo đường {price['street']}, đoạn từ {price['from_street']}" in page
    parcel = find_parcel(code, on=TODAY)
    assert parcel
    history = with_history(assemble(parcel, on=TODAY, created=timezone.now()), parcel, since=None).history
    assert history
    titles = {event.title for event in history.of("price")}
    assert titles == {f"{price['street']} – {price['from_street']} – {price['to_street']}"}


def test_the_map_asks_too_instead_of_naming_position_one(client: Client) -> None:
    for code in sample():
        price = price_in_json(client, code)
        assert (price["price_vnd_per_m2"] is None) == bool(price["missing"])
        assert price["position"] is None or price["price_vnd_per_m2"] is not None


def test_where_no_table_is_in_force_there_is_no_price(client: Client) -> None:
    StreetSegment.objects.update(live=False)
    code = sample(land_use="ODT")[0]
    price = price_in_json(client, code)
    assert price is None or price["basis"] == "open"


def test_the_calculator_offers_farm_land_and_says_when_nothing_was_typed(client: Client) -> None:
    page = client.get("/en/prices/").content.decode()
    assert "?use=CLN" in page
    assert "Type the name of a street" in client.get("/en/prices/?street=").content.decode()
    farm = client.get("/en/prices/?use=CLN").content.decode()
    assert "In which ward does the land lie?" in farm


def test_the_api_says_when_no_table_is_in_force_instead_of_asking(client: Client) -> None:
    code = sample(land_use="ODT")[0]
    answer = client.get(f"/api/v1/parcels/{code}/price?on=2010-01-01&use=ODT&lang=en")
    assert (answer.status_code, answer.json()["type"]) == (404, "no-price-table")
    assert answer.json()["title"] == "No price table is in force on this date."
