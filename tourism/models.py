"""What a visitor may want: places and their categories."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property

import numpy as np
from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System, reproject_coordinates
from tiles.models import EditionRow
from tourism.hours import State
from tourism.phones import split_phones
from tourism.querysets import NoticeQuerySet, PlaceQuerySet
from tourism.record import PlaceRecord

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


class Folded(models.Func):
    """Text for comparison, as `portal.text.fold` makes it."""

    function = "city_fold"
    output_field = models.TextField()


class Category(models.Model):
    """A group of places (no `group`) or one of its kinds."""

    code = models.SlugField(max_length=40, primary_key=True)
    group = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="kinds")
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    schema_type = models.CharField(max_length=60, help_text=_("Type of schema.org, such as Hotel"))
    icon = models.CharField(max_length=40, help_text=_("Name of a Maki icon"))
    colour = models.CharField(max_length=7, blank=True, help_text=_("Colour of the group on the map, #rrggbb"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name_vi

    def clean(self) -> None:
        """Keep the tree two levels deep."""
        if self.group is not None and self.group.group_id is not None:
            raise ValidationError({"group": _("Choose a group, not a kind.")})

    def name(self, language: str) -> str:
        """Return the name in "vi" or "en"."""
        return self.name_en if language == "en" else self.name_vi

    @classmethod
    def tree(cls, language: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Return (code, name, kinds as (code, name)) of every group."""
        everything = list(cls.objects.all())
        return [
            (
                group.code,
                group.name(language),
                [(kind.code, kind.name(language)) for kind in everything if kind.group_id == group.code],
            )
            for group in everything
            if group.group_id is None
        ]


