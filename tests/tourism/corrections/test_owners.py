"""The owner of a place tells what nobody else can, by a link that ends."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from tests.tourism.corrections.make import FORM, OWNED, decide, send
from tourism.corrections import changes
from tourism.corrections.models import Correction, OwnerLink
from tourism.models import HoursNotice, Place, Verification

pytestmark = pytest.mark.django_db


def test_an_owners_link_marks_its_proposals_until_it_is_ended(client: Client, steward: Client, inn: Place) -> None:
    page = steward.post("/en/places/inn/owner-links", follow=True).content.decode()
    link = OwnerLink.objects.get()
    path = f"/en/owner/{link.token}"
    assert f"{settings.SITE_URL}{path}" in page
    assert "You use the link of the owner" in client.get(path).content.decode()
    client.post(path, {**FORM, "phone": "0263 999 8888"})
    assert Correction.objects.get().owner == link
    assert "by the owner&#x27;s link" in steward.get("/en/workbench/corrections/").content.decode().replace(
        "'", "&#x27;"
    )
    assert client.get(path[:-1] + ("A" if path[-1] != "A" else "B")).status_code == 404
    steward.post(f"/places/inn/owner-links/{link.pk}/end")
    for answer in (client.get(path), client.post(path, {**FORM, "note": "again"})):
        assert (answer.status_code, "Ask the tourist office for a new one" in answer.content.decode()) == (410, True)
    assert Correction.objects.count() == 1


def test_an_owner_tells_what_is_verified_against_impostors_and_a_reader_cannot(
    client: Client, steward: Client, lan: User, inn: Place
) -> None:
    link = changes.make_link(inn, by=lan, now=timezone.now())
    page = client.get(f"/en/owner/{link.token}").content.decode()
    public = client.get("/en/places/inn/correct").content.decode()
    for field in OWNED:
        assert f'name="{field}"' in page
        assert f'name="{field}"' not in public
    assert "Nothing differs" in send(client, **OWNED).content.decode()
    assert send(client, f"/en/owner/{link.token}", **OWNED).status_code == 302
    kept = Correction.objects.get()
    assert kept.values == OWNED | {"price_from_vnd": "500000"}
    table = steward.get("/en/workbench/corrections/").content.decode()
    assert "<strong>partly</strong>" in table
    assert "<strong>500,000 đ</strong>" in table
    assert "Payments go to" in table


@pytest.mark.parametrize(
    ("field", "written", "says"),
    [
        ("page", "javascript:alert(1)", "is no address of a page"),
        ("email", "inn at example", "valid email"),
        ("price_from_vnd", "-5", "is no whole number"),
        ("rooms", "12.5", "is no whole number"),
        ("rooms", "9999999999999", "is no whole number"),
        ("price_from_vnd", "2.000.000", "The highest price is below the lowest"),
        ("wheelchair", "flying", "Select a valid choice"),
    ],
)
def test_what_an_owner_cannot_mean_is_named(
    client: Client, lan: User, inn: Place, field: str, written: str, says: str
) -> None:
    link = changes.make_link(inn, by=lan, now=timezone.now())
    answer = send(client, f"/en/owner/{link.token}", **OWNED | {field: written})
    assert (answer.status_code, says in answer.content.decode()) == (400, True)
    assert not Correction.objects.exists()


def test_hours_of_an_owner_are_told_as_the_owners(client: Client, steward: Client, lan: User, inn: Place) -> None:
    link = changes.make_link(inn, by=lan, now=timezone.now())
    send(client, f"/en/owner/{link.token}", opening_hours="24/7 off")
    decide(steward, "accept", take="opening_hours")
    assert HoursNotice.objects.get().reason_en == "Told by the owner, confirmed by the tourist office"


def test_an_owner_confirms_that_all_is_right(client: Client, lan: User, inn: Place) -> None:
    path = f"/en/owner/{changes.make_link(inn, by=lan, now=timezone.now()).token}"
    assert "Everything here is right today" in client.get(path).content.decode()
    assert client.post(path, {"confirm": "1"}, headers={"sec-fetch-site": "cross-site"}).status_code == 400
    assert not Verification.objects.exists()
    answer = client.post(path, {"confirm": "1"})
    assert (answer["Location"], len(answer.cookies)) == ("/en/places/inn", 0)
    assert list(Verification.objects.values_list("place", "owner", "by__username")) == [("inn", True, "lan")]
    history = client.get("/en/places/inn/history").content.decode()
    assert "Confirmed to be right" in history
    assert "The owner" in history
    # A reader has no such button, and pressing it does nothing.
    assert send(client, confirm="1").status_code == 400
    assert Verification.objects.count() == 1


def test_an_owners_link_expires(client: Client, lan: User, inn: Place) -> None:
    year = timedelta(days=changes.LINK_DAYS)
    now = timezone.now()
    link = changes.make_link(inn, by=lan, now=now - year)
    assert (link.holds(now), link.holds(now - timedelta(seconds=1))) == (False, True)
    assert client.get(f"/owner/{link.token}").status_code == 410
