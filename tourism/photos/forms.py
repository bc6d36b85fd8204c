"""What the tourist office says of photos, parsed once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.text import plain
from tourism.photos.changes import Facts
from tourism.photos.models import Photo

_MAX = 250
_TEXTS = ("author", "source", "alt_vi", "alt_en")


class FactsForm(forms.Form):
    """Who made a photo, under which licence, and what it shows; nothing was taken after `on`."""

    alt_vi = forms.CharField(label=_("What it shows, in Vietnamese"), required=False, max_length=_MAX)
    alt_en = forms.CharField(label=_("What it shows, in English"), required=False, max_length=_MAX)
    author = forms.CharField(label=_("Author"), max_length=150)
    licence = forms.ChoiceField(label=_("Licence"), choices=Photo.Licence.choices)
    source = forms.CharField(label=_("Source: who gave it, or where it was found"), max_length=_MAX)
    taken_on = forms.DateField(
        label=_("Taken on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, on: date, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.on = on

    def clean_taken_on(self) -> date | None:
        """Refuse the future."""
        day: date | None = self.cleaned_data["taken_on"]
        if day and day > self.on:
            raise forms.ValidationError(_("This day has not come yet. Correct it, or leave it empty."))
        return day

    @property
    def facts(self) -> Facts:
        """The valid form as facts."""
        values = self.cleaned_data
        return Facts(**values | {name: plain(values[name]) for name in _TEXTS})


def facts_form(photo: Photo, *, on: date) -> FactsForm:
    """Return the form filled with what is told of a photo; its fields have ids of their own."""
    told = {name: getattr(photo, name) for name in FactsForm.base_fields}
    return FactsForm(initial=told, on=on, auto_id=f"id_{photo.pk}_%s")
