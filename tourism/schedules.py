"""Opening hours worked out for the coming year: what is open at a moment becomes a question to an index.

This module is the only writer of schedules and their spans. They follow from the texts of live places and the calendar;
a moment they do not cover is judged from the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from portal.calendar import CITY_ZONE
from tourism import hours
from tourism.models import Place, Schedule
from tourism.sql import add_spans, open_states

AHEAD = timedelta(days=366)
BEHIND = timedelta(days=1)


@transaction.atomic
def work_out(*, on: date) -> int:
    """Work out the texts of live places that are not covered for a year from a date; returns how many were.

    What no live place says any more is forgotten.
    """
    texts = _texts_in_use()
    Schedule.objects.exclude(text__in=texts).delete()
    first, last = on - BEHIND, on + AHEAD
    covered = set(Schedule.objects.filter(first__lte=on, last__gte=last).values_list("text", flat=True))
    return _write(texts - covered, first, last)


@transaction.atomic
def work_out_anew(*, on: date) -> int:
    """Work out all texts again, as when the calendar changed; returns how many were."""
    Schedule.objects.all().delete()
    return work_out(on=on)


def states(moment: datetime) -> dict[str, bool | None]:
    """Return for every text that live places have whether it means open at a moment; None: nobody knows."""
    day = moment.astimezone(CITY_ZONE).date()
    return {
        text: _state(readable, known) if covers else hours.is_open(text, moment)
        for text, readable, covers, known in open_states(day=day, moment=moment)
    }


def _state(readable: bool, known: bool | None) -> bool | None:
    if not readable:
        return None
    return False if known is None else known or None


def _texts_in_use() -> set[str]:
    return set(Place.objects.live().order_by().values_list("opening_hours", flat=True).distinct())


def _write(texts: Iterable[str], first: date, last: date) -> int:
    Schedule.objects.filter(text__in=texts).delete()
    rows = [Schedule(text=text, first=first, last=last, readable=hours.is_readable(text)) for text in sorted(texts)]
    schedules = Schedule.objects.bulk_create(rows)
    spans = [(schedule.pk, one) for schedule in schedules for one in hours.spans(schedule.text, first, last)]
    add_spans(
        schedules=[schedule for schedule, _one in spans],
        begins=[one.begin for _schedule, one in spans],
        ends=[one.end for _schedule, one in spans],
        known=[one.known for _schedule, one in spans],
    )
    return len(schedules)
