"""Hours worked out into spans, and what the tourist office says over the register's."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tourism.hours import State
from tourism.querysets import NoticeQuerySet

MAIN = "main"
HOURS_KINDS = [
    (MAIN, _("Opening hours")),
    ("kitchen", _("Kitchen")),
    ("tickets", _("Ticket desk")),
    ("last-entry", _("Last entry")),
]
# Kinds that are over when the place closes.
INSIDE = {"kitchen", "last-entry"}
# Where a place keeps each.
HOURS_FIELDS = {
    MAIN: "opening_hours",
    "kitchen": "kitchen_hours",
    "tickets": "ticket_hours",
    "last-entry": "last_entry_hours",
}


class Schedule(models.Model):
    """A text of opening hours, worked out from the first day to the last: of all places that have it, or of one.

    One place's own, named by its code and `kind` of hours, takes into account what notices say of it.
    """

    place = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=255)
    first = models.DateField()
    last = models.DateField()
    # False: no program can judge the text, so nobody knows.
    readable = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "place", "kind"], name="one_schedule")]

    def __str__(self) -> str:
        return self.text


class OpenSpan(models.Model):
    """When places of a schedule are not closed, and what they are instead."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="spans")
    span = DateTimeRangeField()
    state = models.CharField(
        max_length=12, choices=[(state.value, state.value) for state in State if state is not State.CLOSED]
    )

    class Meta:
        indexes = [GistIndex(fields=["span"], name="open_span")]

    def __str__(self) -> str:
        return f"{self.schedule}: {self.span}"


class HoursNotice(models.Model):
    """What the tourist office says of a place's hours, over the register: closed, or other hours, from day to day.

    It belongs to the place's code, so that no delivery undoes it. `tourism.notices` is its only writer; it is ended,
    never deleted or changed.
    """

    place = models.CharField(max_length=120)
    # The hours it is about; a closure is about all of them.
    kind = models.CharField(max_length=20, choices=HOURS_KINDS, blank=True)
    # What holds instead; empty: closed.
    text = models.CharField(max_length=250, blank=True)
    # What the register said when the notice was made.
    instead_of = models.CharField(max_length=255, blank=True)
    first = models.DateField()
    last = models.DateField(null=True)
    reason_vi = models.CharField(max_length=250)
    reason_en = models.CharField(max_length=250, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["place"], condition=Q(ended=None), name="notice_standing")]

    def __str__(self) -> str:
        return f"{self.place}: {self.text or 'closed'}"

    @property
    def closes(self) -> bool:
        """Tell whether the place is closed altogether."""
        return not self.text

    def is_over(self, on: date) -> bool:
        """Tell whether it holds on no day from `on` on."""
        return self.ended is not None or (self.last is not None and self.last < on)

    def reason_in(self, language: str) -> tuple[str, str]:
        """Return the reason and the language it is in: Vietnamese where there is no English one."""
        return (self.reason_en, "en") if language == "en" and self.reason_en else (self.reason_vi, "vi")
