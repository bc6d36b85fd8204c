"""The edge: a contact, and whose it is said to be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.text import nfc
from tourism.contacts.contact import Contact, NoContactError, parse_contact, part_number


class CheckForm(forms.Form):
    """A contact to check; `read` is it in one form, after `is_valid`."""

    contact = forms.CharField(
        label=_("Telephone number, page, e-mail or name of the beneficiary"),
        max_length=250,
        help_text=_("As it was given to you, such as 0912 345 678 or social.example.com/inn."),
    )
    place = forms.CharField(
        label=_("Whose is it said to be? (optional)"),
        required=False,
        max_length=200,
        help_text=_("Name of the lodging or another place."),
    )

    read: Contact

    def clean(self) -> dict[str, Any]:
        """Read the contact; a number behind a name is that place's number."""
        values = super().clean() or self.cleaned_data
        text = values.get("contact", "")
        values["place"] = nfc(values.get("place", ""))
        if "contact" not in self.errors:
            name, number = part_number(nfc(text))
            if number:
                values["place"] = values["place"] or name
            try:
                self.read = parse_contact(number or text)
            except NoContactError as refused:
                self.add_error("contact", str(refused))
        return values


class CheckQueryForm(CheckForm):
    """The same as parameters of the API."""

    lang = forms.ChoiceField(label=_("Language"), required=False, choices=[("vi", "vi"), ("en", "en")])
