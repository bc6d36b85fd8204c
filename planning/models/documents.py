"""Documents of plans: decisions, texts, drawings."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tiles.models import Dataset


class PlanDocument(models.Model):
    """A file that belongs to a plan, kept whole under its SHA-256. It outlives the plan's editions.

    Written by `planning.documents` alone.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="documents")
    # Part of the address: letters, digits, hyphens and one ending.
    name = models.CharField(max_length=100)
    title = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    added = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["dataset", "name"]
        constraints = [models.UniqueConstraint(fields=["dataset", "name"], name="document_of_plan")]

    def __str__(self) -> str:
        return f"{self.dataset.code}/{self.name}"