class Place(PlaceRecord, EditionRow):
    """A hotel, a restaurant, an ATM, a hospital: `code` is its address on the site and never changes."""

    class Source(models.TextChoices):
        REGISTER = "register", _("the register")
        OSM = "osm", "OpenStreetMap"

    # Number of the register, or OpenStreetMap's element such as node/123; `code` is made of it and the dataset.
    reference = models.CharField(max_length=60)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, db_default=Value(""))
    name_fold = models.GeneratedField(
        expression=Folded(Concat("name", Value(" "), "name_en")), output_field=models.TextField(), db_persist=True
    )
    category = models.CharField(max_length=40)
    group = models.CharField(max_length=40, db_default=Value(""))
    address = models.CharField(max_length=250, db_default=Value(""))
    phone = models.CharField(max_length=100, db_default=Value(""))
    website = models.CharField(max_length=250, db_default=Value(""))
    # OpenStreetMap's opening_hours as delivered; empty or unreadable: nobody knows.
    opening_hours = models.CharField(max_length=250, db_default=Value(""))
    stars = models.PositiveSmallIntegerField(null=True)
    price = models.CharField(max_length=100, db_default=Value(""))
    description = models.TextField(db_default=Value(""))
    description_en = models.TextField(db_default=Value(""))
    source = models.CharField(max_length=20, choices=Source, db_default=Value("register"))
    # The same syntax for parts of the place; empty: as the place.
    kitchen_hours = models.CharField(max_length=250, db_default=Value(""))
    ticket_hours = models.CharField(max_length=250, db_default=Value(""))
    last_entry_hours = models.CharField(max_length=250, db_default=Value(""))
    # When a person last looked.
    verified_on = models.DateField(null=True)

    objects = PlaceQuerySet.as_manager()  # type: ignore[misc]

    class Meta(EditionRow.Meta):
        indexes = [
            *EditionRow.Meta.indexes,
            GinIndex(OpClass(F("name_fold"), name="gin_trgm_ops"), condition=Q(live=True), name="place_live_name"),
            # A kind or group is a few per cent of all rows, which are wide.
            models.Index(fields=["category"], condition=Q(live=True), name="place_live_category"),
            models.Index(fields=["group"], condition=Q(live=True), name="place_live_group"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def lon_lat(self) -> tuple[float, float]:
        """The entrance in WGS 84 degrees."""
        # A GEOS transformation is made anew each time, for 10 ms and more; this one is kept.
        here = np.array([self.geom.coords])  # type: ignore[union-attr]
        [[lon, lat]] = reproject_coordinates(here, System(SURVEY_SRID), LON_LAT_SRID)
        return float(lon), float(lat)

    @property
    def lon(self) -> float:
        """Longitude in WGS 84 degrees."""
        return self.lon_lat[0]

    @property
    def lat(self) -> float:
        """Latitude in WGS 84 degrees."""
        return self.lon_lat[1]

    def name_in(self, language: str) -> tuple[str, str]:
        """Return the name and the language it is in: Vietnamese where there is no English name."""
        return (self.name_en, "en") if language == "en" and self.name_en else (self.name, "vi")

    def description_in(self, language: str) -> tuple[str, str]:
        """Return the description and the language it is in."""
        return (self.description_en, "en") if language == "en" and self.description_en else (self.description, "vi")

    @property
    def phones(self) -> list[tuple[str, str]]:
        """Return each number as written and as a telephone dials it; "" when it is no telephone number."""
        return split_phones(self.phone)

    @property
    def schedules(self) -> dict[str, str]:
        """Return the texts of the place's hours by kind, the main ones first; of others only those it has."""
        texts = {kind: str(getattr(self, field)) for kind, field in HOURS_FIELDS.items()}
        return {kind: text for kind, text in texts.items() if text or kind == MAIN}

    @property
    def website_url(self) -> str:
        """Return the address when a browser may follow it, else ""."""
        return self.website if re.match(r"https?://[^\s/]", self.website) else ""


class PlaceText(EditionRow):
    """What the register says of a place in one more language (ISO 639): `place` is the place's code."""

    place = models.CharField(max_length=120)
    language = models.CharField(max_length=3)
    name = models.CharField(max_length=250)
    teaser = models.CharField(max_length=250, db_default=Value(""))
    description = models.TextField(db_default=Value(""))
    notes = models.TextField(db_default=Value(""))

    class Meta(EditionRow.Meta):
        indexes = [
            *EditionRow.Meta.indexes,
            models.Index(fields=["place", "language"], condition=Q(live=True), name="placetext_live"),
            # For the history: what retired editions said too.
            models.Index(fields=["place"], name="placetext_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place} ({self.language}): {self.name}"


def languages() -> list[str]:
    """Return the languages in which the register says something, Vietnamese and English first."""
    further = PlaceText.objects.live().order_by("language").values_list("language", flat=True).distinct()
    return ["vi", "en", *(language for language in further if language not in ("vi", "en"))]


class PlaceChange(models.Model):
    """When what is published of a place last changed, or when it left the public map (`gone`)."""

    code = models.CharField(max_length=120, primary_key=True)
    changed = models.DateTimeField(db_index=True)
    gone = models.BooleanField()
    digest = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.code}: {'gone' if self.gone else 'changed'} {self.changed}"


class Schedule(models.Model):
    """A text of opening hours, worked out from the first day to the last: of all places that have it, or of one.

    One place's own, named by its code and `kind` of hours, takes into account what notices say of it.
    """

    place = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=250)
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


class Visits(models.Model):
    """How often a page was opened on a day, in a language."""

    day = models.DateField()
    page = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "visits"
        constraints = [models.UniqueConstraint(fields=["day", "page", "language"], name="visits_of_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.page} {self.language}: {self.count}"


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
    instead_of = models.CharField(max_length=250, blank=True)
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


class Match(models.Model):
    """A place of the register and one of OpenStreetMap that may be the same; written by `tourism.matching.queue`."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("to be reviewed")
        ACCEPTED = "accepted", _("the same")
        REFUSED = "refused", _("not the same")

    # Codes, not rows: an answer outlives the editions it was given on.
    register = models.CharField(max_length=120)
    osm = models.CharField(max_length=120)
    score = models.FloatField()
    # Of tourism.matching.scoring: same, or uncertain.
    decision = models.CharField(max_length=20)
    # What each kind of evidence said: distance_m, name, phone, kind.
    evidence = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["register", "osm"], name="match_once"),
            # A place may have several elements, its building and a point in it; an element is one place's.
            models.UniqueConstraint(fields=["osm"], condition=Q(state="accepted"), name="match_accepted_once"),
        ]
        permissions = [("review_match", "Can say which places are the same")]

    def __str__(self) -> str:
        return f"{self.register} = {self.osm}: {self.state}"


# Django looks for the models of an app in this module only.
from tourism.days_out.models import ReadyRoute, RouteStop  # noqa: E402, F401
from tourism.photos.models import Photo  # noqa: E402, F401
