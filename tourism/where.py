"""Where people say they are: a point, in whichever order their telephone gives it, or the name of a place."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.text import fold, nfc
from tourism.fields import PointField, parse_numbers
from tourism.models import Place

# Nothing of Vietnam has a latitude this high, nor a longitude this low.
_PARTING_DEGREE = 90
_OFFERED = 5


class WhereField(PointField):
    """A point in WGS 84 degrees, longitude or latitude first, or the name of a place that only one place has."""

    def clean(self, value: str | None) -> tuple[float, float] | None:
        """Return (lon, lat) or None; a name that several places have is not guessed at."""
        text = nfc(forms.CharField.clean(self, value))
        try:
            first, second = parse_numbers(text, 2)
        except ValueError:
            return _find(text) if any(letter.isalpha() for letter in text) else super().clean(text)
        return super().clean(f"{second},{first}" if first < _PARTING_DEGREE < second else text)


def _find(text: str) -> tuple[float, float]:
    wanted = fold(text)
    found = list(Place.objects.live().matching(text).by_likeness(wanted)[:_OFFERED])
    exact = [place for place in found if wanted in (fold(place.name), fold(place.name_en))]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0].lon_lat
    if not found:
        raise forms.ValidationError(
            _("No place is called “%(name)s”. Write another name, or coordinates such as 11.9404,108.4419."),
            params={"name": text},
        )
    raise forms.ValidationError(
        _("Which place? Write one of these names: %(names)s."),
        params={"names": "; ".join(dict.fromkeys(place.name for place in found))},
    )


class WhereForm(forms.Form):
    """Where the reader is, if they say so."""

    near = WhereField(label=_("Near (a place's name, or coordinates)"), required=False, max_length=100)
