"""One dated table: filled ahead, corrected by people, seen by all at once."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from portal.accounts.models import User
from portal.calendar import table, tasks
from portal.calendar.days import DayKind, by_law
from portal.calendar.models import Day, DayChange

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 5, tzinfo=UTC)
TODAY = date(2026, 3, 10)
STORM = date(2026, 10, 12)
HUNG_KINGS = date(2026, 4, 26)


@pytest.fixture
def keeper() -> User:
    user = User.objects.create_user("keeper", password="a long enough one", is_staff=True)
    user.groups.add(Group.objects.get(name="Administrator"))
    return user


def correct(day: date, kind: DayKind, by: User) -> Day:
    return table.correct(day, kind=kind, name_vi="Bão", name_en="Storm", decision="Số 12/UBND", by=by, now=NOW)


def test_the_years_around_now_are_filled_and_filled_once() -> None:
    table.fill(on=TODAY, now=NOW)
    for year in range(2025, 2031):
        assert set(Day.objects.filter(date__year=year).values_list("date", flat=True)) >= set(by_law(year))
    assert table.fill(on=TODAY, now=NOW) == 0


def test_what_a_person_corrected_is_never_filled_again(keeper: User) -> None:
    correct(HUNG_KINGS, DayKind.ORDINARY, keeper)
    correct(STORM, DayKind.OFFICE_CLOSED, keeper)
    assert table.fill(on=TODAY, now=NOW) == 0
    assert not table.current().is_holiday(HUNG_KINGS)
    assert not table.current().is_working_day(STORM)


def test_a_day_the_library_takes_back_becomes_a_day_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    less = {day: mark for day, mark in by_law(2026).items() if day != HUNG_KINGS}
    monkeypatch.setattr(table, "by_law", lambda year: less if year == 2026 else by_law(year))
    assert table.fill(on=TODAY, now=NOW) == 1
    assert Day.objects.get(date=HUNG_KINGS).kind == DayKind.ORDINARY
    assert table.fill(on=TODAY, now=NOW) == 0


def test_the_table_is_read_once_an_edit(keeper: User) -> None:
    table.current()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert table.current() is table.current()
    assert len(asked) == 2
    assert all("MAX" in one["sql"] for one in asked)
    correct(STORM, DayKind.HOLIDAY, keeper)
    assert table.current().is_holiday(STORM)


def test_who_changed_a_day_and_what_it_was_is_kept(keeper: User) -> None:
    correct(STORM, DayKind.HOLIDAY, keeper)
    correct(STORM, DayKind.OFFICE_CLOSED, keeper)
    changes = DayChange.objects.filter(day=STORM)
    assert [(one.kind, one.by, one.decision) for one in changes] == [
        ("office-closed", keeper, "Số 12/UBND"),
        ("holiday", keeper, "Số 12/UBND"),
    ]


def test_it_is_filled_every_night() -> None:
    for _again in range(2):
        tasks.fill_now()
    assert DBTaskResult.objects.filter(task_path=tasks.fill_nightly.module_path, status="READY").count() == 1


def test_an_administrator_corrects_a_day_and_puts_it_back(client: Client, keeper: User) -> None:
    client.force_login(keeper)
    assert "/en/calendar/2026-04-26" in client.get("/en/calendar/?year=2026").content.decode()
    path = client.get("/en/calendar/?day=2026-04-26")["Location"]
    assert "Giỗ Tổ" in client.get(path).content.decode()
    form = {"kind": "ordinary", "name_vi": "Ngày\u202e thường", "name_en": "", "decision": "Số 1"}
    assert "Saved." in client.post(path, form, follow=True).content.decode()
    assert not table.current().is_holiday(HUNG_KINGS)
    assert (Day.objects.get(date=HUNG_KINGS).changed_by, table.find_day(HUNG_KINGS).name_vi) == (keeper, "Ngày thường")
    was = dict(DayChange.objects.filter(day=HUNG_KINGS).earliest("pk").values)
    assert was["name_vi"] in client.get(path).content.decode()
    client.post(path, was)
    assert table.current().is_holiday(HUNG_KINGS)
    assert DayChange.objects.filter(day=HUNG_KINGS).count() == 3


def test_an_ordinary_day_becomes_one_to_work(client: Client, keeper: User) -> None:
    client.force_login(keeper)
    day = "/en/calendar/2027-02-13"
    assert "A day like any other so far" in client.get(day).content.decode()
    wrong = client.post(day, {"kind": "make-up", "name_vi": "\u200b", "decision": ""})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (400, {"name_vi", "decision"})
    client.post(day, {"kind": "make-up", "name_vi": "Ngày làm bù", "decision": "Số 2"})
    assert table.current().is_working_day(date(2027, 2, 13))


@pytest.mark.parametrize("day", ["2026-02-30", "20260213", "0001-01-01", "tet"])
def test_what_is_no_day_is_not_found(client: Client, keeper: User, day: str) -> None:
    client.force_login(keeper)
    assert client.get(f"/en/calendar/{day}").status_code == 404
