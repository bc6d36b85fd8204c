"""Rules of land prices: each row is one line of a decision, dated as the price tables are."""

from __future__ import annotations

from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from planning.querysets import DatedQuerySet
from tiles.models import EditionRow


class PriceRule(EditionRow):
    """One line of the rules that lead from a row of a price table to a price; `planning.prices.rules` reads it."""

    class Kind(models.TextChoices):
        PLAN_500 = "plan-500", _("area with a 1/500 plan")
        POSITION = "position", _("position")
        ALLEY_SHARE = "alley-share", _("share of the street's price in an alley")
        AGRICULTURAL = "agricultural", _("agricultural land")
        UNUSED = "unused", _("unused land")
        USE = "use", _("use of the land")
        FRONTAGE = "frontage", _("extra frontage")
        FRONTAGE_CAP = "frontage-cap", _("most that extra frontages add")
        NARROW = "narrow", _("narrow frontage")
        HEIGHT = "height", _("height difference")
        EARTH_ALLEY = "earth-alley", _("earth alley")
        DISTANCE = "distance", _("distance to the street")
        DEPTH = "depth", _("depth")
        DEPTH_FURTHER = "depth-further", _("further depth")
        DEPTH_FLOOR = "depth-floor", _("least price of a depth band")
        HOUSE = "house", _("agricultural land with a house")
        COEFFICIENT = "coefficient", _("coefficient of the year")
        FLOOR = "floor", _("least price")
        CAP = "cap", _("highest price")
        ROUNDING = "rounding", _("rounding")
        HIGHEST = "highest", _("several ways")

    kind = models.CharField(max_length=20, choices=Kind)
    # Rules are applied in rising order; lines of one kind share it.
    order = models.PositiveSmallIntegerField()
    # Codes separated by commas; empty means every use, every unit.
    uses = models.CharField(max_length=250, db_default=Value(""))
    areas = models.CharField(max_length=250, db_default=Value(""))
    position = models.PositiveSmallIntegerField(null=True)
    # Order of the alley (1 leaves a street), or number of the frontage.
    level = models.PositiveSmallIntegerField(null=True)
    # Metres, `low` belongs to the band and `high` does not; of a rounding, `high` is the step in đồng.
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    percent = models.FloatField(null=True)
    price = models.BigIntegerField(null=True)
    text_vi = models.CharField(max_length=250)
    text_en = models.CharField(max_length=250, db_default=Value(""))
    clause = models.CharField(max_length=100, db_default=Value(""))
    decision = models.CharField(max_length=250, db_default=Value(""))
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()  # type: ignore[misc]

    class Meta(EditionRow.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.kind} {self.text_vi}"
