"""Plans: the legal instruments, and the areas they draw."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from planning.models.base import folded
from planning.querysets import DatedQuerySet
from portal.text import told
from tiles.models import EditionRow


class Plan(EditionRow):
    """A plan in force; `geom` is its limit. One plan an edition: its areas carry the same edition."""

    class Level(models.TextChoices):
        GENERAL = "general", _("general plan")
        SUBDIVISION = "subdivision", _("subdivision plan")
        DETAILED = "detailed", _("detailed plan")
        LAND_USE = "land-use", _("land-use plan")

    layer = models.CharField(max_length=40, db_default=Value(""))
    title = models.CharField(max_length=250, db_default=Value(""))
    title_fold = folded("title")
    level = models.CharField(max_length=20, choices=Level, db_default=Value(""))
    # maHoSoQH of Circular 16/2025/TT-BXD: province, QHC|QPK|QCT, revisions, number.
    file_code = models.CharField(max_length=40, db_default=Value(""))
    decision = models.CharField(max_length=250, db_default=Value(""))
    decision_date = models.DateField(null=True)
    office = models.CharField(max_length=250, db_default=Value(""))
    scale = models.CharField(max_length=40, db_default=Value(""))
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    # Kinds of lines the plan draws, with commas; "" when it came without lines, which is not "no line here".
    line_kinds = models.CharField(max_length=100, db_default=Value(""))

    objects = DatedQuerySet.as_manager()  # type: ignore[misc]

    class Meta(EditionRow.Meta):
        indexes = [
            *EditionRow.Meta.indexes,
            # Which plans are in force is asked with every parcel; a plan's row is as large as its limit.
            models.Index(
                fields=["layer", "level"],
                include=["edition", "in_force_from", "in_force_until"],
                condition=Q(live=True),
                name="plan_live_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """Its title in the active language, as its dataset has it; rows that are listed select `edition__dataset`."""
        return told(self.title, self.edition.dataset.title_en)


class Zone(EditionRow):
    """An area of a construction plan (ChucNangSuDungDat_A) with its building indicators."""

    class Stage(models.TextChoices):
        EXISTING = "existing", _("existing")
        FIRST = "first", _("first phase")
        LONG_TERM = "long-term", _("long term")

    reference = models.CharField(max_length=100, db_default=Value(""))
    name = models.CharField(max_length=150, db_default=Value(""))
    use = models.CharField(max_length=20)
    use_name = models.CharField(max_length=250, db_default=Value(""))
    density_max_percent = models.FloatField(null=True)
    floors_max = models.PositiveSmallIntegerField(null=True)
    floor_area_ratio = models.FloatField(null=True)
    height_max_m = models.FloatField(null=True)
    setback_m = models.FloatField(null=True)
    stage = models.CharField(max_length=20, choices=Stage, db_default=Value(""))
    # Of its plan: the map draws a general plan fainter where a plan of more detail lies on it.
    level = models.CharField(max_length=20, choices=Plan.Level, db_default=Value(""))
    # Of its plan: a map of a date shows what was in force then.
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    note = models.CharField(max_length=250, db_default=Value(""))

    class Meta(EditionRow.Meta):
        pass


class LandUseArea(EditionRow):
    """An area of the land-use plan."""

    reference = models.CharField(max_length=100, db_default=Value(""))
    name = models.CharField(max_length=150, db_default=Value(""))
    use = models.CharField(max_length=20)
    use_name = models.CharField(max_length=250, db_default=Value(""))
    period = models.CharField(max_length=40, db_default=Value(""))
    # As the supplier states it; the measured area comes from the outline.
    area_stated_ha = models.FloatField(null=True)
    # Of its plan: a map of a date shows what was in force then.
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    note = models.CharField(max_length=250, db_default=Value(""))

    class Meta(EditionRow.Meta):
        pass
