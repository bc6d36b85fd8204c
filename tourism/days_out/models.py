"""Ready-made days of the tourist office."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tourism.days_out.asked import LONGEST, SHORTEST
from tourism.days_out.modes import MODES


class ReadyRoute(models.Model):
    """A day out the tourist office proposes; the public sees it while it is published."""

    title_vi = models.CharField(max_length=150)
    title_en = models.CharField(max_length=150, blank=True)
    description_vi = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    mode = models.CharField(max_length=20, choices=[(mode.id, mode.label) for mode in MODES.values()], default="walk")
    published = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title_vi

    def title_in(self, language: str) -> tuple[str, str]:
        """Return the title and the language it is in: Vietnamese where there is no English one."""
        return (self.title_en, "en") if language == "en" and self.title_en else (self.title_vi, "vi")

    def description_in(self, language: str) -> tuple[str, str]:
        """Return the description and the language it is in."""
        return (self.description_en, "en") if language == "en" and self.description_en else (self.description_vi, "vi")


class RouteStop(models.Model):
    """One stop of a ready-made day; `place` is the code of a place, which outlives its editions."""

    route = models.ForeignKey(ReadyRoute, models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, help_text=_("Code of the place: the end of the address of its page"))
    stay_minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
        help_text=_("Empty: as usual for its kind"),
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["route", "place"], name="stop_once")]

    def __str__(self) -> str:
        return self.place
