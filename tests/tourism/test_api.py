from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import validate

from portal.accounts.models import User
from tests.tourism.make import MARKET, make_edition, make_place
from tourism import notices
from tourism.api_schema import COLLECTION, FEATURE
from tourism.features import PROPERTIES
from tourism.models import Place

pytestmark = pytest.mark.django_db
CONTRACT = {"code", "slug", "category", "group", "name", "lang", "opening_hours", "open", "address", "phone"} | {
    "website",
    "stars",
    "price",
    "verified_on",
    "source",
    "licence",
    "url",
}


def get(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"/api/v1/places?{query}")
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/geo+json"
    found: dict[str, Any] = response.json()
    return found


def codes(answer: dict[str, Any]) -> list[str]:
    return [feature["properties"]["code"] for feature in answer["features"]]


def test_a_place_carries_what_the_contract_lists(client: Client) -> None:
    place = make_place("atm-1", name="ATM Chợ", opening_hours="24/7", phone="0263 3800 001", address="Chợ Đà Lạt")
    [feature] = get(client)["features"]
    assert feature["id"] == place.pk
    assert feature["geometry"]["coordinates"] == pytest.approx(MARKET, abs=1e-6)
    properties = feature["properties"]
    assert set(properties) >= CONTRACT
    assert properties["open"] is True
    assert properties["website"] is None
    assert properties["source"] == "Sở Du lịch (minh họa)"
    assert client.get(properties["url"]).status_code == 200


def test_paging_survives_a_new_edition(client: Client) -> None:
    old = make_edition()
    for code in "abc":
        make_place(code, edition=old)
    following = get(client, "limit=1")["next"]
    Place.objects.update(live=False)
    new = make_edition(state="checked")
    for code in "abc":
        make_place(code, edition=new)
    assert codes(client.get(following).json()) == ["b"]


def test_english_names_are_shown_and_a_fallback_is_declared(client: Client) -> None:
    make_place("a", name="Hồ Xuân Hương", name_en="Xuan Huong Lake")
    make_place("b", name="Chợ Đà Lạt")
    lake, market = (feature["properties"] for feature in get(client, "lang=en")["features"])
    assert (lake["name"], lake["lang"]) == ("Xuan Huong Lake", "en")
    assert (market["name"], market["lang"]) == ("Chợ Đà Lạt", "vi")
    assert lake["url"] == "/en/places/a"


def test_each_text_declares_its_own_language(client: Client) -> None:
    make_place("a", name_en="Inn", description="Nhà trọ nhỏ.", teaser="Yên tĩnh", teaser_en="Quiet")
    told = client.get("/api/v1/places/a?lang=en").json()["properties"]
    assert (told["lang"], told["description"], told["description_lang"]) == ("en", "Nhà trọ nhỏ.", "vi")
    assert [told["details"][name] for name in ("teaser_lang", "notes_lang")] == ["en", None]


def test_fields_choose_the_properties(client: Client) -> None:
    make_place("a")
    [feature] = get(client, "fields=name,stars")["features"]
    assert set(feature["properties"]) == {"code", "name", "stars"}


@pytest.mark.parametrize(
    ("query", "known"),
    [("places?wheelchair=maybe", "yes, limited"), ("days-out?stops=a&mode=fly", "walk, motorbike, car")],
)
def test_a_word_that_is_no_choice_is_answered_with_the_choices(client: Client, query: str, known: str) -> None:
    assert client.get(f"/api/v1/{query}").json()["title"].endswith(f": {known}.")


def test_filters_work_together(client: Client) -> None:
    make_place("bank", opening_hours="24/7")
    make_place("hotel-4", category="hotel", stars=4, opening_hours="24/7")
    make_place("hotel-2", category="hotel", stars=2)
    assert codes(get(client, "category=hotel&stars=4,5&open_at=now")) == ["hotel-4"]
    assert codes(get(client, "category=lodging&open_at=now&open_at_unknown=include")) == ["hotel-2", "hotel-4"]
    assert codes(get(client, "bbox=108.43,11.94,108.44,11.95&q=hotel")) == ["hotel-2", "hotel-4"]


