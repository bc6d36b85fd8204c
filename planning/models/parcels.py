"""Parcels: pieces of land as the cadastral map numbers them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value

from planning.querysets import ParcelQuerySet
from tiles.models import EditionRow


class Parcel(EditionRow):
    """A piece of land: unit, map sheet (tờ bản đồ), parcel number (thửa), registered area, land code.

    `in_force_from`: when it was split off, merged or numbered anew, where that is known; `in_force_until`: its last
    day. One that has a last day is no more, and stands for the dates before.
    """

    # Code of the unit whose map sheets number the parcel: the old one for sheets made before a merger.
    ward = models.CharField(max_length=60, db_default=Value(""))
    sheet = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    area_registered_m2 = models.FloatField(null=True)
    land_use = models.CharField(max_length=60, db_default=Value(""))
    address = models.CharField(max_length=250, db_default=Value(""))
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)

    objects = ParcelQuerySet.as_manager()  # type: ignore[misc]

    class Meta(EditionRow.Meta):
        indexes = [
            *EditionRow.Meta.indexes,
            models.Index(fields=["sheet", "number", "ward"], condition=Q(live=True), name="parcel_live_number"),
            # Addresses are asked for by their beginning.
            models.Index(
                fields=["address"],
                opclasses=["varchar_pattern_ops"],
                condition=Q(live=True),
                name="parcel_live_address",
            ),
        ]
