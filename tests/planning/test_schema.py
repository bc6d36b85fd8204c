"""The published JSON Schema holds for every answer."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, ValidationError

from planning.models import Parcel
from tests.planning import make
from tests.planning.conftest import Block


def validator(client: Client, name: str = "extract") -> Draft202012Validator:
    response = client.get(f"/api/v1/schemas/{name}.json")
    assert response["Content-Type"] == "application/schema+json"
    schema = response.json()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("on", ["2014-01-01", "2026-03-01", "2031-01-01"])
@pytest.mark.parametrize("code", ["p1-12-345", "p1-12-346", "p2-12-345"])
def test_answers_of_every_kind_keep_the_schema(block: Block, client: Client, code: str, on: str) -> None:
    validator(client).validate(client.get(f"/api/v1/parcels/{code}?on={on}").json())
    validator(client, "extract-geojson").validate(client.get(f"/parcels/{code}.geojson?on={on}").json())


def test_an_odd_parcel_keeps_the_schema(block: Block, client: Client) -> None:
    edition = make.make_edition("parcels", "p3")
    hole = make.box(202, 2, 208, 8)
    make.make_parcel(edition, 1, 1, make.box(200, 0, 210, 10, holes=(hole,)), area_registered_m2=None, land_use="")
    validator(client).validate(client.get("/api/v1/parcels/p3-1-1?lang=en").json())


def test_a_frozen_answer_keeps_the_schema(block: Block, client: Client) -> None:
    from tests.planning.test_frozen import hand_out

    validator(client).validate(client.get(f"/api/v1/extracts/{hand_out().number}").json()["answer"])


def test_every_thirtieth_parcel_of_the_small_city_keeps_the_schema(city: None, client: Client) -> None:
    check = validator(client)
    codes = list(Parcel.objects.current().order_by("code").values_list("code", flat=True))[::30]
    assert len(codes) > 10
    for code in codes:
        check.validate(client.get(f"/api/v1/parcels/{code}").json())


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": None},
        {"on": "1/3/2026"},
        {"created": "yesterday"},
        {"area_measured_m2": -1},
        {"owner": "Nguyễn Văn A"},
        {"answers": [{"theme": "land-use", "status": "maybe"}]},
        {"geometry": {"type": "Point", "coordinates": [108, 11]}},
    ],
)
def test_the_schema_refuses_a_wrong_answer(block: Block, client: Client, wrong: dict[str, Any]) -> None:
    answer = client.get("/api/v1/parcels/p1-12-345", {"on": date(2026, 3, 1).isoformat()}).json()
    with pytest.raises(ValidationError):
        validator(client).validate({**answer, **wrong})


def test_an_unknown_schema_is_named(client: Client) -> None:
    answer = client.get("/api/v1/schemas/x.json")
    assert answer.status_code == 404
    assert "extract-geojson" in answer.json()["title"]
