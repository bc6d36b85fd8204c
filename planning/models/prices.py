"""Price tables: what a square metre is worth, by street segment and position."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value

from planning.models.base import folded, trigrams
from planning.querysets import DatedQuerySet
from tiles.models import EditionRow


class StreetSegment(EditionRow):
    """One row of a price table: a street from one crossing to another, VND per m² of positions 1 to 4."""

    street = models.CharField(max_length=150)
    street_fold = folded("street")
    from_street = models.CharField(max_length=150, db_default=Value(""))
    to_street = models.CharField(max_length=150, db_default=Value(""))
    price_1 = models.BigIntegerField()
    price_2 = models.BigIntegerField(null=True)
    price_3 = models.BigIntegerField(null=True)
    price_4 = models.BigIntegerField(null=True)
    decision = models.CharField(max_length=250, db_default=Value(""))
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()  # type: ignore[misc]

    class Meta(EditionRow.Meta):
        indexes = [
            *EditionRow.Meta.indexes,
            trigrams("street_fold", "segment_live_street"),
            # The street of a road beside a parcel, whole: by its trigrams that takes ten times as many pages.
            models.Index(fields=["street_fold"], condition=Q(live=True), name="segment_live_street_fold"),
        ]

    @property
    def prices(self) -> tuple[int | None, ...]:
        """VND per m² of positions 1 to 4; None where the table is blank."""
        return self.price_1, self.price_2, self.price_3, self.price_4
