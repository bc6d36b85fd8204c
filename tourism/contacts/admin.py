"""Stewards keep the contacts known to be false."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tourism.contacts.check import check
from tourism.contacts.contact import Contact, Kind
from tourism.contacts.models import FalseContact
from tourism.models import Place


class FalseContactForm(forms.ModelForm[FalseContact]):
    """A false contact that is nobody's official one, of a place that is published."""

    def clean_place(self) -> str:
        """Refuse a code no live place has."""
        code: str = self.cleaned_data["place"]
        if code and "place" in self.changed_data and not Place.objects.live().filter(code=code).exists():
            raise forms.ValidationError(_("There is no such place. Search it by name and copy the code of its page."))
        return code

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        one = self.instance
        if self.errors or not one.key:
            return
        if FalseContact.objects.filter(kind=one.kind, key=one.key).exclude(pk=one.pk).exists():
            self.add_error("value", _("This contact is kept already. Change that entry instead."))
        official = check(Contact(Kind(one.kind), one.key, one.value))
        if official.verdict == "yes":
            said = _("This is the official contact of %(name)s. Correct the register first if it was taken over.")
            self.add_error("value", forms.ValidationError(said, params={"name": official.places[0].name}))


@admin.register(FalseContact)
class FalseContactAdmin(admin.ModelAdmin[FalseContact]):
    """Contacts known to be false; what stands here is told to everybody who asks."""

    form: Any = FalseContactForm
    list_display = ["value", "kind", "place", "since", "source"]
    list_filter = ["kind"]
    search_fields = ["value", "key", "place"]
