"""Places, and what the register says of them in further languages."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property

import numpy as np
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System, reproject_coordinates
from tiles.models import EditionRow
from tourism.models.hours import HOURS_FIELDS, MAIN
from tourism.phones import split_phones
from tourism.querysets import PlaceQuerySet
from tourism.record import PlaceRecord


class Folded(models.Func):
    """Text for comparison, as `portal.text.fold` makes it."""

    function = "city_fold"
    output_field = models.TextField()


class Place(PlaceRecord, EditionRow):
    """A hotel, a restaurant, an ATM, a hospital: `code` is its address on the site and never changes."""

    class Source(models.TextChoices):
        REGISTER = "register", _("the register")
        OSM = "osm", "OpenStreetMap"

    # Number of the register, or OpenStreetMap's element such as node/123; `code` is made of it and the dataset.
    reference = models.CharField(max_length=60)
    # Names, numbers, addresses and hours are as long as OpenStreetMap's values may be.
    name = models.CharField(max_length=255)
    name_en = models.CharField(max_length=255, db_default=Value(""))
    name_fold = models.GeneratedField(
        expression=Folded(Concat("name", Value(" "), "name_en")), output_field=models.TextField(), db_persist=True
    )
    category = models.CharField(max_length=40)
    group = models.CharField(max_length=40, db_default=Value(""))
    address = models.CharField(max_length=250, db_default=Value(""))
    phone = models.CharField(max_length=255, db_default=Value(""))
    website = models.CharField(max_length=255, db_default=Value(""))
    # OpenStreetMap's opening_hours as delivered; empty or unreadable: nobody knows.
    opening_hours = models.CharField(max_length=255, db_default=Value(""))
    stars = models.PositiveSmallIntegerField(null=True)
    price = models.CharField(max_length=100, db_default=Value(""))
    description = models.TextField(db_default=Value(""))
    description_en = models.TextField(db_default=Value(""))
    source = models.CharField(max_length=20, choices=Source, db_default=Value("register"))
    # The same syntax for parts of the place; empty: as the place.
    kitchen_hours = models.CharField(max_length=250, db_default=Value(""))
    ticket_hours = models.CharField(max_length=250, db_default=Value(""))
    last_entry_hours = models.CharField(max_length=250, db_default=Value(""))
    # When a person last looked, as delivered; `with_last_verified()` also knows what was recorded here.
    verified_on = models.DateField(null=True)

    objects = PlaceQuerySet.as_manager()  # type: ignore[misc]

    class Meta(EditionRow.Meta):
        indexes = [
            *EditionRow.Meta.indexes,
            GinIndex(OpClass(F("name_fold"), name="gin_trgm_ops"), condition=Q(live=True), name="place_live_name"),
            # A kind or group is a few per cent of all rows, which are wide.
            models.Index(
                fields=["category"],
                include=["id", "code", "geom", "opening_hours", "group"],
                condition=Q(live=True),
                name="place_live_category",
            ),
            models.Index(
                fields=["group"],
                include=["id", "code", "geom", "opening_hours"],
                condition=Q(live=True),
                name="place_live_group",
            ),
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

    @property
    def way_in(self) -> tuple[float, float]:
        """Longitude and latitude to which directions lead: the main entrance, else the place."""
        return self.entrance or self.lon_lat

    def name_in(self, language: str) -> tuple[str, str]:
        """Return the name and the language it is in: Vietnamese where there is no English name."""
        return (self.name_en, "en") if language == "en" and self.name_en else (self.name, "vi")

    def description_in(self, language: str) -> tuple[str, str]:
        """Return the description and the language it is in."""
        return (self.description_en, "en") if language == "en" and self.description_en else (self.description, "vi")

    def stars_expired_on(self, day: date) -> date | None:
        """Return the last day the stars' decision held, when that is before `day`."""
        return self.stars_until if self.stars and self.stars_until and self.stars_until < day else None

    def stars_on(self, day: date) -> int | None:
        """Return the stars that hold on a day."""
        return None if self.stars_expired_on(day) else self.stars

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
