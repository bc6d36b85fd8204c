"""What questions about places, events and days out have in common: one reading of each parameter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.text import nfc
from tourism.cursors import Order
from tourism.fields import CursorField, MomentField, PointField


class ClockForm(forms.Form):
    """A question asked at a moment, which its moments call “now”."""

    def __init__(self, data: Mapping[str, Any], *, now: datetime) -> None:
        super().__init__(data)
        self.now = now
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.now = now


class FewAskedForm(ClockForm):
    """A question of many parameters of which few are given: Django would copy and clean the others each time."""

    def __init__(self, data: Mapping[str, Any], *, now: datetime) -> None:
        given = {name: one for name, one in type(self).base_fields.items() if one.required or name in data}
        self.base_fields = given  # type: ignore[misc]  # the form copies what it finds there
        super().__init__(data, now=now)

    def clean(self) -> dict[str, Any]:
        """Add what it means to leave out the others."""
        given = super().clean() or self.cleaned_data
        every = type(self).base_fields
        return given if len(self.fields) == len(every) else {**_left_out(type(self)), **given}


@cache
def _left_out(form: type[FewAskedForm]) -> dict[str, Any]:
    empty = form(dict.fromkeys(form.base_fields, ""), now=timezone.now())
    empty.full_clean()
    return empty.cleaned_data


class TextForm(forms.Form):
    """A part of a name."""

    q = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        help_text=_("A part of a name, with or without diacritics; where no name has it, names like it."),
    )

    def clean_q(self) -> str:
        """Return the text composed (NFC)."""
        return nfc(self.cleaned_data["q"])


class LanguageForm(forms.Form):
    """One of the site's languages; Vietnamese when missing."""

    lang = forms.ChoiceField(label=_("Language"), required=False, choices=[("vi", "vi"), ("en", "en")])

    def clean_lang(self) -> str:
        """Return the language."""
        return self.cleaned_data["lang"] or "vi"


class NearbyForm(forms.Form):
    """A point, and how far from it."""

    near = PointField(label=_("Near (longitude, latitude)"), required=False, max_length=60)
    within_m = forms.FloatField(label=_("Within (metres)"), required=False, min_value=1, max_value=100_000)

    def clean(self) -> dict[str, Any]:
        """Refuse a distance from nowhere."""
        values = super().clean() or self.cleaned_data
        if values.get("within_m") and not values.get("near") and "near" not in self.errors:
            self.add_error("within_m", _("A distance needs a point: add near=longitude,latitude."))
        return values


class PagedForm(NearbyForm):
    """A list in pages: by distance where a point is given, else in its usual order."""

    usual_order: Order = "code"
    cursor = CursorField(
        label=_("Where to go on"),
        required=False,
        max_length=400,
        help_text=_("From the “next” link of the page before."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a cursor of another question."""
        values = super().clean()
        cursor = values.get("cursor")
        if cursor and cursor.order != self.order(values):
            self.add_error("cursor", _("This cursor belongs to another question; follow the “next” link as it is."))
        return values

    def order(self, values: Mapping[str, Any]) -> Order:
        """Return what the list goes by."""
        return "distance" if values.get("near") else self.usual_order
