"""What may be asked of the search, parsed once."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.search.find import MAX_HITS
from tiles.api import BadParameter
from tiles.dates import parse_date
from tourism.fields import PointField


class IsoDateField(forms.CharField):
    """A date such as 2026-01-31."""

    def clean(self, value: Any) -> date | None:
        """Return the date; None when nothing was given."""
        try:
            return parse_date({"on": value or ""}, "on", default=date.min) if value else None
        except BadParameter as error:
            raise forms.ValidationError(str(error.detail)) from error


class SearchForm(forms.Form):
    """The parameters of the search."""

    # A pasted map link may be long; what is searched for is cut by `find`.
    q = forms.CharField(label=_("What to search for"), required=False, max_length=2000)
    limit = forms.IntegerField(label=_("Number of results"), required=False, min_value=1, max_value=MAX_HITS)
    lang = forms.ChoiceField(label=_("Language"), required=False, choices=[("vi", "vi"), ("en", "en")])
    on = IsoDateField(label=_("In force on (date)"), required=False)
    near = PointField(label=_("Near (longitude, latitude)"), required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """Ask for `q`; it may be empty while somebody types."""
        if "q" not in self.data:
            self.add_error("q", _("Say what to search for: q=…"))
        return self.cleaned_data
