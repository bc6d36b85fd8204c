"""What a publication sets going for followers."""

from typing import Any

from django.utils import timezone
from django_tasks import task

from portal.follow import follows
from portal.follow.facts import LAYERS
from tiles.models import Revision


@task()
def tell() -> int:
    """Find the followers of what changed; returns how many letters are owed."""
    now = timezone.now()
    return follows.tell(on=timezone.localdate(now), now=now)


def listen(sender: Any, *, revision: Revision, **kwargs: Any) -> None:
    """Let the worker tell followers of a publication, once it is committed: the job is a row of the transaction."""
    if revision.layer in LAYERS and revision.datasets:
        tell.enqueue()
