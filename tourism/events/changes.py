"""The only writer of events: every change is checked, counted and kept with who made it."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.contrib.auth.models import AbstractUser
from django.db import transaction

from tourism.events import recurrence
from tourism.events.models import Event


@transaction.atomic
def save(event: Event, *, by: AbstractUser, now: datetime) -> Event:
    """Write a new or changed event; raises ValidationError with the reason beside each field."""
    event.full_clean()
    event.last_end = recurrence.last_end(event.timing)
    event.changed = now
    # Calendars take over what has a higher number than before.
    event.sequence += 0 if event.pk is None else 1
    with pghistory.context(user=by.pk, username=by.get_username()):
        event.save()
    return event
