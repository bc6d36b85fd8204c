"""What the other layers stand on: administrative units, roads, water, green, buildings."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from planning.querysets import WardQuerySet
from tiles.models import EditionRow


class Folded(models.Func):
    """Text for comparison, as `portal.text.fold` makes it."""

    function = "city_fold"
    output_field = models.TextField()


class ListOfCodes(models.Func):
    """The codes of a comma-separated list."""

    template = "string_to_array(replace(%(expressions)s, ' ', ''), ',')"
    output_field = ArrayField(models.TextField())


def folded(field: str) -> models.GeneratedField:
    """Return the searchable form of a text column."""
    return models.GeneratedField(expression=Folded(field), output_field=models.TextField(), db_persist=True)


def trigrams(field: str, name: str) -> GinIndex:
    """Return the index that finds parts and misspellings of a folded column of live rows."""
    return GinIndex(OpClass(F(field), name="gin_trgm_ops"), condition=Q(live=True), name=name)


class Ward(EditionRow):
    """An administrative unit and the time it existed; `predecessors` are the codes of the units it was made of."""

    class Kind(models.TextChoices):
        WARD = "ward", _("ward")
        COMMUNE = "commune", _("commune")

    reference = models.CharField(max_length=60, db_default=Value(""))
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind, db_default=Value(""))
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    # As delivered: "p1,p2,p3".
    made_of = models.CharField(max_length=250, db_default=Value(""))
    predecessors = models.GeneratedField(
        expression=ListOfCodes("made_of"), output_field=ArrayField(models.TextField()), db_persist=True
    )

    objects = WardQuerySet.as_manager()  # type: ignore[misc]

    class Meta(EditionRow.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class Road(EditionRow):
    """One piece of a street or an alley between two crossings."""

    class RoadClass(models.TextChoices):
        MAIN = "main", _("main road")
        STREET = "street", _("street")
        BRANCH = "branch", _("side street")
        ALLEY = "alley", _("alley")
        PATH = "path", _("path")

    name = models.CharField(max_length=150, db_default=Value(""))
    name_fold = folded("name")
    road_class = models.CharField(max_length=10, choices=RoadClass, db_default=Value(""))
    segment = models.CharField(max_length=60, db_default=Value(""))
    from_street = models.CharField(max_length=150, db_default=Value(""))
    to_street = models.CharField(max_length=150, db_default=Value(""))
    width_m = models.FloatField(null=True)
    alley_level = models.PositiveSmallIntegerField(null=True)
    parent_street = models.CharField(max_length=150, db_default=Value(""))
    parent_fold = folded("parent_street")
    surface = models.CharField(max_length=60, db_default=Value(""))

    class Meta(EditionRow.Meta):
        indexes = [*EditionRow.Meta.indexes, trigrams("name_fold", "road_live_name")]

    def __str__(self) -> str:
        return self.name or self.code


class Water(EditionRow):
    """A lake or a stream."""

    name = models.CharField(max_length=150, db_default=Value(""))
    kind = models.CharField(max_length=20, db_default=Value(""))
    reference = models.CharField(max_length=100, db_default=Value(""))

    class Meta(EditionRow.Meta):
        pass


class Green(EditionRow):
    """A park, a garden, a pine wood."""

    name = models.CharField(max_length=150, db_default=Value(""))
    kind = models.CharField(max_length=20, db_default=Value(""))
    reference = models.CharField(max_length=100, db_default=Value(""))

    class Meta(EditionRow.Meta):
        pass


class Building(EditionRow):
    """The outline of a building."""

    name = models.CharField(max_length=150, db_default=Value(""))
    kind = models.CharField(max_length=60, db_default=Value(""))
    floors = models.PositiveSmallIntegerField(null=True)
    reference = models.CharField(max_length=100, db_default=Value(""))

    class Meta(EditionRow.Meta):
        pass
