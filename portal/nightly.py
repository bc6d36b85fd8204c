"""Jobs the worker does every night. A leaf: any package may use it."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from portal.calendar import CITY_ZONE


def keep(job: Task[Any, Any], *, at: time, now: datetime) -> None:
    """See to it that a job is done next night: one waits, however often this is called.

    A job calls it first of all, so that one night's fault does not end all nights.
    """
    if not DBTaskResult.objects.filter(task_path=job.module_path, status=TaskResultStatus.READY).exists():
        tomorrow = timezone.localdate(now, CITY_ZONE) + timedelta(days=1)
        job.using(run_after=datetime.combine(tomorrow, at, CITY_ZONE)).enqueue()
