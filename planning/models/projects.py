"""Projects: apartment blocks, new urban areas, relocation, regeneration."""

from __future__ import annotations

from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from tiles.models import EditionRow


class Project(EditionRow):
    """A building project of one of the four kinds the city publishes."""

    class Kind(models.TextChoices):
        APARTMENTS = "apartments", _("apartment block")
        NEW_AREA = "new-area", _("new urban area")
        RELOCATION = "relocation", _("relocation of dwellings")
        REGENERATION = "regeneration", _("regeneration")

    reference = models.CharField(max_length=100, db_default=Value(""))
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=100, db_default=Value(""))
    area_ha = models.FloatField(null=True)
    year_from = models.PositiveSmallIntegerField(null=True)
    year_until = models.PositiveSmallIntegerField(null=True)
    decision = models.CharField(max_length=250, db_default=Value(""))

    class Meta(EditionRow.Meta):
        pass

    def __str__(self) -> str:
        return self.name
