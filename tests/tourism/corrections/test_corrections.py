"""A reader says what is wrong, a steward decides, and both see what became of it."""

from collections.abc import Callable
from typing import Any
from unicodedata import normalize

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.calendar import CITY_ZONE
from tests.tourism.corrections.make import FORM, OWNED, decide, send
from tests.tourism.make import make_place
from tests.tourism.matching.test_queue import PINE, ROSE, publish, release, row, staff  # noqa: F401
from tiles.difference import difference
from tiles.models import Edition
from tourism.corrections import changes, limits
from tourism.corrections.models import Correction, OwnerLink
from tourism.models import HoursNotice, Place, PlaceText

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("inn")
def test_a_reader_sends_without_account_or_cookie_and_follows_by_a_code(client: Client) -> None:
    assert 'href="/en/places/inn/correct"' in client.get("/en/places/inn").content.decode()
    form = client.get("/en/places/inn/correct")
    assert 'value="0263 382 2663"' in form.content.decode()
    answer = send(client, phone="0263 999 8888", note="SECRET name of the owner", source="sign at the door")
    kept = Correction.objects.get()
    assert (kept.values, kept.was) == ({"phone": "0263 999 8888"}, {"phone": "0263 382 2663"})
    assert answer["Location"] == f"/en/corrections/{kept.code}"
    followed = client.get(answer["Location"])
    assert "to be looked at" in followed.content.decode()
    # Nobody has looked at what was written yet: it is shown to nobody but stewards.
    assert "SECRET" not in followed.content.decode()
    assert "9998888" not in followed.content.decode().replace(" ", "")
    assert not form.cookies
    assert not answer.cookies
    assert client.get("/en/corrections/ABCDEFGHJK").status_code == 404
    assert "0263 382 2663" in client.get("/en/places/inn").content.decode()


