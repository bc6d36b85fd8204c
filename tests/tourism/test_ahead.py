"""What texts of opening hours mean in the days ahead."""

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.calendar import CITY_ZONE
from portal.calendar.table import current
from tests.tourism.make import make_place
from tourism import hours
from tourism.ahead import AHEAD, hours_ahead

pytestmark = pytest.mark.django_db

TEXTS = ("24/7", "Mo-Su 08:00-17:00", "Fr-Sa 20:00-02:00", "Mo-Fr 08:00-12:00 open, 12:00-13:00 unknown", "ask us")


def judged(texts: dict[str, dict[str, list[list[str]]] | None], text: str, moment: datetime) -> bool | None:
    """Judge as the browser does."""
    spans = texts[text]
    holds = lambda span: datetime.fromisoformat(span[0]) <= moment < datetime.fromisoformat(span[1])  # noqa: E731
    if spans is None or any(map(holds, spans["unknown"])):
        return None
    return any(map(holds, spans["open"]))


def test_spans_say_what_the_hours_say_at_every_hour_of_a_fortnight() -> None:
    for number, text in enumerate(TEXTS):
        make_place(f"atm-{number}", opening_hours=text)
    now = timezone.now()
    answer = hours_ahead(now)
    first = now.astimezone(CITY_ZONE).replace(minute=0, second=0, microsecond=0)
    for text in TEXTS:
        for step in range(13 * 24):
            moment = first + timedelta(hours=step, minutes=30)
            assert judged(answer["texts"], text, moment) is hours.is_open(text, moment, current().is_holiday), (
                text,
                moment,
            )


def test_answer_holds_from_midnight_for_a_fortnight(client: Client) -> None:
    make_place(opening_hours="24/7")
    answer = client.get("/api/v1/opening-hours")
    body = json.loads(answer.content)
    since, until = (datetime.fromisoformat(body[name]) for name in ("from", "until"))
    assert until - since == AHEAD
    assert since.astimezone(CITY_ZONE).hour == 0
    assert since <= timezone.now() < until
    assert body["texts"]["24/7"]["open"]
    assert answer["Cache-Control"].startswith("public")
    assert client.get("/api/v1/opening-hours?days=3").status_code == 400


def test_text_that_no_program_can_judge_is_null() -> None:
    make_place(opening_hours="gọi trước")
    assert hours_ahead(timezone.now())["texts"]["gọi trước"] is None


def test_spans_by_appointment_are_named() -> None:
    make_place(opening_hours='Mo-Su 08:00-09:00 "by appointment"')
    [spans] = hours_ahead(timezone.now())["texts"].values()
    assert spans["appointment"] == spans["unknown"] != []
