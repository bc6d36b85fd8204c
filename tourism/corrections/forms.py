"""The edge: what a reader or an owner writes about a place, parsed once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.text import nfc, visible
from tourism.corrections.proposals import CLOSED, FIELDS
from tourism.hours_forms import explain_fault
from tourism.phones import parse_phone, split_phones

_WEB: Final = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(:\d+)?(/\S*)?", re.IGNORECASE)
_TEL = {"inputmode": "tel"}


class CorrectionForm(forms.Form):
    """What a place says now, to be written over; `changes` is what differs."""

    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=250)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"), required=False, max_length=100, widget=forms.TextInput(attrs=_TEL)
    )
    website = forms.CharField(label=gettext_lazy("Website"), required=False, max_length=250)
    opening_hours = forms.CharField(
        label=gettext_lazy("Opening hours"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Such as Mo-Fr 08:00-17:00; Sa 08:00-12:00; PH off. Or say it in your words below."),
    )
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=250)
    closed = forms.BooleanField(label=gettext_lazy("This place is closed for good"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Something else"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In your words. Do not name people."),
    )
    source = forms.CharField(
        label=gettext_lazy("Where do you know it from?"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Such as: the sign at the door, I telephoned, their own page."),
    )
    # A trap for robots: people do not see it.
    company = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(self, data: Any = None, *, current: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(current), label_suffix="")
        self.current = current
        self.changes: dict[str, str] = {}
        for field in set(FIELDS) - set(current):
            del self.fields[field]

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be meant, with all reasons at once, each beside its field."""
        values = super().clean() or self.cleaned_data
        if values.get("company"):
            sent: Any = self.data
            self.data = {**sent.dict(), "company": ""}
            raise forms.ValidationError(_("Nothing was sent yet. Please press the button once more."))
        for field in self.current:
            text = _plain(values.get(field, ""))
            if field not in self.errors and text != _plain(self.current[field]):
                self._take(field, text)
        if values.get(CLOSED):
            self.changes[CLOSED] = "yes"
        values["note"], values["source"] = _plain(values.get("note", "")), _plain(values.get("source", ""))
        if not self.errors and not self.changes and not values["note"]:
            raise forms.ValidationError(_("Nothing differs from what is published. Change what is wrong, or say it."))
        return values

    def _take(self, field: str, text: str) -> None:
        check = {"name": _fault_of_name, "phone": _fault_of_phone, "website": _fault_of_page}.get(field)
        fault = _fault_of_hours(text) if field == "opening_hours" else check(text) if check else None
        if fault:
            self.add_error(field, fault)
        else:
            self.changes[field] = text


def _plain(text: str) -> str:
    """Return a text as it is kept: composed, and of letters one sees, in the order they are read."""
    return nfc(visible(text))


def _fault_of_name(text: str) -> str | None:
    return None if text else _("A place needs a name. If it is closed for good, tick that below.")


def _fault_of_phone(text: str) -> str | None:
    wrong = [number for number, _dial in split_phones(text) if not parse_phone(number)]
    if not wrong:
        return None
    said = _("“%(number)s” is no telephone number. Write it like 0263 382 2663 or +84 263 382 2663.")
    return said % {"number": wrong[0]}


def _fault_of_page(text: str) -> str | None:
    if not text or _WEB.fullmatch(text):
        return None
    return _("“%(text)s” is no address of a page. Write it whole, like https://example.com/inn.") % {"text": text}


def _fault_of_hours(text: str) -> forms.ValidationError | str | None:
    if not text:
        return _("Write the hours that hold. If you do not know them, say below what is wrong with these.")
    return explain_fault(text)
