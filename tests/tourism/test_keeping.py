"""The tourist office writes hours: previewed for fourteen days, explained when unreadable, kept with its history."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.calendar import CITY_ZONE
from tests.tourism.make import make_edition, make_place
from tests.tourism.test_hours import LAW
from tourism.hours import Timetable
from tourism.models import HoursNotice, Place
from tourism.preview import compose_week, preview

PATH = "/en/places/pine/hours"


@pytest.fixture
def lan(client: Client, db: None) -> User:
    user = User.objects.create_user("lan", password="a long enough one")
    user.groups.add(Group.objects.get(name="Steward"))
    client.force_login(user)
    make_place("pine", name="Quán Thông", category="restaurant", opening_hours="Mo-Su 08:00-22:00")
    return user


def today() -> date:
    return timezone.localdate(timezone.now(), CITY_ZONE)


def send(client: Client, do: str, **more: Any) -> Any:
    form = {"what": "hours", "kind": "main", "first": f"{today()}", "do": do, **more}
    return client.post(PATH, form)


def words(plan: Timetable, first: date) -> dict[str, str]:
    days = preview(plan, plan, first=first, calendar=LAW, language="en")
    return {f"{one.day:%d/%m}": one.after for one in days}


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ({"Mo": "08:00-17:00"}, "Mo 08:00-17:00; Tu-Su off"),
        (dict.fromkeys(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"], "08:00-17:00"), "Mo-Su 08:00-17:00"),
        (
            {**dict.fromkeys(["Mo", "Tu", "We", "Th", "Fr"], " 08:00-12:00,  13:30-17:00"), "PH": "off"},
            "Mo-Fr 08:00-12:00, 13:30-17:00; Sa-Su off; PH off",
        ),
    ],
)
def test_a_week_becomes_a_text(days: dict[str, str], text: str) -> None:
    assert compose_week(days) == text


@translation.override("en")
def test_the_preview_knows_holidays_nights_and_what_lasts_for_days() -> None:
    first = date(2026, 2, 10)
    found = words(Timetable(text="Mo-Su 18:00-02:00; PH off"), first)
    assert len(found) == 14
    assert [found[day] for day in ("15/02", "16/02", "20/02", "21/02")] == [
        "18:00–02:00",
        "closed",
        "closed",
        "18:00–02:00",
    ]
    assert set(words(Timetable(text="24/7"), first).values()) == {"all day"}
    assert set(words(Timetable(text="sáng"), first).values()) == {"unknown"}
    appointment = words(Timetable(text='Tu 08:00-12:00; We 09:00-11:00 "by appointment"'), first)
    assert (appointment["10/02"], appointment["11/02"]) == ("08:00–12:00", "09:00–11:00 by appointment")
    marked = preview(
        Timetable(text="24/7"), Timetable(text="off"), first=date(2026, 2, 17), calendar=LAW, language="en"
    )
    assert (marked[0].special, marked[0].changes) == ("Lunar New Year", True)


def test_a_preview_saves_nothing_and_shows_what_changes(client: Client, lan: User) -> None:
    page = send(client, "preview", Mo="10:00-14:00", PH="off").content.decode()
    assert "Mo 10:00-14:00; Tu-Su off; PH off" in page
    assert page.count("08:00–22:00") == 14
    assert "<strong>10:00–14:00</strong>" in page
    assert not HoursNotice.objects.exists()


@pytest.mark.parametrize("do", ["preview", "save"])
def test_an_unreadable_text_is_explained_and_never_taken_as_closed(client: Client, lan: User, do: str) -> None:
    answer = send(client, do, text="Mo-Fr 08:00-17:00; sáng", reason_vi="x")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "cannot be read from letter 20 on, at “sáng”" in page
    assert "closed</td>" not in page
    assert not HoursNotice.objects.exists()


def test_a_rule_that_undoes_an_earlier_one_is_explained(client: Client, lan: User) -> None:
    answer = send(client, "preview", text="Mo-Sa 07:30-11:30; Mo-Sa 13:30-17:00", reason_vi="x")
    assert answer.status_code == 400
    assert "“Mo-Sa 07:30-11:30” never holds, because “Mo-Sa 13:30-17:00” follows" in answer.content.decode()


def test_hours_are_saved_with_reason_and_author_and_ended_again(client: Client, lan: User) -> None:
    answer = send(client, "save", text="Mo-Su 10:00-14:00", reason_vi="Mùa mưa", reason_en="Rainy season")
    assert (answer.status_code, answer["Location"]) == (302, PATH)
    notice = HoursNotice.objects.get()
    assert (notice.by, notice.text, notice.instead_of) == (lan, "Mo-Su 10:00-14:00", "Mo-Su 08:00-22:00")
    page = client.get(PATH).content.decode()
    assert page.count("10:00–14:00") == 14
    for told in ("Mùa mưa", "Rainy season", "lan"):
        assert told in page
    assert client.post(f"{PATH}/{notice.pk}/end").status_code == 302
    page = client.get(PATH).content.decode()
    assert page.count("08:00–22:00") >= 14
    assert "ended" in page


def test_a_closure_is_previewed_and_saved(client: Client, lan: User) -> None:
    last = today() + timedelta(days=6)
    page = send(client, "preview", what="closed", last=f"{last}").content.decode()
    assert page.count("<strong>closed</strong>") == 7
    send(client, "save", what="closed", last=f"{last}", reason_vi="Sửa mái")
    assert HoursNotice.objects.get().closes


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"text": "24/7"}, "Give the reason in Vietnamese"),
        ({"reason_vi": "x"}, "Write the hours as a text or day by day"),
        ({"text": "24/7", "Mo": "08:00-09:00", "reason_vi": "x"}, "not both"),
        ({"text": "24/7", "last": "2020-01-01", "reason_vi": "x"}, "This day has passed"),
        ({"text": "24/7", "first": "nonsense", "reason_vi": "x"}, "date"),
        ({"text": "24/7", "kind": "kitchen", "reason_vi": "x"}, "kitchen"),
        ({"text": "24/7", "what": "maybe", "reason_vi": "x"}, "maybe"),
    ],
)
def test_what_is_missing_or_wrong_is_said(client: Client, lan: User, wrong: dict[str, str], reason: str) -> None:
    answer = send(client, "save", **wrong)
    assert answer.status_code == 400
    assert reason in answer.content.decode()
    assert not HoursNotice.objects.exists()


def test_the_office_learns_that_the_register_changed_since(client: Client, lan: User) -> None:
    send(client, "save", text="Mo-Su 10:00-14:00", reason_vi="Mùa mưa")
    assert "The register said" not in client.get(PATH).content.decode()
    Place.objects.update(live=False)
    make_place("pine", edition=make_edition("food"), category="restaurant", opening_hours="Mo-Su 07:00-20:00")
    page = client.get(PATH).content.decode()
    assert "The register said “Mo-Su 08:00-22:00” then and says “Mo-Su 07:00-20:00” now." in page


def test_a_notice_of_another_place_is_not_ended_here(client: Client, lan: User) -> None:
    make_place("rose", opening_hours="24/7")
    send(client, "save", what="closed", reason_vi="Sửa mái")
    notice = HoursNotice.objects.get()
    assert client.post(f"/en/places/rose/hours/{notice.pk}/end").status_code == 404


def test_only_the_tourist_office_gets_in(client: Client, lan: User) -> None:
    assert "Keep the hours" in client.get("/en/places/pine").content.decode()
    client.force_login(User.objects.create_user("khoa", password="a long enough one"))
    assert client.get(PATH).status_code == 403
    assert "Keep the hours" not in client.get("/en/places/pine").content.decode()
    client.logout()
    assert client.get(PATH).status_code == 302
