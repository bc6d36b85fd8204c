"""What a keeper of the calendar writes: which day, and what it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.calendar.days import DayKind
from portal.calendar.models import KINDS
from portal.text import plain

# No Gregorian calendar of the city is older, no plan of it looks further.
YEARS = (1990, 2100)


class WhichForm(forms.Form):
    """The year that is listed, or the day that is asked for."""

    year = forms.IntegerField(required=False, min_value=YEARS[0], max_value=YEARS[1])
    day = forms.DateField(required=False)


class DayForm(forms.Form):
    """What a day is, what it is called, and who decided that."""

    kind = forms.ChoiceField(label=_("What the day is"), choices=KINDS)
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    decision = forms.CharField(
        label=_("Decision"),
        max_length=250,
        help_text=_("Number and date of the decision, or where it was announced."),
    )

    def clean(self) -> dict[str, Any]:
        """Keep texts of letters one sees; a name or decision of none is missing."""
        values = super().clean() or self.cleaned_data
        for name in ("name_vi", "name_en", "decision"):
            if name in values:
                values[name] = plain(values[name])
                if not values[name] and self.fields[name].required:
                    self.add_error(name, _("This field is required."))
        if "kind" in values:
            values["kind"] = DayKind(values["kind"])
        return values
