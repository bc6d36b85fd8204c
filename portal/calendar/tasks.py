"""What the worker does for the calendar."""

from datetime import time

from django.utils import timezone
from django_tasks import task

from portal import nightly
from portal.calendar import CITY_ZONE, table

NIGHT = time(1, 0)


@task()
def fill_nightly() -> int:
    """Fill the calendar ahead, and again next night; returns how many days changed."""
    return fill_now()


def fill_now() -> int:
    """Fill the years around now and see to it that it is done next night; returns how many days changed."""
    now = timezone.now()
    nightly.keep(fill_nightly, at=NIGHT, now=now)
    return table.fill(on=timezone.localdate(now, CITY_ZONE), now=now)
