"""The nouns of publishing: dataset, delivery, edition, issue, revision, and the rows of a layer.

States are written by `tiles.editions` and revisions by `tiles.revisions`, nowhere else.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiles import states
from tiles.geometry import SURVEY_SRID, TILE_SRID, System, reproject_coordinates


class Dataset(models.Model):
    """One thing that is delivered as a whole and replaced as a whole."""

    layer = models.CharField(max_length=40)
    code = models.SlugField(max_length=60)
    title_vi = models.CharField(max_length=250)
    title_en = models.CharField(max_length=250, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["layer", "code"], name="dataset_of_layer")]
        ordering = ["layer", "code"]

    def __str__(self) -> str:
        return f"{self.layer}/{self.code}"


class Delivery(models.Model):
    """One file a supplier handed over, kept whole under its SHA-256; the same file twice is the same delivery."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="deliveries")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=250)
    size = models.BigIntegerField()
    supplier = models.CharField(max_length=250, blank=True)
    licence = models.CharField(max_length=250, blank=True)
    received = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["dataset", "sha256"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.sha256[:12]}"


class Edition(models.Model):
    """All rows of one dataset from one delivery, and its state."""

    class State(models.TextChoices):
        STAGED = states.STAGED, _("staged")
        CHECKED = states.CHECKED, _("checked")
        APPROVED = states.APPROVED, _("approved")
        LIVE = states.LIVE, _("live")
        RETIRED = states.RETIRED, _("retired")
        REJECTED = states.REJECTED, _("rejected")

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="editions")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="editions")
    state = models.CharField(max_length=10, choices=State, default=State.STAGED)
    content_sha256 = models.CharField(max_length=64, blank=True)
    # How the file was read: coordinate system, encoding, columns, accepted repairs. What was read is its result.
    reading = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    staged = models.DateTimeField()
    staged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_sha256 = models.CharField(max_length=64, blank=True)
    published = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset"], condition=Q(state="live"), name="one_live_edition"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "live", "retired"])
                | (Q(approved_sha256=models.F("content_sha256")) & ~Q(approved_by=models.F("staged_by"))),
                name="approved_by_another_person",
            ),
        ]
        indexes = [models.Index(fields=["dataset", "state"])]

    def __str__(self) -> str:
        return f"{self.dataset} #{self.pk} {self.state}"


class Issue(models.Model):
    """One thing wrong with a row or an edition: code, level, who must act, row, place, message."""

    class Level(models.TextChoices):
        ERROR = "error", _("error")
        WARNING = "warning", _("warning")
        NOTE = "note", _("note")

    class Actor(models.TextChoices):
        SUPPLIER = "supplier", _("supplier")
        PLANNER = "planner", _("planner")
        NOBODY = "nobody", _("nobody")

    class Step(models.TextChoices):
        IMPORT = "import", _("import")
        CHECK = "check", _("check")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="issues")
    step = models.CharField(max_length=10, choices=Step, default=Step.IMPORT)
    code = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=Level)
    actor = models.CharField(max_length=10, choices=Actor, default=Actor.SUPPLIER)
    table = models.CharField(max_length=100, blank=True)
    # 1-based row of the file's table; null when the whole delivery is meant.
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=100, blank=True)
    # Values of the message, and the row as the file had it.
    values = models.JSONField(default=dict)
    original = models.JSONField(default=dict)
    place = models.PointField(srid=SURVEY_SRID, null=True)
    # What was done about it; empty: nothing was. A repair is never silent.
    repair = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["edition", "code"])]

    def __str__(self) -> str:
        return f"{self.code} row {self.row}"

    @property
    def blocks(self) -> bool:
        """Tell whether this issue keeps its edition from being approved."""
        return self.level == self.Level.ERROR and not self.repair


class Revision(models.Model):
    """The number of a layer's public state; grows at every publish, roll-back or edit."""

    layer = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    created = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=250)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")
    # What became of each dataset: [{"dataset": code, "before": edition or null, "after": edition or null}].
    # Kept here because an edition that is published again forgets when it was published first.
    datasets = models.JSONField(default=list)
    # WGS 84: west, south, east, north; null when the layer is empty.
    bounds = models.JSONField(null=True)
    rows = models.PositiveIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["layer", "number"], name="revision_of_layer")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.layer} r{self.number}"


class Polygons3857(models.Func):
    """The geometry as tiles need it: web Mercator, valid, outer rings clockwise, so that no tile transforms."""

    # Rounding makes a few outlines that are valid in the survey's system invalid here.
    template = (
        "ST_ForcePolygonCW(ST_CollectionExtract(ST_MakeValid(ST_Transform(%(expressions)s, 3857)),"
        " ST_Dimension(%(expressions)s) + 1))"
    )
    output_field = models.GeometryField(srid=TILE_SRID)


class LayerRowQuerySet(models.QuerySet[Any]):
    """Rows of a layer; `live` is the one word for what the public sees."""

    def live(self) -> Self:
        """Rows the public sees now."""
        return self.filter(live=True)

    def at(self, lon: float, lat: float) -> Self:
        """Live rows that cover a WGS 84 point."""
        # pyproj: a transformation by GEOS costs tens of milliseconds a call.
        ((x, y),) = reproject_coordinates(np.array([[lon, lat]]), System(4326), TILE_SRID)
        point = Point(x, y, srid=TILE_SRID)
        return self.live().filter(shape__intersects=point)


class LayerRow(models.Model):
    """A row of a layer: `geom` in EPSG:5899 as given, `shape` in EPSG:3857 for serving."""

    code = models.CharField(max_length=120)
    live = models.BooleanField(default=False)
    geom = models.GeometryField(srid=SURVEY_SRID, spatial_index=False, null=True)
    shape = models.GeneratedField(
        expression=Polygons3857(models.F("geom")),
        output_field=models.GeometryField(srid=TILE_SRID, spatial_index=False, null=True),
        db_persist=True,
    )

    objects = LayerRowQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(live=True), name="%(class)s_live_code"),
        ]
        # Rows of retired editions are in no index that a public question uses.
        indexes = [GistIndex(fields=["shape"], condition=Q(live=True), name="%(class)s_live_shape")]

    def __str__(self) -> str:
        return self.code


class EditionRowQuerySet(LayerRowQuerySet):
    """Rows that came by a delivery."""

    def of(self, edition: Edition) -> Self:
        """Rows of one edition, whatever its state."""
        return self.filter(edition=edition)


class EditionRow(LayerRow):
    """A row that came by a delivery; never changed after staging but for `live`."""

    # Without a constraint, which would be asked once a row, a tenth of an import: rows are written together with their
    # edition by one statement of the loader, and an edition is never deleted without its rows.
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    # 1-based row of the delivered table: every number answers "says who?".
    row = models.PositiveIntegerField(default=0)

    objects = EditionRowQuerySet.as_manager()  # type: ignore[misc]

    class Meta(LayerRow.Meta):
        abstract = True
        constraints = [
            *LayerRow.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "code"], name="%(class)s_edition_code"),
        ]
