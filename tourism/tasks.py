"""What the worker does for places."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from portal.calendar import CITY_ZONE
from tiles.models import Edition
from tourism import schedules

NIGHT = time(1, 30)


@task()
def work_out_hours() -> int:
    """Work out opening hours for the coming year, and again every night; returns how many texts were."""
    now = timezone.localtime(timezone.now(), CITY_ZONE)
    done = schedules.work_out(on=now.date())
    keep_working_out(now=now)
    return done


def keep_working_out(*, now: datetime) -> None:
    """See to it that hours are worked out next night: one job waits, however often this is called."""
    waiting = DBTaskResult.objects.filter(task_path=work_out_hours.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        tomorrow = timezone.localdate(now, CITY_ZONE) + timedelta(days=1)
        work_out_hours.using(run_after=datetime.combine(tomorrow, NIGHT, CITY_ZONE)).enqueue()


def cover(editions: list[Edition]) -> None:
    """Work out the hours of a publication inside its transaction."""
    now = timezone.now()
    schedules.work_out(on=timezone.localdate(now, CITY_ZONE))
    keep_working_out(now=now)
