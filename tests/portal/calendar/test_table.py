"""One dated table: filled ahead, corrected by people, seen by all at once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
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


def test_an_administrator_corrects_a_day_and_deletes_none(client: Client, keeper: User) -> None:
    client.force_login(keeper)
    form: dict[str, Any] = {"kind": "ordinary", "name_vi": "Ngày thường", "name_en": "", "decision": "Số 1"}
    inline = {f"changes-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    path = reverse("admin:calendar_day_change", args=[HUNG_KINGS.isoformat()])
    assert "Giỗ Tổ" in client.get(path).content.decode()
    assert client.post(path, {**form, **inline}).status_code == 302
    assert not table.current().is_holiday(HUNG_KINGS)
    added = {**form, **inline, "kind": "make-up", "name_vi": "Ngày làm bù", "date": "2027-02-13"}
    assert client.post(reverse("admin:calendar_day_add"), added).status_code == 302
    assert table.current().is_working_day(date(2027, 2, 13))
    assert Day.objects.get(date=HUNG_KINGS).changed_by == keeper
    assert client.post(reverse("admin:calendar_day_delete", args=[HUNG_KINGS.isoformat()])).status_code == 403
