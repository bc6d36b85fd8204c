"""Who verified a place, and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Verification(models.Model):
    """That a person looked at a place on a day; `tourism.verifications` is its only writer."""

    place = models.CharField(max_length=120)
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The owner says so, by the link that `by` made.
    owner = models.BooleanField(default=False)
    made = models.DateTimeField()
    # It was wrong: it counts no more, and stays in the history.
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "day", "owner"], condition=Q(withdrawn=None), name="verified_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.day}"
