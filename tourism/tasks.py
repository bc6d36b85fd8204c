"""What the worker does for places."""

from datetime import time

from django.utils import timezone
from django_tasks import task

from portal import nightly
from portal.calendar import CITY_ZONE
from tiles.models import Edition
from tourism import schedules

NIGHT = time(1, 30)


@task()
def work_out_hours() -> int:
    """Work out opening hours for the coming year, and again every night; returns how many texts were."""
    now = timezone.now()
    nightly.keep(work_out_hours, at=NIGHT, now=now)
    return schedules.work_out(on=timezone.localdate(now, CITY_ZONE))


def cover(editions: list[Edition]) -> None:
    """Work out the hours of a publication inside its transaction."""
    now = timezone.now()
    nightly.keep(work_out_hours, at=NIGHT, now=now)
    schedules.work_out(on=timezone.localdate(now, CITY_ZONE))