@pytest.mark.parametrize("moment", ["2026-02-17T12:00:00%2B07:00", "2026-02-17T12:00:00+07:00", "2026-02-17T05:00:00Z"])
def test_open_at_a_moment_knows_tet(client: Client, moment: str) -> None:
    make_place("museum", category="museum", opening_hours="Mo-Su 08:00-17:00; PH off")
    make_place("cafe", category="cafe", opening_hours="Mo-Su,PH 08:00-17:00")
    answer = get(client, f"open_at={moment}")
    assert codes(answer) == ["cafe"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("category=spaceport", "category"),
        ("stars=6", "stars"),
        ("open_at=tomorrow", "open_at"),
        ("open_at=9999-12-31T23:59:59%2B07:00", "open_at"),
        ("open_at_unknown=perhaps", "open_at_unknown"),
        ("fields=owner", "fields"),
        ("limit=5001", "limit"),
        ("polygon=108.4,11.9", "polygon"),
        ("polygon=POINT(108.4 11.9)", "polygon"),
        ("polygon=POLYGON((11.9 108.4,11.9 108.5,12 108.5,11.9 108.4))", "polygon"),
        ("polygon=POLYGON((108.4 11.9,108.5 12,108.5 11.9,108.4 12,108.4 11.9))", "polygon"),
        ("polygon=POLYGON EMPTY", "polygon"),
        ("ward=atlantis", "ward"),
        ("ward=a%00b", "ward"),
        ("updated_since=yesterday", "updated_since"),
        ("updated_since=2026-13-01", "updated_since"),
    ],
)
def test_a_bad_parameter_is_named(client: Client, query: str, name: str) -> None:
    response = client.get(f"/api/v1/places?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "bad-parameter"
    assert response.json()["title"].startswith(f"{name}:")


def test_one_place_is_a_feature(client: Client) -> None:
    make_place("atm-1", name="ATM Chợ", name_en="Market ATM")
    feature = client.get("/api/v1/places/atm-1?lang=en").json()
    assert feature["type"] == "Feature"
    assert feature["properties"]["name"] == "Market ATM"


def test_a_tag_or_several_choose_what_has_one_of_them(client: Client) -> None:
    make_place("inn", category="hotel", tags=["spa", "restaurant"])
    make_place("tea", category="cafe", tags=["garden"])
    make_place("bank")
    assert codes(get(client, "tag=spa")) == ["inn"]
    assert codes(get(client, "tag=spa,garden")) == ["inn", "tea"]
    assert codes(get(client, "tag=garden&category=hotel")) == []
    answer = client.get("/api/v1/places?tag=spaceport,spa", headers={"Accept-Language": "en"}).json()
    assert answer["title"].startswith("tag:")
    assert "spaceport" in answer["title"]
    assert all(tag in answer["title"] for tag in ("garden", "restaurant"))


def strict(schema: Any) -> Any:
    """Return a schema of OpenAPI 3.0 as JSON Schema that knows no property but those described."""
    if not isinstance(schema, dict):
        return schema
    made = {key: strict(value) for key, value in schema.items() if key != "nullable"}
    if "properties" in schema:
        made["properties"] = {name: strict(one) for name, one in schema["properties"].items()}
        made["additionalProperties"] = not schema["properties"]
    return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") is True else made


def test_answers_are_as_the_description_of_the_api_tells(client: Client) -> None:
    lan, now = User.objects.create_user("lan"), timezone.now()
    day = timezone.localdate(now)
    inn = make_place("inn", opening_hours="Mo-Su 08:00-20:00", kitchen_hours="Mo-Su 11:00-20:00", rooms=3)
    notices.correct(inn, text="Mo-Su 09:00-12:00", first=day, last=day, reason_vi="x", by=lan, now=now)
    notices.close(make_place("bar"), first=day, last=day, reason_vi="x", by=lan, now=now)
    for address, schema in (
        ("/api/v1/places/inn", FEATURE),
        ("/api/v1/places/bar", FEATURE),
        (f"/api/v1/places?near={MARKET[0]},{MARKET[1]}&updated_since=2020-01-01", COLLECTION),
        (f"/api/v1/places?fields={','.join(PROPERTIES)}", COLLECTION),
    ):
        validate(client.get(address).json(), strict(schema))
    assert set(FEATURE["properties"]["properties"]["properties"]) == set(PROPERTIES)
    told = client.get("/api/v1/places/inn").json()["properties"]["details"]
    assert set(FEATURE["properties"]["properties"]["properties"]["details"]["properties"]) == set(told)
