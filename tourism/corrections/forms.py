"""The edge: what a reader or an owner writes about a place, parsed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.text import parse_number, plain
from tourism.corrections.proposals import CLOSED, OWNER_FIELDS, PRICES
from tourism.hours_forms import explain_fault
from tourism.phones import parse_phone, split_phones
from tourism.record import WHEELCHAIR

_WEB: Final = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(:\d+)?(/\S*)?", re.IGNORECASE)
_TEL = {"inputmode": "tel"}


_NUMBER: Any = {"max_length": 20, "widget": forms.TextInput(attrs={"inputmode": "numeric"})}
_NUMBERS: Final = (*PRICES, "rooms")
_MOST: Final = 2_000_000_000


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
    name_en = forms.CharField(label=gettext_lazy("English name"), required=False, max_length=250)
    page = forms.CharField(
        label=gettext_lazy("Official page"),
        required=False,
        max_length=250,
        help_text=gettext_lazy(
            "Your page on a social network or booking site. Visitors check what they are sent by it."
        ),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=150)
    beneficiary = forms.CharField(
        label=gettext_lazy("Payments go to"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Name of the account as banks show it. Visitors check it before they pay."),
    )
    price_from_vnd = forms.CharField(label=gettext_lazy("Declared price from"), required=False, **_NUMBER)
    price_to_vnd = forms.CharField(label=gettext_lazy("Declared price to"), required=False, **_NUMBER)
    rooms = forms.CharField(label=gettext_lazy("Rooms"), required=False, **_NUMBER)
    wheelchair = forms.ChoiceField(
        label=gettext_lazy("By wheelchair"),
        required=False,
        choices=[("", gettext_lazy("not known")), *WHEELCHAIR.items()],
    )
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
        for field in set(OWNER_FIELDS) - set(current):
            del self.fields[field]

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be meant, with all reasons at once, each beside its field."""
        values = super().clean() or self.cleaned_data
        if values.get("company"):
            sent: Any = self.data
            self.data = {**sent.dict(), "company": ""}
            raise forms.ValidationError(_("Nothing was sent yet. Please press the button once more."))
        for field in self.current:
            text = _read(field, values.get(field, ""))
            if field not in self.errors and text != plain(self.current[field]):
                self._take(field, text)
        self._compare_prices()
        if values.get(CLOSED):
            self.changes[CLOSED] = "yes"
        values["note"], values["source"] = plain(values.get("note", "")), plain(values.get("source", ""))
        if not self.errors and not self.changes and not values["note"]:
            raise forms.ValidationError(_("Nothing differs from what is published. Change what is wrong, or say it."))
        return values

    def _take(self, field: str, text: str) -> None:
        check = _CHECKS.get(field)
        if fault := check(text) if check else None:
            self.add_error(field, fault)
        else:
            self.changes[field] = text

    def _compare_prices(self) -> None:
        lowest, highest = (self.changes.get(field, self.current.get(field, "")) for field in PRICES)
        if set(PRICES) & set(self.changes) and lowest and highest and int(lowest) > int(highest):
            self.add_error("price_to_vnd", _("The highest price is below the lowest. Correct one of them."))


def _read(field: str, text: str) -> str:
    """Return what is written in a field; a whole number without its grouping, 500.000 as 500000."""
    text = plain(text)
    if field not in _NUMBERS:
        return text
    try:
        number = parse_number(text)
    except ValueError:
        return text
    return str(int(number)) if number == int(number) else text


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


def _fault_of_number(text: str) -> str | None:
    if not text or (text.isascii() and text.isdigit() and int(text) <= _MOST):
        return None
    return _("“%(text)s” is no whole number. Write digits only, like 500000.") % {"text": text}


_CHECKS: Final[Mapping[str, Callable[[str], forms.ValidationError | str | None]]] = {
    "name": _fault_of_name,
    "phone": _fault_of_phone,
    "website": _fault_of_page,
    "page": _fault_of_page,
    "opening_hours": _fault_of_hours,
    **dict.fromkeys(_NUMBERS, _fault_of_number),
}
