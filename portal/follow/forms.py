"""The edge: an address and what it wants to follow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.changes.subjects import Subject, find_subject


class FollowForm(forms.Form):
    """What the form on a page sends; `found` is the subject after `is_valid`."""

    subject = forms.CharField(max_length=170, widget=forms.HiddenInput)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    # A trap for robots: people do not see it.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    found: Subject | None = None

    def clean_subject(self) -> str:
        """Find what is to be followed."""
        self.found = find_subject(self.cleaned_data["subject"])
        if self.found is None:
            raise forms.ValidationError(_("This is not published (any more). Open its page and try from there."))
        return str(self.cleaned_data["subject"])

    def clean_website(self) -> str:
        """Send robots, and browsers that fill in everything, back once."""
        if self.cleaned_data["website"]:
            self.data: Any = {**self.data.dict(), "website": ""}
            raise forms.ValidationError(_("Nothing was sent yet. Please press the button once more."))
        return ""
