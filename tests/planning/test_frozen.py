"""Frozen extracts: their numbers, their hash, and whether they still are what the portal says."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from planning.extracts.assemble import assemble
from planning.extracts.changes import changes, same
from planning.extracts.frozen import freeze, said
from planning.extracts.numbers import SIGNS, new_number, parse_number
from planning.lookup import find_parcel
from planning.models import FrozenExtract, Parcel, StreetSegment, Zone
from planning.shares import compute_missing
from tests.planning import make
from tests.planning.conftest import Block

ON = date(2026, 3, 1)


def hand_out(code: str = "p1-12-345", on: date = ON) -> FrozenExtract:
    found = find_parcel(code, on=on)
    assert found is not None
    with translation.override("en"):
        return freeze(assemble(found, on=on, created=timezone.now()), language="en", now=timezone.now())


def test_a_number_is_read_however_it_was_typed() -> None:
    number = new_number(2026)
    typed = f"  {number.lower().replace('-', ' ')} "
    assert parse_number(typed) == parse_number(number) == number


@given(st.integers(2000, 2999), st.integers(0, 10), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_noticed(year: int, at: int, sign: str) -> None:
    plain = new_number(year).replace("-", "").removeprefix("DL")
    wrong = plain[:at] + sign + plain[at + 1 :]
    assert (parse_number(wrong) is None) == (wrong != plain)


@given(st.integers(2000, 2999), st.integers(0, 8))
def test_two_swapped_neighbours_are_always_noticed(year: int, at: int) -> None:
    plain = new_number(year).replace("-", "").removeprefix("DL")
    wrong = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
    assert (parse_number(wrong) is None) == (wrong != plain)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_number(text: str) -> None:
    assert parse_number(text) is None or parse_number(text) == parse_number(str(parse_number(text)))


def test_the_same_answer_keeps_its_number_and_another_gets_its_own(block: Block) -> None:
    first = hand_out()
    assert hand_out() == first
    assert hand_out(on=date(2026, 3, 2)).number != first.number
    make.make_edition("projects", "city")
    StreetSegment.objects.update(price_1=41_000_000)
    assert hand_out().number != first.number


def test_the_hash_is_of_the_answer_without_moment_and_address(block: Block) -> None:
    frozen = hand_out()
    body = Client().get(f"/api/v1/extracts/{frozen.number}").json()
    answer = {name: value for name, value in body["answer"].items() if name not in ("created", "verify_url")}
    text = json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == body["sha256"] == frozen.sha256
    assert body["answer"]["verify_url"].endswith(f"/en/verify/{frozen.number}")
    assert "owner" not in text


def test_an_unchanged_answer_is_current(block: Block, client: Client) -> None:
    frozen = hand_out()
    body = client.get(f"/api/v1/extracts/{frozen.number.lower()}").json()
    assert (body["state"], body["changes"]) == ("current", [])
    page = client.get(f"/en/verify/{frozen.number}").content.decode()
    assert "genuine and still current" in page
    assert frozen.sha256 in page


def test_a_changed_use_and_price_are_told_in_words(block: Block, client: Client) -> None:
    frozen = hand_out()
    plan = make.make_edition("zones", "qpk-01")
    Zone.objects.filter(live=True).update(live=False)
    from planning.models import Plan

    Plan.objects.filter(code="qpk-01").update(live=False)
    make.make_plan(plan, make.box(0, 0, 50, 50), decision="QĐ 1237", in_force_from=date(2015, 6, 8))
    make.make_zone(plan, 1, "OM", make.box(0, 0, 5, 50))
    make.make_zone(plan, 2, "CX", make.box(5, 0, 50, 50))
    StreetSegment.objects.update(price_1=41_000_000)
    compute_missing()
    body = client.get(f"/api/v1/extracts/{frozen.number}?lang=en").json()
    assert body["state"] == "changed"
    told = {change["about"]: (change["then"], change["now"]) for change in body["changes"]}
    assert told["Quy hoạch qpk-01"] == (
        "Housing (OM) 124.0 m²; Public green (CX) 76.0 m²; QĐ 1237",
        "Public green (CX) 150.0 m²; Housing (OM) 50.0 m²; QĐ 1237",
    )
    assert "40,000,000" in told["Land price"][0]
    assert "41,000,000" in told["Land price"][1]
    assert told.keys() - {"Quy hoạch qpk-01", "Land price"} == {"What may be built", "Conflicts between plans"}
    assert [change["about"] for change in body["new_editions"]] == ["qpk-01"]
    page = client.get(f"/en/verify/{frozen.number}").content.decode()
    assert "no longer current" in page
    assert "Public green (CX) 150.0 m²" in page


def test_data_published_anew_with_the_same_content_leave_it_current(block: Block, client: Client) -> None:
    frozen = hand_out()
    edition = make.make_edition("prices", "2026")
    StreetSegment.objects.update(edition=edition)
    body = client.get(f"/api/v1/extracts/{frozen.number}?lang=en").json()
    assert body["state"] == "current"
    assert [change["about"] for change in body["new_editions"]] == ["2026"]


def test_a_parcel_that_is_gone_leaves_its_extract_genuine(block: Block, client: Client) -> None:
    frozen = hand_out()
    Parcel.objects.filter(code="p1-12-345").update(live=False)
    assert client.get(f"/api/v1/extracts/{frozen.number}").json()["state"] == "gone"
    page = client.get(f"/en/verify/{frozen.number}")
    assert page.status_code == 200
    assert "no longer published" in page.content.decode()


def test_what_the_portal_has_learnt_to_say_since_is_no_change(block: Block) -> None:
    found = find_parcel("p1-12-345", on=ON)
    assert found is not None
    now = said(assemble(found, on=ON, created=timezone.now()))
    then: dict[str, Any] = json.loads(json.dumps(now))
    del then["history"]
    for answer in then["answers"]:
        del answer["documents"]
    assert changes(then, now) == changes(now, then) == []
    assert same(then, now)
    assert same(now, then)


def keep_as(frozen: FrozenExtract, form: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """Keep the answer as another release would have, and verify it."""
    answer = json.loads(frozen.answer)
    form(answer)
    FrozenExtract.objects.update(answer=json.dumps(answer))
    return Client().get(f"/api/v1/extracts/{frozen.number}?lang=en").json()


def without_lands_and_prices(answer: dict[str, Any]) -> None:
    """As before the portal told restrictions, what may be built, and how a price is decided."""
    for name in ("restrictions", "building", "other_plans", "area_difference", "on_note", "sliver_m2"):
        del answer[name]
    for name in ("basis", "text", "position", "price_vnd_per_m2", "missing"):
        del answer["price"][name]


def without_price(answer: dict[str, Any]) -> None:
    del answer["price"]


def with_fewer_themes(answer: dict[str, Any]) -> None:
    """As before the portal knew detailed plans, corridors and heights."""
    answer["answers"] = [one for one in answer["answers"] if one["theme"] != "construction-detailed"]
    answer["restrictions"] = [one for one in answer["restrictions"] if one["theme"] != "corridor"]
    for zone in answer["building"]:
        zone["rules"] = [rule for rule in zone["rules"] if rule["kind"] != "height"]
        assert zone["rules"]


def with_names_no_longer_said(answer: dict[str, Any]) -> None:
    answer["risk"] = "low"
    answer["ward"]["district"] = "Đà Lạt"
    answer["answers"][0]["remark"] = "x"
    answer["answers"].append({**answer["answers"][0], "theme": "flood", "status": "no-data", "plan": None})
    answer["building"][0]["rules"].append({"kind": "shade", "limit": 1, "amount_m2": None, "text": "x"})


def worded_otherwise(answer: dict[str, Any]) -> None:
    for one in (*answer["restrictions"], *answer["building"][0]["rules"], *answer["answers"][1]["zones"]):
        one.update({name: "otherwise" for name in ("text", "colour", "hatch", "url") if name in one})


@pytest.mark.parametrize(
    "form",
    [without_lands_and_prices, without_price, with_fewer_themes, with_names_no_longer_said, worded_otherwise],
)
def test_an_answer_of_another_release_is_current_as_long_as_its_facts_are(block: Block, form: Any) -> None:
    frozen = hand_out()
    body = keep_as(frozen, form)
    assert (body["changes"], body["state"]) == ([], "current")
    StreetSegment.objects.update(price_1=41_000_000)
    Zone.objects.update(floors_max=9)
    body = Client().get(f"/api/v1/extracts/{frozen.number}?lang=en").json()
    assert body["state"] == "changed"
    told = {change["about"] for change in body["changes"]}
    assert "Quy hoạch qpk-01" in told
    assert ("Land price" in told) == (form is not without_price)


def test_a_restriction_the_kept_answer_could_not_name_is_told_when_it_concerns(block: Block) -> None:
    def concerned(answer: dict[str, Any]) -> None:
        for one in answer["restrictions"]:
            one["status"] = "concerned" if one["theme"] == "corridor" else one["status"]

    frozen = hand_out()
    kept = json.loads(frozen.answer)
    today = json.loads(frozen.answer)
    kept["restrictions"] = [one for one in kept["restrictions"] if one["theme"] != "corridor"]
    assert changes(kept, today) == []
    concerned(today)
    assert len(changes(kept, today)) == 1


def test_a_date_that_was_in_the_future_then_is_no_change(block: Block) -> None:
    found = find_parcel("p1-12-345", on=ON)
    assert found is not None
    earlier = datetime.combine(ON - timedelta(days=30), time(8), UTC)
    with translation.override("en"):
        frozen = freeze(assemble(found, on=ON, created=earlier), language="en", now=earlier)
    assert "This date is in the future" in frozen.answer
    assert Client().get(f"/api/v1/extracts/{frozen.number}").json()["state"] == "current"


def test_an_edition_the_kept_answer_did_not_name_is_new_only_when_it_was_published_since(block: Block) -> None:
    def without_wards(answer: dict[str, Any]) -> None:
        answer["editions"] = [one for one in answer["editions"] if not one["dataset"].startswith("wards")]

    frozen = hand_out()
    assert keep_as(frozen, without_wards)["new_editions"] == []
    FrozenExtract.objects.update(created=make.BEGAN - timedelta(days=1))
    body = Client().get(f"/api/v1/extracts/{frozen.number}?lang=en").json()
    assert [change["about"] for change in body["new_editions"]] == ["wards/city"]


def test_numbers_that_are_none_are_named(block: Block, client: Client) -> None:
    assert client.get("/api/v1/extracts/DL-2026-AAAAAA-A").json()["type"] == "unknown-code"
    assert client.get("/verify/DL-2026-AAAAAA-A").status_code == 404
    assert client.get("/verify/?number=%00x").status_code == 400
    answer = client.get("/en/verify/", {"number": "hello"})
    assert answer.status_code == 400
    assert "“hello” is not a number" in answer.content.decode()
    assert "stands beside the QR code" in answer.content.decode()
    number = hand_out().number
    found = client.get("/verify/", {"number": number.lower()})
    assert (found.status_code, found["Location"]) == (302, f"/verify/{number}")


@pytest.mark.parametrize("query", ["?x=1", "?lang=de"])
def test_the_api_refuses_what_it_does_not_know(block: Block, client: Client, query: str) -> None:
    assert client.get(f"/api/v1/extracts/{hand_out().number}{query}").status_code == 400
