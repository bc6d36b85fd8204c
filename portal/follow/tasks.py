"""What a publication, or a date of the law, sets going for followers."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django_tasks import task

from portal import nightly
from portal.calendar import CITY_ZONE
from portal.follow import follows
from portal.follow.facts import LAYERS
from tiles.models import Revision

# Plans, prices and projects begin and end with a day.
NIGHT = time(0, 10)


@task()
def tell() -> int:
    """Find the followers of what changed; returns how many letters are owed."""
    now = timezone.now()
    return follows.tell(on=timezone.localdate(now, CITY_ZONE), now=now)


@task()
def tell_nightly() -> int:
    """Find the followers of what the law began or ended, and again next night; returns how many letters are owed.

    Compared is with what each follower was told last: a night that was missed is caught up, and none tells twice.
    """
    now = timezone.now()
    keep_telling(now=now)
    return follows.tell(on=timezone.localdate(now, CITY_ZONE), now=now)


def keep_telling(*, now: datetime) -> None:
    """See to it that followers are told next night."""
    nightly.keep(tell_nightly, at=NIGHT, now=now)


def listen(sender: Any, *, revision: Revision, **kwargs: Any) -> None:
    """Let the worker tell followers of a publication, once it is committed: the job is a row of the transaction."""
    if revision.layer in LAYERS and revision.datasets:
        tell.enqueue()
