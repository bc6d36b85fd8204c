"""Contacts that pretend to be a place's. Stewards keep them in the administration; the public reports to the desk."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tourism.contacts.contact import Kind, NoContactError, parse_contact


class FalseContact(models.Model):
    """A contact known to be false."""

    value = models.CharField(_("contact"), max_length=250, help_text=_("As it was seen: number, page, e-mail or name"))
    # Both follow from the value.
    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    key = models.CharField(max_length=300, editable=False)
    place = models.CharField(
        _("claims to be"),
        max_length=120,
        blank=True,
        help_text=_("Code of the place: the end of the address of its page"),
    )
    since = models.DateField(_("since"))
    source = models.CharField(
        _("source"), max_length=250, help_text=_("Who says so, such as the police or a report's code")
    )

    class Meta:
        verbose_name = _("false contact")
        verbose_name_plural = _("false contacts")
        ordering = ["-since", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="false_contact_once")]

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        """Read the value; refuse what is no contact."""
        try:
            read = parse_contact(self.value)
        except NoContactError as refused:
            raise ValidationError({"value": str(refused)}) from None
        self.kind, self.key = read.kind, read.key
