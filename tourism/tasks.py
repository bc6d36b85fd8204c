"""What the worker does for places."""

from datetime import time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from portal import nightly
from portal.calendar import CITY_ZONE
from tiles import revisions
from tiles.models import Edition
from tourism import schedules
from tourism.matching import queue

NIGHT = time(1, 30)


@task()
def work_out_hours() -> int:
    """Work out opening hours for the coming year, and again every night; returns how many texts were."""
    now = timezone.now()
    nightly.keep(work_out_hours, at=NIGHT, now=now)
    return schedules.work_out(on=timezone.localdate(now, CITY_ZONE))


@task()
def work_out_hours_anew() -> int:
    """Work out all opening hours again, as after an edit of the calendar; returns how many were."""
    now = timezone.now()
    with transaction.atomic():
        count = schedules.work_out_anew(on=timezone.localdate(now, CITY_ZONE))
        # What was answered before the edit is answered no more.
        if revisions.current("places"):
            revisions.grow("places", by=None, reason="calendar", now=now)
    return count


def hear_of_days(sender: Any, **kwargs: Any) -> None:
    """Let the worker work out hours anew when days of the calendar changed: the job is a row of the transaction."""
    work_out_hours_anew.enqueue()


def cover(editions: list[Edition]) -> None:
    """Match the places of a publication and work out their hours, inside its transaction."""
    now = timezone.now()
    queue.propose()
    queue.show_once()
    nightly.keep(work_out_hours, at=NIGHT, now=now)
    schedules.work_out(on=timezone.localdate(now, CITY_ZONE))
