"""Forgetting what is kept no longer: addresses never confirmed, letters sent long ago; every night, by the worker."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django_tasks import task

from portal import nightly
from portal.follow import outbox
from portal.follow.models import Follow, Letter

KEEP_UNCONFIRMED: Final = timedelta(days=7)
KEEP_SENT: Final = timedelta(days=30)
NIGHT: Final = time(2, 0)


def tidy(*, now: datetime) -> dict[str, int]:
    """Delete addresses that were never confirmed and letters sent long ago; returns how many of each."""
    unconfirmed = Follow.objects.filter(confirmed=None, created__lt=now - KEEP_UNCONFIRMED)
    sent = Letter.objects.filter(sent__lt=now - KEEP_SENT)
    gone = {"follows": unconfirmed.count(), "letters": sent.count()}
    unconfirmed.delete()
    sent.delete()
    return gone


@task()
def tidy_nightly() -> dict[str, int]:
    """Tidy, have sent what still waits, and again next night; returns how many addresses and letters are gone."""
    now = timezone.now()
    keep_tidying(now=now)
    outbox.send.enqueue()
    return tidy(now=now)


def keep_tidying(*, now: datetime) -> None:
    """See to it that it is tidied next night."""
    nightly.keep(tidy_nightly, at=NIGHT, now=now)
