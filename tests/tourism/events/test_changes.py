"""The tourist office writes events through one door, and every version is kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tests.tourism.events.make import NOW, at, make_event, make_steward
from tests.tourism.make import make_place
from tourism.events import changes
from tourism.events.models import Event

pytestmark = pytest.mark.django_db
Version = apps.get_model("events", "EventVersion")


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"rule": "every Saturday"}, "rule", "FREQ=WEEKLY"),
        ({"rule": "FREQ=WEEKLY;BYDAY=MO"}, "rule", "05/12/2026"),
        ({"ends": at(5, 18)}, "ends", "trước khi bắt đầu"),
        ({"ends": at(5, 19)}, "ends", "trước khi bắt đầu"),
        ({"ends": at(4), "all_day": True}, "ends", "trước khi bắt đầu"),
        ({"ends": at(5, 21, year=2028)}, "ends", "một năm"),
        ({"starts": at(5, 19, year=1990)}, "starts", "2100"),
        ({"rule": "FREQ=DAILY;COUNT=1", "left_out": [date(2026, 12, 5)]}, "left_out", "không bao giờ"),
        ({"place": "nowhere"}, "place", "“nowhere”"),
        ({"address": ""}, "address", "tọa độ"),
        ({"lat": None}, "address", "tọa độ"),
        ({"lon": 11.9, "lat": 108.4}, "lon", "ngoài thành phố"),
        ({"state": "cancelled"}, "reason_en", "cả hai ngôn ngữ"),
        ({"website": "javascript:alert(1)"}, "website", ""),
        ({"name_en": ""}, "name_en", ""),
        ({"source": ""}, "source", ""),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(fields: dict[str, Any], field: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make_event(**fields)
    assert says in " ".join(refused.value.message_dict[field])
    assert not Event.objects.exists()


def test_an_event_is_at_a_live_place_of_the_register() -> None:
    make_place("museum")
    assert make_event(place="museum", address="", lon=None, lat=None).place == "museum"


def test_all_day_lasts_from_midnight_to_midnight() -> None:
    timing = make_event(all_day=True, starts=at(5, 8), ends=at(6, 8)).timing
    assert (timing.begin, timing.end) == (at(5), at(7))


def test_what_the_public_knows_is_cancelled_never_withdrawn() -> None:
    event = make_event()
    event.state = "draft"
    with pytest.raises(ValidationError) as refused:
        changes.save(event, by=make_steward(), now=NOW)
    assert "lý do" in refused.value.message_dict["state"][0]
    assert Event.objects.get().state == "published"


def test_every_version_is_kept_with_who_wrote_it_and_nobody_rewrites_it() -> None:
    event = make_event()
    event.state, event.reason_vi, event.reason_en = "cancelled", "Bão", "Storm"
    changes.save(event, by=make_steward(), now=NOW + timedelta(hours=1))
    versions = list(Version.objects.order_by("pgh_id"))
    assert [version.state for version in versions] == ["published", "cancelled"]
    assert {version.pgh_context.metadata["username"] for version in versions} == {"lan"}
    assert [version.sequence for version in versions] == [0, 1]
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.update(state="published")


@pytest.fixture
def office(client: Client) -> Client:
    """The steward at the admin."""
    client.force_login(make_steward())
    return client


def form(**more: str) -> dict[str, str]:
    return {
        "code": "fair", "name_vi": "Hội sách", "name_en": "Book fair", "state": "published", "source": "Sở Du lịch",
        "starts_0": "2026-12-05", "starts_1": "08:00", "ends_0": "2026-12-05", "ends_1": "17:00",
        "address": "Quảng trường", "lon": "108.45", "lat": "11.94",
        "events-TOTAL_FORMS": "0", "events-INITIAL_FORMS": "0", **more,
    }  # fmt: skip


def test_the_steward_writes_and_cancels_in_the_admin(office: Client) -> None:
    add = reverse("admin:events_event_add")
    answer = office.post(add, form(rule="sometimes"))
    assert "FREQ=WEEKLY" in answer.content.decode()
    assert office.post(add, form(rule="FREQ=DAILY", left_out="2026-12-24,2026-12-25")).status_code == 302
    event = Event.objects.get()
    assert event.left_out == [date(2026, 12, 24), date(2026, 12, 25)]
    change = reverse("admin:events_event_change", args=[event.pk])
    moved = form(rule="FREQ=DAILY", code="other", state="cancelled", reason_vi="Bão", reason_en="Storm")
    assert office.post(change, moved).status_code == 302
    event.refresh_from_db()
    assert (event.code, event.state, event.sequence) == ("fair", "cancelled", 1)
    page = office.get(change).content.decode()
    assert page.count("<p>lan</p>") == 2
    assert office.post(reverse("admin:events_event_delete", args=[event.pk]), {"post": "yes"}).status_code == 403


def test_only_the_tourist_office_writes_events(client: Client) -> None:
    user = User.objects.create_user("other", is_staff=True)
    client.force_login(user)
    assert client.get(reverse("admin:events_event_add")).status_code == 403
