"""Sending what the outbox holds, after the transaction that owes it. Nothing else writes a letter's `sent`."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from portal.follow.letters import message
from portal.follow.models import Letter

MAX_TRIES: Final = 8
RETRY_AFTER: Final = timedelta(minutes=5)
logger = logging.getLogger(__name__)


def send_due(*, now: datetime) -> tuple[int, int]:
    """Send what the outbox holds; returns how many went and how many are to be tried again.

    When the machine dies between sending and noting it, the letter goes once more, with the same Message-ID.
    """
    sent = left = 0
    due = Letter.objects.filter(sent=None, tries__lt=MAX_TRIES).order_by("created", "pk")
    for number in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("follow")
            letter = rows.filter(pk=number, sent=None).first()
            if letter is None:
                continue
            letter.tries += 1
            try:
                message(letter).send()
            except OSError:
                # smtplib's errors are OSErrors too. The text may hold the address, so it is not logged.
                logger.warning("letter %s could not be sent, try %s of %s", letter.pk, letter.tries, MAX_TRIES)
                left += letter.tries < MAX_TRIES
            else:
                letter.sent = now
                sent += 1
            letter.save(update_fields=["tries", "sent"])
    return sent, left


@task()
def send() -> int:
    """Send the outbox in the worker, and come back for what could not go; returns how many went."""
    now = timezone.now()
    sent, left = send_due(now=now)
    if left:
        send.using(run_after=now + RETRY_AFTER).enqueue()
    return sent
