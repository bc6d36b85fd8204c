"""Lines of a plan that bind a parcel, and how much of each parcel lies behind them."""

from __future__ import annotations

from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from tiles.models import SURVEY_SRID, EditionRow


class PlanLine(EditionRow):
    """A red line, a building line or a protection corridor of a construction plan, with the strip it binds.

    `strip` is drawn while the edition is staged (`planning.strips`); null when the road is not on the map or the
    width is not stated: then a parcel is told only that the line crosses it.
    """

    class Kind(models.TextChoices):
        # Chỉ giới đường đỏ, ChiGioiDuongDo_L: the limit between the road and the land beside it.
        ROAD = "road-line", _("red line of the road")
        # Chỉ giới xây dựng, ChiGioiXayDung_L: how near to the road a building may come.
        BUILDING = "building-line", _("building line")
        # Hành lang an toàn, HanhLangAnToan_L.
        CORRIDOR = "corridor", _("protection corridor")

    kind = models.CharField(max_length=20, choices=Kind, db_default=Value(""))
    reference = models.CharField(max_length=100, db_default=Value(""))
    # Of a red or building line the road's, of a corridor the protected thing's.
    name = models.CharField(max_length=150, db_default=Value(""))
    category = models.CharField(max_length=250, db_default=Value(""))
    # Red line: from red line to red line. Building line: back from the red line. Corridor: to each side of the line.
    width_m = models.FloatField(null=True)
    note = models.CharField(max_length=250, db_default=Value(""))
    strip = GeometryField(srid=SURVEY_SRID, spatial_index=False, null=True)

    class Meta(EditionRow.Meta):
        pass


class LineShare(models.Model):
    """One parcel in the strips of one kind of line of a plan: m² (EPSG:5899), null where no strip could be drawn.

    Written by `planning.lines` alone, together with the shares. A parcel no line concerns has no row.
    """

    parcel_id = models.BigIntegerField(db_index=True)
    plan_edition_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    line_ids = ArrayField(models.BigIntegerField())
    area_m2 = models.FloatField(null=True)
