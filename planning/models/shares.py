"""Shares: how much of a parcel lies in which areas of which plan, computed once and kept."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tiles.models import Edition


class Share(models.Model):
    """One parcel in one plan; areas in m² (EPSG:5899). A parcel the plan does not concern has no row.

    Written by `planning.shares` alone. sum(areas_m2) + gap_m2 - overlap_m2 is the parcel's area.
    """

    # Plain numbers: rows of editions never change, and the pair's record below goes with its editions.
    parcel_id = models.BigIntegerField(db_index=True)
    plan_edition_id = models.BigIntegerField()
    area_ids = ArrayField(models.BigIntegerField())
    areas_m2 = ArrayField(models.FloatField())
    gap_m2 = models.FloatField()
    overlap_m2 = models.FloatField()
    slivers_m2 = models.FloatField()


class SharesOf(models.Model):
    """The record that all shares of a parcel edition in a plan edition are computed."""

    parcel_edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    plan_edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "shares of"
        constraints = [models.UniqueConstraint(fields=["parcel_edition", "plan_edition"], name="shares_once")]