@pytest.mark.usefixtures("inn")
@pytest.mark.parametrize(
    ("field", "written", "says"),
    [
        ("phone", "call me", "“call me” is no telephone number"),
        ("phone", "0263 382 2663, 12", "“12” is no telephone number"),
        ("opening_hours", "Mo-Fr 8 to 17 hours", "cannot be read from letter"),
        ("opening_hours", "", "Write the hours that hold"),
        ("website", "javascript:alert(1)", "is no address of a page"),
        ("name", "", "A place needs a name"),
        ("name", "\u200b", "A place needs a name"),
        ("name", "\u202e\u2066 \u00ad\ufeff", "A place needs a name"),
    ],
)
def test_what_cannot_be_is_named_beside_its_field_and_what_was_typed_stays(
    client: Client, field: str, written: str, says: str
) -> None:
    answer = send(client, **{field: written, "note": "and the door is green"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    assert f'id="id_{field}_error"' in page
    assert "and the door is green" in page
    assert not Correction.objects.exists()


@pytest.mark.usefixtures("inn")
def test_what_nobody_sees_or_what_turns_the_text_is_not_kept(client: Client) -> None:
    send(client, name="\u202exe.lruc \u2066Thông\u200b Xanh", note="a\u202eb\x07c", source="\u2067sign")
    kept = Correction.objects.get()
    assert (kept.values, kept.note, kept.source) == ({"name": "xe.lruc Thông Xanh"}, "abc", "sign")
    assert "Nothing differs" in send(client, name="Pine\u200d Inn").content.decode()


@pytest.mark.usefixtures("inn")
def test_vietnamese_typed_with_combining_marks_is_kept_composed(client: Client) -> None:
    send(client, name=normalize("NFD", "Quán Ngữ Nghĩa"))
    assert Correction.objects.get().values == {"name": "Quán Ngữ Nghĩa"}


@pytest.mark.usefixtures("inn")
def test_nothing_new_robots_and_other_sites_are_turned_back(client: Client) -> None:
    assert "Nothing differs" in send(client).content.decode()
    assert "once more" in send(client, note="x", company="Robot Ltd").content.decode()
    assert (
        client.post("/places/inn/correct", {**FORM, "note": "x"}, headers={"sec-fetch-site": "cross-site"}).status_code
        == 400
    )
    assert not Correction.objects.exists()


@pytest.mark.usefixtures("inn")
def test_the_same_twice_is_one_and_one_sender_has_a_limit(client: Client) -> None:
    first, second = (send(client, note="wrong door")["Location"] for _time in range(2))
    assert first == second
    for number in range(limits.PER_HOUR - 2):
        assert send(client, note=f"{number}").status_code == 302
    refused = send(client, note="one more")
    assert (refused.status_code, "Too many requests" in refused.content.decode()) == (429, True)
    assert int(refused["Retry-After"]) <= 3601


@pytest.mark.usefixtures("inn")
def test_accepted_hours_hold_at_once_and_undo_brings_the_old_ones_back(client: Client, steward: Client) -> None:
    followed = send(client, opening_hours="24/7 off", phone="0263 999 8888")["Location"]
    page = steward.get("/en/workbench/corrections/").content.decode()
    assert '<td lang="vi">24/7</td><td lang="vi"><strong>24/7 off</strong></td>' in page
    decide(steward, "accept", take="opening_hours")
    notice = HoursNotice.objects.get()
    assert (notice.text, notice.instead_of, notice.ended) == ("24/7 off", "24/7", None)
    assert notice.reason_en == "Proposed by a reader, confirmed by the tourist office"
    assert notice.reason_vi != notice.reason_en
    assert client.get("/api/v1/places/inn").json()["properties"]["open"] is False
    told = client.get(followed).content.decode()
    assert "<dt>Opening hours</dt>\n    <dd>accepted, and published</dd>" in told
    assert "<dt>Telephone</dt>\n    <dd>not accepted</dd>" in told
    assert "has decided on this proposal already" in decide(steward, "accept", take="phone")
    decide(steward, "undo")
    assert HoursNotice.objects.get().ended
    assert client.get("/api/v1/places/inn").json()["properties"]["open"] is True
    assert Correction.objects.get().state == "proposed"


@pytest.mark.usefixtures("inn")
def test_a_refusal_owes_a_reason_and_the_sender_reads_it(client: Client, steward: Client) -> None:
    followed = send(client, address="2 Lê Lợi")["Location"]
    assert "Write why" in decide(steward, "refuse", reason=" ")
    assert "Tick what holds" in decide(steward, "accept")
    decide(steward, "refuse", reason="We looked: it is number 1.")
    assert "We looked: it is number 1." in client.get(followed).content.decode()
    assert steward.post(f"/workbench/corrections/{Correction.objects.get().pk}", {"verb": "burn"}).status_code == 400


@pytest.mark.usefixtures("staff")
def test_the_next_edition_takes_over_what_the_owner_told(
    client: Client,
    steward: Client,
    lan: User,
    publish: Callable[..., Edition],  # noqa: F811
) -> None:
    publish("lodging", [PINE, *(row(f"LT{number}", f"Nhà nghỉ {number}") for number in range(3, 8))])
    link = changes.make_link(Place.objects.get(code="lodging-lt1"), by=lan, now=timezone.now())
    client.post(f"/owner/{link.token}", {**FORM, "name": PINE["TEN"], "opening_hours": "", "address": "", **OWNED})
    decide(steward, "accept", take=list(OWNED))
    kept = Correction.objects.get()
    keys = [f"{kept.pk}:{field}" for field in OWNED]
    steward.post("/en/workbench/corrections/stage", {"take": keys})
    staged = Place.objects.of(Edition.objects.latest("pk")).get(code="lodging-lt1")
    told = {field: str(getattr(staged, field)) for field in OWNED}
    assert told == OWNED | {"price_from_vnd": "500000"}
    assert staged.priced_on == timezone.localdate(kept.made, CITY_ZONE)


def test_other_fields_come_with_the_next_edition_that_another_person_publishes(
    client: Client,
    steward: Client,
    publish: Callable[..., Edition],  # noqa: F811
    staff: dict[str, Any],  # noqa: F811
) -> None:
    publish("lodging", [PINE, ROSE, *(row(f"LT{number}", f"Nhà nghỉ {number}") for number in range(3, 8))])
    pine = {**FORM, "name": PINE["TEN"], "opening_hours": "", "address": "", "phone": "0263 999 8888"}
    client.post("/places/lodging-lt1/correct", pine)
    followed = f"/en/corrections/{Correction.objects.get().code}"
    decide(steward, "accept", take="phone")
    assert "it comes with the next edition" in client.get(followed).content.decode()
    client.post("/places/lodging-lt2/correct", {"name": ROSE["TEN"], "closed": "on"})
    decide(steward, "accept", take="closed")
    assert "Closed for good" in client.get("/en/places/lodging-lt2").content.decode()
    page = steward.get("/en/workbench/corrections/?state=accepted").content.decode()
    keys = [f"{one.pk}:{field}" for one in Correction.objects.order_by("pk") for field in one.fields]
    assert all(f'value="{key}"' in page for key in keys)
    nothing = steward.post("/en/workbench/corrections/stage", follow=True).content.decode()
    assert "Nothing was chosen" in nothing
    told = steward.post("/en/workbench/corrections/stage", {"take": keys}, follow=True).content.decode()
    edition = Edition.objects.filter(dataset__code="lodging").latest("pk")
    assert f"Edition {edition.pk} of lodging is checked" in told
    changed = difference(edition)["place"]
    assert {kind: found["rows"] for kind, found in changed.items()} == {
        "added": 0, "removed": 1, "reshaped": 0, "changed": 1,
    }  # fmt: skip
    assert Place.objects.live().get(code="lodging-lt1").phone == PINE["DIEN_THOAI"]
    release(edition, staff, timezone.now())
    assert Place.objects.live().get(code="lodging-lt1").phone == "0263 999 8888"
    assert client.get("/places/lodging-lt2").status_code == 410
    assert "accepted, and published" in client.get(followed).content.decode()
    assert "For the next edition" not in steward.get("/en/workbench/corrections/?state=accepted").content.decode()


def test_what_the_register_changed_since_is_not_overwritten(
    client: Client,
    steward: Client,
    publish: Callable[..., Edition],  # noqa: F811
) -> None:
    publish("lodging", [PINE])
    client.post("/places/lodging-lt1/correct", {"name": PINE["TEN"], "phone": "0263 999 8888"})
    decide(steward, "accept", take="phone")
    publish("lodging", [{**PINE, "DIEN_THOAI": "0263 777 6666"}])
    page = steward.get("/en/workbench/corrections/?state=accepted").content.decode()
    assert "For the next edition" not in page
    assert f"was “{PINE['DIEN_THOAI']}”" in page


def test_texts_in_further_languages_are_not_lost_with_a_table(
    client: Client,
    steward: Client,
    publish: Callable[..., Edition],  # noqa: F811
) -> None:
    edition = publish("lodging", [PINE])
    PlaceText.objects.create(
        edition=edition, row=1, code="lodging-lt1-fr", live=True, place="lodging-lt1", language="fr", name="Pin"
    )
    client.post("/places/lodging-lt1/correct", {"name": PINE["TEN"], "phone": "0263 999 8888"})
    decide(steward, "accept", take="phone")
    key = f"{Correction.objects.get().pk}:phone"
    told = steward.post("/en/workbench/corrections/stage", {"take": key}, follow=True).content.decode()
    assert "which a table would lose" in told
    assert list(Edition.objects.filter(dataset__code="lodging")) == [edition]


def test_an_entry_of_openstreetmap_takes_hours_and_words_only(client: Client) -> None:
    make_place("osm-node-1", source="osm", phone="0263 382 2663")
    page = client.get("/en/places/osm-node-1/correct").content.decode()
    assert "its name, address and contacts are corrected there" in page
    assert 'name="phone"' not in page
    client.post("/places/osm-node-1/correct", {"phone": "113", "opening_hours": "24/7"})
    assert Correction.objects.get().values == {"opening_hours": "24/7"}


@pytest.mark.usefixtures("inn")
def test_nobody_but_stewards_decides(client: Client, django_user_model: Any) -> None:
    send(client, note="wrong door")
    pk = Correction.objects.get().pk
    doors = ("workbench/corrections/", "places/inn/owner-links")
    posts = (f"workbench/corrections/{pk}", "workbench/corrections/stage", "places/inn/owner-links")
    assert {client.get(f"/{door}").status_code for door in doors} == {302}
    client.force_login(django_user_model.objects.create_user("mai"))
    assert {client.get(f"/{door}").status_code for door in doors} == {403}
    assert {client.post(f"/{door}", {"verb": "accept"}).status_code for door in posts} == {403}
    assert Correction.objects.get().state == "proposed"
    assert not OwnerLink.objects.exists()
