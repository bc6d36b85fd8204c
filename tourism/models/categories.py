"""The tree of categories: groups and their kinds."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A group of places (no `group`) or one of its kinds."""

    code = models.SlugField(max_length=40, primary_key=True)
    group = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="kinds")
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    schema_type = models.CharField(max_length=60, help_text=_("Type of schema.org, such as Hotel"))
    icon = models.CharField(max_length=40, help_text=_("Name of a Maki icon"))
    colour = models.CharField(max_length=7, blank=True, help_text=_("Colour of the group on the map, #rrggbb"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name_vi

    def clean(self) -> None:
        """Keep the tree two levels deep."""
        if self.group is not None and self.group.group_id is not None:
            raise ValidationError({"group": _("Choose a group, not a kind.")})

    def name(self, language: str) -> str:
        """Return the name in "vi" or "en"."""
        return self.name_en if language == "en" else self.name_vi

    @classmethod
    def named(cls, codes: Iterable[str], language: str) -> list[tuple[str, str]]:
        """Return (code, name) of codes; a word that is no code of ours is its own name."""
        known = cls.objects.in_bulk() if (codes := list(codes)) else {}
        return [(code, known[code].name(language) if code in known else code) for code in codes]

    @classmethod
    def tree(cls, language: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Return (code, name, kinds as (code, name)) of every group."""
        everything = list(cls.objects.all())
        return [
            (
                group.code,
                group.name(language),
                [(kind.code, kind.name(language)) for kind in everything if kind.group_id == group.code],
            )
            for group in everything
            if group.group_id is None
        ]
