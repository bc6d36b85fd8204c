"""Lineage: which parcel became which when land was split, merged or numbered anew."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from tiles.models import EditionRow


class ParcelLineage(EditionRow):
    """One step of one parcel code to another; a split has a row for each part, a merger for each origin."""

    class Kind(models.TextChoices):
        SPLIT = "split", _("split")
        MERGE = "merge", _("merger")
        RENUMBER = "renumber", _("new number")

    # Public codes; the predecessor is on the map no more.
    predecessor = models.CharField(max_length=58)
    successor = models.CharField(max_length=58)
    kind = models.CharField(max_length=10, choices=Kind)
    changed = models.DateField()
    document = models.CharField(max_length=250, db_default=Value(""))

    class Meta(EditionRow.Meta):
        indexes = [
            *EditionRow.Meta.indexes,
            models.Index(fields=["predecessor"], condition=Q(live=True), name="lineage_live_predecessor"),
            models.Index(fields=["successor"], condition=Q(live=True), name="lineage_live_successor"),
        ]
