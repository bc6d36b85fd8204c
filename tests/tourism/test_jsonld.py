"""A place in the words of schema.org: only what its type has, and hours that mean what ours mean."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portal.accounts.models import User
from portal.calendar import CITY_ZONE
from tests.tourism.make import make_place
from tourism import jsonld, notices
from tourism.cards import make_cards
from tourism.models import Place

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 9, tzinfo=CITY_ZONE)
SPECIAL = "specialOpeningHoursSpecification"


def described(place: Place) -> dict[str, Any]:
    [card] = make_cards([place], language="en", now=NOW)
    return jsonld.describe_place(card, url="https://example.test/places/x")


def told(described: dict[str, Any], name: str = "openingHoursSpecification") -> list[tuple[str, str, str]]:
    """Return (days, opens, closes) of specifications, days by their first two letters."""
    return [
        (" ".join(day.rsplit("/", 1)[1][:2] for day in one["dayOfWeek"]), one["opens"], one["closes"])
        for one in described.get(name, [])
    ]


def test_a_later_rule_replaces_an_earlier_one_and_two_times_of_a_day_are_both_told() -> None:
    assert told(described(make_place("a", opening_hours="Mo-Tu 07:30-11:30; Mo-Tu 13:30-17:00"))) == [
        ("Mo Tu", "13:30", "17:00")
    ]
    assert told(described(make_place("b", opening_hours="Mo-Tu 07:30-11:30,13:30-24:00; PH off"))) == [
        ("Mo Tu", "07:30", "11:30"),
        ("Mo Tu", "13:30", "00:00"),
        ("Pu", "00:00", "00:00"),
    ]
    assert told(described(make_place("c", opening_hours="Nov-Apr 07:00-18:00"))) == []


def test_closures_and_corrections_are_told_with_their_days() -> None:
    lan = User.objects.create_user("lan")
    place = make_place("a", opening_hours="Mo-Su 08:00-20:00")
    soon = NOW.date() + timedelta(days=9)
    notices.close(place, first=soon, last=soon, reason_vi="Sửa mái", by=lan, now=NOW)
    last = date(2026, 12, 3)
    notices.correct(place, text="Mo-Fr 09:00-12:00", first=NOW.date(), last=last, reason_vi="x", by=lan, now=NOW)
    found = described(place)
    assert told(found) == [("Mo Tu We Th Fr Sa Su", "08:00", "20:00")]
    assert told(found, SPECIAL) == [
        ("Mo Tu We Th Fr", "09:00", "12:00"),
        ("Sa Su", "00:00", "00:00"),
        ("Mo Tu We Th Fr Sa Su", "00:00", "00:00"),
    ]
    days = [(one["validFrom"], one["validThrough"]) for one in found[SPECIAL]]
    assert days == [("2026-12-01", "2026-12-03")] * 2 + [(f"{soon}", f"{soon}")]


def test_usual_hours_are_not_told_beside_other_hours_schema_org_cannot_say() -> None:
    lan = User.objects.create_user("lan")
    place = make_place("a", opening_hours="Mo-Su 08:00-20:00")
    notices.correct(place, text="Su[1] 09:00-12:00", first=NOW.date(), last=None, reason_vi="x", by=lan, now=NOW)
    assert told(described(place)) == []


def test_only_a_business_has_a_price_range_and_it_has_its_currency() -> None:
    prices = {"price": "20.000", "price_from_vnd": 20_000, "price_to_vnd": 30_000}
    assert described(make_place("inn", category="hotel", **prices))["priceRange"] == "20.000–30.000 ₫"
    museum = described(make_place("museum", category="museum", **prices))
    assert "priceRange" not in museum
    assert museum["isAccessibleForFree"] is False
    free = described(make_place("lake", category="lake", price_from_vnd=0, price_to_vnd=0))
    assert free["isAccessibleForFree"] is True
