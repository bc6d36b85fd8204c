"""What takes place in the city: events as the tourist office keeps them, with every version they had.

`tourism.events.changes` is the only writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from uuid import uuid4

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from portal.calendar import CITY_ZONE
from tiles.models import LayerRow
from tourism.events import recurrence
from tourism.events.recurrence import RuleError, Timing
from tourism.models import Folded, Place
from tourism.querysets import matching

YEARS = range(2000, 2101)
LONGEST = timedelta(days=366)
# A field and what is wrong with it.
Reasons = Iterator[tuple[str, Any]]


class EventQuerySet(models.QuerySet["Event"]):
    """Events; every chain for the public starts with `public()`."""

    def public(self) -> Self:
        """Events the public sees: published ones, and cancelled ones with their reason."""
        return self.filter(state__in=(Event.State.PUBLISHED, Event.State.CANCELLED))

    def between(self, since: datetime, until: datetime) -> Self:
        """Events that may take place between two moments; their rule says whether they do."""
        return self.filter(Q(last_end=None) | Q(last_end__gt=since), starts__lt=until)

    def matching(self, text: str) -> Self:
        """Events whose name holds `text`, without regard to diacritics; when none does, names alike."""
        return matching(self.alias(name_fold=Folded(Concat("name_vi", Value(" "), "name_en"))), text)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    model_name="EventVersion",
    append_only=True,
    meta={"default_permissions": ()},
    attrs={"__str__": lambda version: version.pgh_label},
)
class Event(models.Model):
    """A festival, a concert, a market night: `code` is its address on the site and never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")

    code = models.SlugField(_("code"), max_length=80, unique=True, help_text=_("Its address; it never changes."))
    # Calendars know an event by it, whatever the site is called.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    reason_vi = models.CharField(_("why it is cancelled, in Vietnamese"), max_length=250, blank=True)
    reason_en = models.CharField(_("why it is cancelled, in English"), max_length=250, blank=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    description_vi = models.TextField(_("description in Vietnamese"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    all_day = models.BooleanField(_("all day"), default=False, help_text=_("The times of day below do not count then."))
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"), help_text=_("All day: any time of the last day."))
    rule = models.CharField(
        _("repeats"),
        max_length=250,
        blank=True,
        help_text=_("A rule of RFC 5545 such as FREQ=WEEKLY;BYDAY=FR,SA,SU;UNTIL=20271231; empty: it does not repeat."),
    )
    left_out = ArrayField(
        models.DateField(),
        verbose_name=_("days left out"),
        default=list,
        blank=True,
        help_text=_("Days on which it does not take place, parted by commas, such as 2026-12-24,2026-12-31."),
    )
    place = models.CharField(
        _("place of the register"), max_length=120, blank=True, help_text=_("Code of the place, as in its address.")
    )
    address = models.CharField(
        _("address"), max_length=250, blank=True, help_text=_("Where, when it is at no place of the register.")
    )
    lon = models.FloatField(_("longitude"), null=True, blank=True, help_text=_("Degrees, such as 108.4369."))
    lat = models.FloatField(_("latitude"), null=True, blank=True, help_text=_("Degrees, such as 11.9429."))
    free = models.BooleanField(_("free of charge"), default=False)
    price_vi = models.CharField(_("price in Vietnamese"), max_length=100, blank=True)
    price_en = models.CharField(_("price in English"), max_length=100, blank=True)
    organiser_vi = models.CharField(_("organiser in Vietnamese"), max_length=150, blank=True)
    organiser_en = models.CharField(_("organiser in English"), max_length=150, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.CharField(
        _("website"), max_length=200, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    source = models.CharField(_("source"), max_length=250, help_text=_("Who said so, and where."))
    # Worked out by the writer: for the index, and for calendars.
    last_end = models.DateTimeField(null=True, editable=False)
    changed = models.DateTimeField(editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts", "code"]
        default_permissions = ("view", "add", "change")
        indexes = [models.Index(fields=["last_end"])]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def timing(self) -> Timing:
        """When it takes place; all day from midnight to midnight."""
        begin, end = self.starts.astimezone(CITY_ZONE), self.ends.astimezone(CITY_ZONE)
        if self.all_day:
            begin, end = _midnight(begin.date()), _midnight(end.date() + timedelta(days=1))
        return Timing(begin=begin, end=end, rule=self.rule, left_out=frozenset(self.left_out))

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place, as everybody is told."""
        return self.state == self.State.CANCELLED

    @property
    def dial(self) -> str:
        """The number as a telephone dials it."""
        return re.sub(r"[^\d+]", "", self.phone)

    def text(self, field: str, language: str) -> tuple[str, str]:
        """Return a text such as "description" and the language it is in: the other one where there is none."""
        other = "vi" if language == "en" else "en"
        chosen = getattr(self, f"{field}_{language}")
        return (chosen, language) if chosen else (getattr(self, f"{field}_{other}"), other)

    def clean(self) -> None:
        """Refuse what cannot be, each reason beside its field."""
        checks = (self._check_state, self._check_time, self._check_rule, self._check_where)
        if errors := {field: reason for check in checks for field, reason in check()}:
            raise ValidationError(errors)

    def _check_state(self) -> Reasons:
        before = Event.objects.filter(pk=self.pk).values_list("state", flat=True).first()
        if self.state == self.State.DRAFT and before in (self.State.PUBLISHED, self.State.CANCELLED):
            yield "state", _("The public knows this event: cancel it with a reason instead.")
        for field in ("reason_vi", "reason_en"):
            if self.is_cancelled and not getattr(self, field):
                yield field, _("Say in both languages why it is cancelled.")

    def _check_time(self) -> Reasons:
        if self.starts is None or self.ends is None:
            return
        if self.starts.year not in YEARS or self.ends.year not in YEARS:
            yield "starts", _("Give a year from 2000 to 2100.")
        elif self.timing.end <= self.timing.begin:
            yield "ends", _("The event ends before it begins. Correct one of the two.")
        elif self.timing.end - self.timing.begin > LONGEST:
            yield "ends", _("One event lasts a year at most. Use a rule when it repeats.")

    def _check_rule(self) -> Reasons:
        if not self.rule or self.starts is None or self.ends is None or self.starts.year not in YEARS:
            return
        try:
            self.rule = recurrence.parse_rule(self.rule, begin=self.timing.begin)
        except RuleError as error:
            yield "rule", str(error)
            return
        if recurrence.next_occurrence(self.timing, self.timing.begin) is None:
            yield "left_out", _("Every day is left out, so the event never takes place.")

    def _check_where(self) -> Reasons:
        if self.place:
            if not Place.objects.live().filter(code=self.place).exists():
                said = _("The register has no place “%(code)s”. Copy the code from the address of the place's page.")
                yield "place", said % {"code": self.place}
        elif not self.address or self.lon is None or self.lat is None:
            yield "address", _("Name a place of the register, or give an address with its point.")
        elif not (107.5 <= self.lon <= 109.5 and 11 <= self.lat <= 13):
            yield "lon", _("This point is far outside the city. Longitude is about 108, latitude 12.")


class EventMark(LayerRow):
    """What the map shows of an event the public sees: a view of events and of where their places are."""

    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    # From when nobody says: an event to come is one on every day before it, until it is over.
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)

    class Meta:
        managed = False
        default_permissions = ()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CITY_ZONE)
