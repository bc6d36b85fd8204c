"""Photos of places: who made each, under which licence, and what it shows in words.

`tourism.photos.changes` is the only writer; every version is kept, and a photo is hidden, never deleted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

# Name of a size and its longest side in pixels; the largest first.
SIZES: Final = {"large": 1600, "small": 640}


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Photos; every chain for the public starts with `shown()`."""

    def shown(self) -> Self:
        """Photos everybody sees."""
        return self.filter(hidden=False)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Photos everybody sees; those who keep the places see the hidden ones too."""
        return self.all() if user.has_perm("tourism.change_place") else self.shown()


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    model_name="PhotoVersion",
    append_only=True,
    meta={"default_permissions": ()},
    attrs={"__str__": lambda version: version.pgh_label},
)
class Photo(models.Model):
    """A photo of a place, made anew from the pixels of what was sent; it belongs to the place's code."""

    class Licence(models.TextChoices):
        CC_BY = "CC-BY-4.0", "CC BY 4.0"
        CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
        CC0 = "CC0-1.0", "CC0 1.0"
        CITY = "city", _("own work of the city")

    # Where the words of a licence are read; told as text, never loaded.
    LICENCE_TEXTS: Final = {
        Licence.CC_BY: "creativecommons.org/licenses/by/4.0/",
        Licence.CC_BY_SA: "creativecommons.org/licenses/by-sa/4.0/",
        Licence.CC0: "creativecommons.org/publicdomain/zero/1.0/",
    }

    place = models.CharField(max_length=120)
    # Its name in the storage and in its address; it cannot be guessed.
    token = models.CharField(max_length=40, unique=True)
    # SHA-256 of the file that was sent.
    digest = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    small_width = models.PositiveSmallIntegerField()
    small_height = models.PositiveSmallIntegerField()
    author = models.CharField(max_length=150)
    licence = models.CharField(max_length=20, choices=Licence)
    source = models.CharField(max_length=250)
    alt_vi = models.CharField(max_length=250, blank=True)
    alt_en = models.CharField(max_length=250, blank=True)
    taken_on = models.DateField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    hidden = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "digest"], name="photo_once"),
            # Nobody is shown what those who cannot see are not told.
            models.CheckConstraint(condition=Q(hidden=True) | ~Q(alt_vi=""), name="photo_shown_is_told"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.alt_vi or self.token}"

    @property
    def large(self) -> str:
        """Address of the large picture."""
        return reverse("place_photo", args=[self.token, "large"])

    @property
    def small(self) -> str:
        """Address of the small picture."""
        return reverse("place_photo", args=[self.token, "small"])

    @property
    def licence_text(self) -> str:
        """Where the words of the licence are read; "" for the city's own."""
        return self.LICENCE_TEXTS.get(self.Licence(self.licence), "")

    def name(self, size: str) -> str:
        """Return its name in the storage."""
        return f"places/{self.token[:2]}/{self.token}-{size}.webp"

    def alt_in(self, language: str) -> tuple[str, str]:
        """Return what it shows and the language that is in: Vietnamese where there is no English text."""
        return (self.alt_en, "en") if language == "en" and self.alt_en else (self.alt_vi, "vi")


def versions_of(place: str) -> Any:
    """Return every version of the photos of a place, the latest first."""
    return PhotoVersion.objects.filter(place=place).select_related("pgh_context").order_by("-pgh_id")


# Made by the library from the fields of a photo.
PhotoVersion: Any = Photo.pgh_event_model  # type: ignore[attr-defined]
