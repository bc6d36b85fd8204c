"""Closures and corrections: over the register, in the index, on list, page and API, and in the history."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.accounts.models import User
from portal.calendar import CITY_ZONE, table
from portal.calendar.days import DayKind
from tests.tourism.make import MARKET, make_edition, make_place
from tests.tourism.test_hours import at
from tests.tourism.test_pages import linked_data
from tiles import revisions
from tiles.models import Edition, Revision
from tourism import notices, schedules, tasks
from tourism.models import HoursNotice, Place, Schedule
from tourism.schedules import Key

pytestmark = pytest.mark.django_db
TEXT = "Mo-Su 08:00-22:00"
NOW = at(10, 12)
NEAR = f"near={MARKET[0]},{MARKET[1]}&within_m=500"


@pytest.fixture
def lan() -> User:
    user = User.objects.create_user("lan", password="a long enough one")
    user.groups.add(Group.objects.get(name="Steward"))
    return user


def restaurant(code: str = "pine", **fields: Any) -> Place:
    place = make_place(code, category="restaurant", opening_hours=TEXT, **fields)
    schedules.work_out_anew(on=NOW.date())
    return place


def close(place: Place, by: User, first: date, last: date | None, now: datetime = NOW) -> HoursNotice:
    return notices.close(place, first=first, last=last, reason_vi="Sửa mái", reason_en="Roof repairs", by=by, now=now)


def correct(place: Place, by: User, text: str, **more: Any) -> HoursNotice:
    asked = {"first": NOW.date(), "last": None, "reason_vi": "Mùa đông", "now": NOW, **more}
    return notices.correct(place, text=text, by=by, **asked)


def opened(moment: datetime) -> set[str]:
    return {place.code for place in Place.objects.live().open_at(moment)}


def test_a_closed_place_is_never_open_and_its_neighbour_with_the_same_hours_is(lan: User) -> None:
    place, _other = restaurant(), restaurant("rose")
    close(place, lan, date(2026, 3, 11), date(2026, 3, 12))
    assert [opened(at(day, 12)) for day in (10, 11, 12, 13)] == [
        {"pine", "rose"},
        {"rose"},
        {"rose"},
        {"pine", "rose"},
    ]
    # Far beyond what is worked out, the text is judged, notices and all.
    notices.close(place, first=date(2028, 1, 1), last=None, reason_vi="Chuyển đi", by=lan, now=NOW)
    assert opened(datetime(2028, 1, 2, 12, tzinfo=CITY_ZONE)) == {"rose"}


def test_other_hours_hold_until_they_end_and_the_register_is_back(lan: User) -> None:
    notice = correct(restaurant(), lan, "Mo-Su 10:00-14:00", last=date(2026, 3, 20))
    assert [bool(opened(one)) for one in (at(11, 9), at(11, 11), at(21, 9))] == [False, True, True]
    notices.end(notice, by=lan, now=NOW)
    assert opened(at(11, 9)) == {"pine"}
    notice.refresh_from_db()
    assert (notice.by, notice.ended_by, notice.ended) == (lan, lan, NOW)
    with pytest.raises(notices.NotAllowedError):
        notices.end(notice, by=lan, now=NOW)


def test_the_next_delivery_does_not_undo_a_correction(lan: User) -> None:
    correct(restaurant(), lan, "Mo-Su 10:00-14:00")
    Place.objects.update(live=False)
    Edition.objects.update(state="retired")
    restaurant(edition=make_edition("food"), name="Pine")
    tasks.cover([])
    assert opened(at(11, 9)) == set()
    assert opened(at(11, 11)) == {"pine"}


def test_a_closure_beats_every_correction_and_later_corrections_earlier_ones(lan: User) -> None:
    place = restaurant()
    close(place, lan, date(2026, 3, 12), date(2026, 3, 12))
    correct(place, lan, "Mo-Su 10:00-14:00")
    correct(place, lan, "Mo-Su 18:00-20:00")
    assert [bool(opened(one)) for one in (at(11, 11), at(11, 19), at(12, 19))] == [False, True, False]


def test_unreadable_hours_and_days_in_the_wrong_order_are_refused(lan: User) -> None:
    place = restaurant()
    with pytest.raises(notices.NotAllowedError):
        correct(place, lan, "sáng đến tối")
    with pytest.raises(notices.NotAllowedError):
        correct(place, lan, "Mo-Su 10:00-14:00", kind="kitchen")
    with pytest.raises(notices.NotAllowedError):
        close(place, lan, date(2026, 3, 12), date(2026, 3, 11))
    assert not HoursNotice.objects.exists()
    assert opened(at(11, 12)) == {"pine"}


def test_every_notice_grows_the_layer_so_that_no_kept_answer_outlives_it(lan: User) -> None:
    place = restaurant()
    before = Revision.objects.filter(layer="places").count()
    notices.end(close(place, lan, NOW.date(), None), by=lan, now=NOW)
    grown = Revision.objects.filter(layer="places").order_by("number")[before:]
    assert [(one.by, one.reason) for one in grown] == [(lan, "pine hours")] * 2


def test_what_is_over_leaves_no_schedule_of_its_own(lan: User) -> None:
    place = restaurant()
    close(place, lan, date(2026, 3, 11), date(2026, 3, 12))
    assert Schedule.objects.filter(place="pine").count() == 1
    schedules.work_out(on=date(2026, 3, 20))
    assert not Schedule.objects.filter(place="pine").exists()
    assert opened(at(21, 12)) == {"pine"}


def test_a_corrected_calendar_reaches_the_hours_by_the_worker(lan: User) -> None:
    make_place("garden", opening_hours="Mo-Su 08:00-17:00; PH off")
    day = timezone.localdate() + timedelta(days=40)
    noon = datetime.combine(day, at(1, 12).time(), CITY_ZONE)
    while table.current().is_holiday(day):
        day, noon = day + timedelta(days=1), noon + timedelta(days=1)
    assert opened(noon) == {"garden"}
    table.correct(day, kind=DayKind.HOLIDAY, name_vi="Lễ", name_en="Feast", decision="Số 1", by=lan, now=timezone.now())
    assert DBTaskResult.objects.filter(task_path=tasks.work_out_hours_anew.module_path).exists()
    revisions.grow("places", by=None, reason="first", now=timezone.now())
    tasks.work_out_hours_anew.call()
    assert revisions.current("places").reason == "calendar"
    assert opened(noon) == set()


# Pages and API: the worker's and the visitor's now is the clock's.
def today() -> date:
    return timezone.localdate(timezone.now(), CITY_ZONE)


def test_list_page_and_api_tell_the_reason_and_the_end(client: Client, lan: User) -> None:
    place = make_place("pine", category="restaurant", opening_hours="24/7", kitchen_hours="24/7")
    last = today() + timedelta(days=3)
    close(place, lan, today(), last, timezone.now())
    for path in ("/en/places/", "/en/places/pine"):
        page = " ".join(client.get(path).content.decode().split())
        assert f'closed until {last:%d/%m/%Y}: <span lang="en">Roof repairs</span>' in page, path
        assert "Open</span>" not in page.split("</template>", 1)[1]  # the badges a kept page is given anew
    [closed] = linked_data(page)["specialOpeningHoursSpecification"]
    assert (closed["opens"], closed["closes"], closed["validThrough"]) == ("00:00", "00:00", f"{last}")
    page = " ".join(client.get("/places/").content.decode().split())
    assert f'đóng cửa đến hết {last:%d/%m/%Y}: <span lang="vi">Sửa mái</span>' in page
    told = client.get("/api/v1/places/pine?lang=en").json()["properties"]
    assert told["closure"] == {
        "reason": "Roof repairs",
        "reason_lang": "en",
        "from": f"{today()}",
        "until": f"{last}",
    }
    assert (told["open"], told["state"], told["closes"]) == (False, "closed", None)
    assert told["opens"] == f"{last + timedelta(days=1)}T00:00+07:00"
    assert told["hours"] == [{"kind": "kitchen", "opening_hours": "24/7", "open": False}]
    assert client.get(f"/api/v1/places?{NEAR}&open_at=now").json()["features"] == []
    assert client.get("/api/v1/places/pine").json()["properties"]["closure"]["reason"] == "Sửa mái"


def test_what_begins_within_a_month_is_announced_on_page_and_api(client: Client, lan: User) -> None:
    place = make_place("pine", category="restaurant", opening_hours="24/7")
    first, last = today() + timedelta(days=12), today() + timedelta(days=13)
    close(place, lan, first, last, timezone.now())
    close(place, lan, today() + timedelta(days=31), None, timezone.now())
    notices.correct(
        place,
        text="09:00-12:00",
        first=today() + timedelta(days=2),
        last=None,
        reason_vi="Mùa đông",
        by=lan,
        now=timezone.now(),
    )
    page = " ".join(client.get("/en/places/pine").content.decode().split())
    assert f'Will be closed: {first:%d/%m/%Y}–{last:%d/%m/%Y}. <span lang="en">Roof repairs</span>' in page
    assert f"Opening hours will change: from {today() + timedelta(days=2):%d/%m/%Y} on." in page
    assert ": 09:00–12:00" in page
    assert f"{today() + timedelta(days=31):%d/%m/%Y}" not in page
    assert "Open</span>" in page
    other, closed = linked_data(page)["specialOpeningHoursSpecification"]
    assert (other["opens"], other["closes"], "validThrough" in other) == ("09:00", "12:00", False)
    assert (closed["validFrom"], closed["validThrough"]) == (f"{first}", f"{last}")
    told = client.get("/api/v1/places/pine?lang=en").json()["properties"]
    assert (told["closure"], told["corrections"]) == (None, [])
    assert told["announced"] == [
        {
            "kind": "main",
            "opening_hours": "09:00-12:00",
            "reason": "Mùa đông",
            "reason_lang": "vi",
            "from": f"{today() + timedelta(days=2)}",
            "until": None,
        },
        {
            "kind": None,
            "opening_hours": None,
            "reason": "Roof repairs",
            "reason_lang": "en",
            "from": f"{first}",
            "until": f"{last}",
        },
    ]


def test_kitchen_tickets_and_last_entry_have_a_line_each(client: Client, lan: User) -> None:
    place = make_place(
        "garden", opening_hours="24/7", kitchen_hours="24/7 off", ticket_hours="sáng", last_entry_hours="24/7"
    )
    page = client.get("/en/places/garden").content.decode()
    for label in ("Opening hours", "Kitchen", "Ticket desk", "Last entry"):
        assert f'<th scope="col">{label}<' in page
    told = client.get("/api/v1/places/garden").json()["properties"]["hours"]
    assert {one["kind"]: one["open"] for one in told} == {"kitchen": False, "tickets": None, "last-entry": True}
    now = timezone.now()
    notices.correct(place, kind="kitchen", text="24/7", first=today(), last=None, reason_vi="Bếp mới", by=lan, now=now)
    told = client.get("/api/v1/places/garden").json()["properties"]
    assert told["hours"][0] == {"kind": "kitchen", "opening_hours": "24/7 off", "open": True}
    assert told["corrections"] == [
        {
            "kind": "kitchen",
            "opening_hours": "24/7",
            "reason": "Bếp mới",
            "reason_lang": "vi",
            "from": f"{today()}",
            "until": None,
        }
    ]
    assert "Corrected by the tourist office since" in client.get("/en/places/garden").content.decode()


def test_the_kitchen_of_a_closed_place_is_closed_whatever_its_hours_say(client: Client) -> None:
    make_place("inn", opening_hours="24/7 off", kitchen_hours="24/7", last_entry_hours="24/7", ticket_hours="24/7")
    told = client.get("/api/v1/places/inn").json()["properties"]["hours"]
    assert {one["kind"]: one["open"] for one in told} == {"kitchen": False, "tickets": True, "last-entry": False}


def test_by_appointment_has_its_own_words_on_list_page_and_api(client: Client) -> None:
    make_place("villa", opening_hours='24/7 "by appointment"')
    for path in ("/en/places/", "/en/places/villa"):
        page = client.get(path).content.decode()
        assert "By appointment</span>" in page
        assert "Hours unknown" not in page.split("</template>", 1)[1]
    told = client.get("/api/v1/places/villa").json()["properties"]
    assert (told["open"], told["state"]) == (None, "appointment")


def test_api_tells_the_hours_of_the_day_and_when_one_may_come_by_appointment(
    client: Client, lan: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_place("villa", opening_hours='Mo-Fr 08:00-12:00, 14:00-17:00 "by appointment"')
    make_place("bar", opening_hours="Mo-Su 18:00-02:00")
    make_place("oral", opening_hours="gọi trước")
    shut = make_place("shut", opening_hours=TEXT)
    close(shut, lan, NOW.date(), None)
    monkeypatch.setattr("tourism.api.timezone.now", lambda: at(10, 1))
    told = {
        code: client.get(f"/api/v1/places/{code}").json()["properties"] for code in ("villa", "bar", "oral", "shut")
    }
    villa = told["villa"]
    assert (villa["state"], villa["opens"], villa["appointment"]) == ("closed", None, "2026-03-10T08:00+07:00")
    assert [(one["from"][11:16], one["until"][11:16], one["state"]) for one in villa["today"]] == [
        ("08:00", "12:00", "appointment"),
        ("14:00", "17:00", "appointment"),
    ]
    night = {"from": "2026-03-10T18:00+07:00", "until": "2026-03-11T02:00+07:00", "state": "open"}
    assert (told["bar"]["today"], told["bar"]["closes"]) == ([night], "2026-03-10T02:00+07:00")
    assert (told["oral"]["today"], told["shut"]["today"]) == (None, [])
    [listed] = client.get("/api/v1/places?category=atm&limit=1").json()["features"]
    assert "today" not in listed["properties"], "a list tells it when asked by name"


def test_what_closes_within_half_an_hour_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    restaurant()
    monkeypatch.setattr("tourism.views.timezone.now", lambda: at(10, 21, 40))
    for path in ("/en/places/", "/en/places/pine"):
        page = client.get(path).content.decode()
        assert "Closes soon</span>" in page
        assert "closes in 20 minutes" in page
    assert client.get("/api/v1/places/pine").json()["properties"]["closes"] == "2026-03-10T22:00+07:00"
    assert schedules.states(at(10, 21, 40)) == {Key(TEXT): "open"}


def days(page: str) -> list[tuple[str, list[str]]]:
    """The sections of the page of all notices, each with the places in it."""
    parts = page.split("<h2 ")[1:]
    return [
        (part.split(">", 1)[1].split("<", 1)[0], re.findall(r'<h3><a href="[^"]*/places/([\w-]+)"', part))
        for part in parts
    ]


def test_a_page_tells_what_is_closed_or_changed_today_and_within_thirty_days(
    client: Client, lan: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tourism.views.timezone.now", lambda: NOW)
    for code in ("pine", "rose", "lake", "tea"):
        restaurant(code, name_en=code.title())
    pine, rose, lake, tea = (Place.objects.get(code=code) for code in ("pine", "rose", "lake", "tea"))
    correct(pine, lan, "Mo-Su 10:00-14:00", reason_en="Winter")
    close(rose, lan, NOW.date(), date(2026, 3, 12))
    close(lake, lan, date(2026, 3, 12), None)
    close(tea, lan, date(2026, 4, 9), date(2026, 4, 10))
    # Over, ended, too far away: none is told.
    close(tea, lan, date(2026, 3, 1), date(2026, 3, 9))
    notices.end(close(lake, lan, NOW.date(), None), by=lan, now=NOW)
    close(pine, lan, date(2026, 4, 10), None)
    page = " ".join(client.get("/en/places/notices").content.decode().split())
    assert days(page) == [
        ("Today, Tuesday, 10/03/2026", ["pine", "rose"]),
        ("From Thursday, 12/03/2026", ["lake"]),
        ("From Thursday, 09/04/2026", ["tea"]),
    ]
    assert 'Opening hours: <strong lang="zxx">Mo-Su 10:00-14:00</strong>' in page
    assert '<time datetime="2026-03-12">12/03/2026</time> – until further notice' in page
    assert "<p>Roof repairs</p>" in page
    assert '<p lang="en">' not in client.get("/places/notices").content.decode()
    assert "Sửa mái" in client.get("/places/notices").content.decode()


def test_the_page_of_all_notices_tells_what_holds_and_no_place_that_left(
    client: Client, lan: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tourism.views.timezone.now", lambda: NOW)
    place = restaurant()
    correct(place, lan, "Mo-Su 10:00-14:00")
    correct(place, lan, "Mo-Su 11:00-13:00")
    page = client.get("/en/places/notices").content.decode()
    assert "11:00-13:00" in page
    assert "10:00-14:00" not in page
    close(place, lan, NOW.date(), None)
    page = client.get("/en/places/notices").content.decode()
    assert days(page)[0][1] == ["pine"]
    assert "11:00-13:00" not in page
    Place.objects.update(live=False)
    page = client.get("/en/places/notices").content.decode()
    assert "No place is known to be closed" in page


def test_places_and_emergency_lead_to_the_page_of_all_notices(client: Client) -> None:
    for path in ("/places/", "/emergency"):
        assert 'href="/places/notices"' in client.get(path).content.decode()
