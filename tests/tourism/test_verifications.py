"""A steward walks the round and records whom she saw; every page knows it, and no delivery takes it back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.calendar import CITY_ZONE
from tests.tourism.make import MARKET, make_edition, make_place
from tiles.models import Edition
from tourism import verifications
from tourism.figures import count_places
from tourism.models import Place, PlaceChange, Verification
from tourism.quality import choose_round, count_gaps

pytestmark = pytest.mark.django_db
ROUND, DOOR = "/en/places/quality", "/en/places/verified"
BACK = f"{DOOR}/withdrawn"


@pytest.fixture
def lan(client: Client) -> User:
    user = User.objects.create_user("lan", password="a long enough one")
    user.groups.add(Group.objects.get(name="Steward"))
    client.force_login(user)
    return user


def today() -> date:
    return timezone.localdate(timezone.now(), CITY_ZONE)


def told(code: str) -> Any:
    return Client().get(f"/api/v1/places/{code}").json()["properties"]["verified_on"]


def make_three() -> None:
    for number in range(3):
        make_place(f"p{number}", (MARKET[0] + number / 2000, MARKET[1]), verified_on=date(2020, 1, 1 + number))


def test_all_of_the_round_are_recorded_by_one_button(client: Client, lan: User) -> None:
    make_three()
    page = client.get(ROUND).content.decode()
    assert "Record the whole round (3) as verified today" in page
    assert 'name="all" value="p0,p1,p2"' in page
    assert client.post(DOOR, {"all": "p0,p1,p2"})["Location"] == ROUND
    assert set(Verification.objects.values_list("place", "day", "by__username")) == {
        (f"p{number}", today(), "lan") for number in range(3)
    }
    after = client.get(ROUND).content.decode()
    assert "3 places are recorded as verified today." in after
    assert "Every place was verified within a year." in after


def test_what_is_recorded_is_shown_everywhere(client: Client, lan: User) -> None:
    make_three()
    assert told("p1") == "2020-01-02"
    client.post(DOOR, {"place": ["p1"], "back": "1"})
    assert told("p1") == f"{today()}"
    assert told("p0") == "2020-01-01"
    assert f'<time datetime="{today()}">' in Client().get("/en/places/p1").content.decode()
    listed = Client().get("/api/v1/places?limit=5").json()["features"]
    assert {one["properties"]["code"]: one["properties"]["verified_on"] for one in listed}["p1"] == f"{today()}"
    assert count_places(now=timezone.now(), language="en").total.verified == 1
    assert {gap.code: gap.count for gap in count_gaps(on=today())}["stale"] == 2
    assert [place.code for place in choose_round(on=today())] == ["p0", "p2"]


def test_the_history_tells_it_and_names_who_only_to_staff(client: Client, lan: User) -> None:
    make_three()
    client.post(DOOR, {"place": ["p1"]})
    public = Client().get("/en/places/p1/history").content.decode()
    assert "Verified by a person" in public
    assert "lan" not in public.split("Verified by a person")[1].split("</li>")[0]
    assert "lan" in client.get("/en/places/p1/history").content.decode()


def test_a_place_is_recorded_from_its_own_page(client: Client, lan: User) -> None:
    make_three()
    assert "Record this place as verified today" in client.get("/en/places/p1").content.decode()
    assert client.post(DOOR, {"place": "p1", "back": "1"})["Location"] == "/en/places/p1"
    again = client.post(DOOR, {"place": "p1", "back": "1"}, follow=True).content.decode()
    assert "recorded as verified today already" in again
    assert Verification.objects.count() == 1


def test_only_those_who_keep_places_may(client: Client) -> None:
    make_three()
    assert "Record this place" not in client.get("/en/places/p1").content.decode()
    client.post(DOOR, {"place": "p1"})
    client.force_login(User.objects.create_user("guest"))
    assert client.post(DOOR, {"place": "p1"}).status_code == 403
    assert not Verification.objects.exists()


def test_what_is_nobodys_to_verify_is_passed_over(client: Client, lan: User) -> None:
    make_place("theirs", source=Place.Source.OSM)
    for sent in ({}, {"place": "theirs"}, {"place": "no-such"}, {"place": "a\0b"}, {"all": ""}):
        assert client.post(DOOR, sent).status_code == 302
    assert not Verification.objects.exists()


def test_a_delivery_undoes_nothing_and_a_later_date_of_it_holds(lan: User) -> None:
    place = make_place("pine", verified_on=today() - timedelta(days=900))
    verifications.verify([place], by=lan, now=timezone.now() - timedelta(days=10))
    Place.objects.filter(pk=place.pk).update(live=False)
    Edition.objects.update(state="retired")
    make_place("pine", edition=make_edition(), verified_on=today() - timedelta(days=800))
    assert told("pine") == f"{today() - timedelta(days=10)}"
    Place.objects.update(verified_on=today() - timedelta(days=1))
    assert told("pine") == f"{today() - timedelta(days=1)}"


def test_a_wrong_tick_is_taken_back_and_what_was_known_before_counts_again(client: Client, lan: User) -> None:
    make_three()
    client.post(DOOR, {"all": "p0,p1"})
    wrong = Verification.objects.get(place="p1")
    page = client.get(ROUND).content.decode()
    assert f'name="verification" value="{wrong.pk}"' in page
    assert "Take back all of today (2)" in page
    after = client.post(BACK, {"verification": wrong.pk}, follow=True).content.decode()
    assert "1 verification is taken back" in after
    assert "Take back all of today (1)" in after
    assert (told("p0"), told("p1")) == (f"{today()}", "2020-01-02")
    assert "02/01/2020" in client.get("/en/places/p1").content.decode()
    assert count_places(now=timezone.now(), language="en").total.verified == 1
    assert [place.code for place in choose_round(on=today())] == ["p1", "p2"]
    again = client.post(BACK, {"all": f"{wrong.pk}"}, follow=True).content.decode()
    assert "taken back already" in again


def test_the_history_keeps_what_was_taken_back_and_the_place_can_be_verified_again(client: Client, lan: User) -> None:
    make_three()
    client.post(DOOR, {"place": "p1"})
    assert "Take back that it was verified" in client.get("/en/places/p1").content.decode()
    wrong = Verification.objects.get()
    assert client.post(BACK, {"verification": wrong.pk, "back": "1"})["Location"] == "/en/places/p1"
    assert "Take back that" not in client.get("/en/places/p1").content.decode()
    client.post(DOOR, {"place": "p1"})
    history = client.get("/en/places/p1/history").content.decode()
    assert history.count("Verified by a person") == 2
    assert history.count(f"Taken back: verified on {today():%d/%m/%Y}") == 1
    wrong.refresh_from_db()
    assert (wrong.by, wrong.withdrawn_by) == (lan, lan)
    for sent in ({}, {"verification": "x"}, {"all": "9" * 40}):
        assert client.post(BACK, sent).status_code == 302
    assert Verification.objects.filter(withdrawn=None).count() == 1


def test_programs_that_keep_a_copy_hear_of_it(lan: User) -> None:
    make_three()
    verifications.verify([Place.objects.get(code="p0")], by=lan, now=timezone.now())
    before = dict(PlaceChange.objects.values_list("code", "digest"))
    verifications.verify([Place.objects.get(code="p1")], by=lan, now=timezone.now())
    changed = {code for code, digest in PlaceChange.objects.values_list("code", "digest") if digest != before[code]}
    assert changed == {"p1"}
    verifications.withdraw([Verification.objects.get(place="p1").pk], by=lan, now=timezone.now())
    assert dict(PlaceChange.objects.values_list("code", "digest")) == before
