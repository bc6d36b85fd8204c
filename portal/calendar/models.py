"""The calendar's table. `portal.calendar.table` is its only writer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.calendar.days import DayKind

KINDS = [
    (DayKind.HOLIDAY.value, _("public holiday")),
    (DayKind.OBSERVED.value, _("day off in lieu")),
    (DayKind.MAKE_UP.value, _("make-up working day")),
    (DayKind.OFFICE_CLOSED.value, _("offices closed")),
    (DayKind.ORDINARY.value, _("day like any other")),
]


class Described(models.Model):
    """What a day is, and the decision that says so."""

    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    decision = models.CharField(
        _("decision"), max_length=250, help_text=_("Number and date of the decision, or where it was announced.")
    )

    class Meta:
        abstract = True

    @property
    def values(self) -> list[tuple[str, str]]:
        """What is written, by field."""
        return [(name, getattr(self, name)) for name in ("kind", "name_vi", "name_en", "decision")]


class Day(Described):
    """One special day; never deleted: a day that is none after all is a day like any other."""

    date = models.DateField(_("date"), primary_key=True)
    # Who last corrected it; nobody: as the library computes it.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )

    class Meta:
        verbose_name = _("day of the calendar")
        verbose_name_plural = _("days of the calendar")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name_vi}"


class DayChange(Described):
    """What a day was made at a moment; the latest number is the number of the calendar."""

    day = models.ForeignKey(Day, models.PROTECT, related_name="changes")
    moment = models.DateTimeField(_("changed"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        verbose_name = _("change of a day")
        verbose_name_plural = _("history")
        default_permissions = ("view",)
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.moment:%d/%m/%Y %H:%M} {self.name_vi}"
