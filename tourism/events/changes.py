"""The only writer of events: every change is checked, counted and kept with who made it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import pghistory
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from tiles import revisions
from tiles.models import Revision
from tourism.events import recurrence
from tourism.events.models import Event

if TYPE_CHECKING:
    from portal.accounts.models import User


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
    if event.state != Event.State.DRAFT:
        revisions.grow("events", by=cast("User", by), reason=event.code, now=now)
    return event


def follow_places(*, revision: Revision, **_signal: Any) -> None:
    """Draw the events anew where their places may have moved; heard inside the publication of the places."""
    # Hours, photos and the like move no place: only what was replaced as a whole does.
    if revision.layer == "places" and revision.datasets and Event.objects.public().exclude(place="").exists():
        revisions.grow("events", by=revision.by, reason="places", now=revision.created)


def draw_first(**_signal: Any) -> None:
    """Put events on the map that were written before it showed any."""
    if revisions.current("events") is None and Event.objects.public().exists():
        revisions.grow("events", by=None, reason="first", now=timezone.now())
