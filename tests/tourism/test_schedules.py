"""Hours worked out for a year say at every minute what the text says."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.calendar import CITY_ZONE
from tests.tourism.make import make_edition, make_place
from tests.tourism.test_hours import LAW, at
from tourism import hours, schedules, tasks
from tourism.models import OpenSpan, Place, Schedule
from tourism.prospects import Prospect, foresee
from tourism.schedules import Key

TODAY = date(2026, 3, 10)
TEXTS = [
    "24/7",
    "Mo-Su 08:00-22:00",
    "Mo-Fr 08:00-12:00,13:30-17:00; PH off",
    "Mo-Su 20:00-02:00; Tu off",
    "Fr-Sa 19:00-03:00; Su-Th 19:00-24:00",
    "Mo-Su 08:00-17:00; PH 20:00-02:00",
    "Apr-Sep Mo-Su 07:00-19:00; Oct-Mar Mo-Su 08:00-17:00",
    "Mo-Fr 08:00-17:00; Sa 08:00-12:00 unknown",
    "Mo-Su sunrise-sunset",
    "Tu 20:00-26:00; We 08:00-17:00",
    "off",
    "Jan 01-Feb 28 off; 09:00-18:00",
    'Sa[1] 18:00-02:00; Mo-Fr 09:00-17:00 "by appointment"',
    '"by appointment"',
    'Mo-Fr 18:00-02:00; We 08:00-12:00 || "by appointment"',
]
MINUTES = st.integers(min_value=0, max_value=5 * 366 * 24 * 60 - 1)


@settings(max_examples=400)
@given(st.sampled_from(TEXTS), MINUTES)
def test_spans_say_what_the_text_says_at_every_minute_of_five_years(text: str, minute: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=CITY_ZONE) + timedelta(minutes=minute)
    found = hours.spans(text, moment.date(), moment.date() + timedelta(days=3), LAW.is_holiday)
    state = next((one.state for one in found if one.begin <= moment < one.end), hours.State.CLOSED)
    assert state is hours.state(text, moment, LAW.is_holiday)


@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_in_order_and_apart(text: str) -> None:
    found = hours.spans(text, TODAY, TODAY + timedelta(days=40), LAW.is_holiday)
    for one, following in pairwise(found):
        assert one.begin < one.end <= following.begin
        assert one.end < following.begin or one.state is not following.state


def test_what_is_always_open_is_one_span_and_what_nobody_can_read_none() -> None:
    [always] = hours.spans("24/7", TODAY, TODAY + timedelta(days=9), LAW.is_holiday)
    assert (always.end - always.begin).days == 10
    assert hours.spans("sáng đến tối", TODAY, TODAY, LAW.is_holiday) == []


@pytest.mark.parametrize(
    "day",
    [
        *(date(2026, 2, 16) + timedelta(days=n) for n in range(5)),
        date(2026, 4, 27),  # Giỗ Tổ falls on a Sunday, its Monday is observed
        date(2027, 2, 8),
        date(2027, 4, 16),
        date(2028, 1, 26),
        date(2028, 4, 4),
        date(2029, 2, 13),
        date(2029, 4, 23),
        date(2030, 2, 4),
        date(2030, 4, 12),
        *(date(year, 11, 24) for year in range(2026, 2031)),
    ],
)
def test_tet_gio_to_and_observed_days_close_what_closes_on_holidays(day: date) -> None:
    found = hours.spans("Mo-Su 08:00-17:00; PH off", day, day, LAW.is_holiday)
    assert found == []


@pytest.mark.django_db
def test_what_is_open_is_read_from_the_index_and_equals_the_text() -> None:
    for number, text in enumerate(["", "sáng", *TEXTS]):
        make_place(f"place-{number}", opening_hours=text)
    assert schedules.work_out(on=TODAY) == len(TEXTS) + 2
    for moment in (at(10, 9), at(10, 23), at(14, 9), at(11, 1), datetime(2027, 2, 8, 9, tzinfo=CITY_ZONE)):
        judged = {Key(text): hours.state(text, moment, LAW.is_holiday) for text in ["", "sáng", *TEXTS]}
        assert schedules.states(moment) == judged


@pytest.mark.django_db
def test_what_comes_next_is_read_from_the_index_and_equals_the_text() -> None:
    for number, text in enumerate(["", "sáng", *TEXTS]):
        make_place(f"place-{number}", opening_hours=text)
    schedules.work_out(on=TODAY)
    keys = [key for place in Place.objects.live() for key in schedules.keys_of(place)]
    for moment in (at(10, 9), at(10, 23, 45), at(14, 1), datetime(2027, 2, 6, 9, tzinfo=CITY_ZONE)):
        for key, found in schedules.look_ahead(keys, moment).prospects.items():
            if not hours.is_readable(key.text):
                assert found == Prospect(moment=moment, state=hours.State.UNKNOWN)
                continue
            first, horizon = moment.date() - timedelta(days=1), moment + schedules.IN_SIGHT
            worked_out = hours.spans(key.text, first, horizon.date(), LAW.is_holiday)
            assert found == foresee(worked_out, moment, horizon=horizon), (key, moment)


@pytest.mark.django_db
def test_the_index_answers_not_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    make_place("market", opening_hours="Mo-Su 08:00-22:00")
    schedules.work_out(on=TODAY)
    monkeypatch.setattr(hours, "state", lambda *_args: pytest.fail("the text was judged anew"))
    assert schedules.states(at(10, 12)) == {Key("Mo-Su 08:00-22:00"): "open"}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "open_span" in OpenSpan.objects.filter(span__contains=at(10, 12)).explain()


@pytest.mark.django_db
@pytest.mark.parametrize("moment", [at(8, 12), datetime(2028, 1, 1, 12, tzinfo=CITY_ZONE)])
def test_a_moment_outside_the_year_is_judged_from_the_text(moment: datetime) -> None:
    make_place("market", opening_hours="Mo-Su 08:00-22:00")
    schedules.work_out(on=TODAY)
    assert schedules.states(moment) == {Key("Mo-Su 08:00-22:00"): "open"}


@pytest.mark.django_db
def test_the_page_of_a_place_whose_twin_is_shown_knows_its_hours_too() -> None:
    make_place("twin", live=False, opening_hours="Mo-Su 00:00-24:00")
    assert Place.objects.published().with_open(timezone.now()).get().open is True


@pytest.mark.django_db
def test_every_night_the_year_moves_on_and_texts_nobody_says_are_forgotten() -> None:
    make_place("market", opening_hours="Mo-Su 08:00-22:00")
    make_place("inn", opening_hours="24/7")
    assert schedules.work_out(on=TODAY) == 2
    assert schedules.work_out(on=TODAY) == 0
    Place.objects.filter(code="inn").delete()
    assert schedules.work_out(on=TODAY + timedelta(days=1)) == 1
    [schedule] = Schedule.objects.all()
    assert (schedule.first, schedule.last) == (TODAY, TODAY + timedelta(days=367))
    assert schedules.work_out_anew(on=TODAY) == 1


@pytest.mark.django_db
def test_a_publication_covers_its_hours_and_one_job_waits_for_the_night() -> None:
    make_place("market", opening_hours="Mo-Su 08:00-22:00", edition=make_edition())
    for _again in range(2):
        tasks.cover([])
    assert Schedule.objects.filter(text="Mo-Su 08:00-22:00", readable=True).exists()
    waiting = DBTaskResult.objects.filter(task_path=tasks.work_out_hours.module_path)
    assert waiting.count() == 1
    assert waiting.get().run_after is not None
