"""What may be asked of a price, read once for the pages and the API."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.formats import get_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from planning.prices.inputs import Inputs
from planning.prices.question import Segment

YES_NO = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))
POSITIONS = (("", _("by the rules")), *((str(n), str(n)) for n in (1, 2, 3, 4)))
LEVELS = (
    ("", _("not known")),
    ("0", _("by the street itself")),
    ("1", _("by an alley off the street (order 1)")),
    ("2", _("by an alley off an alley (order 2)")),
    ("3", _("by an alley of order 3 or higher")),
)
SURFACES = (("", _("not known")), ("paved", _("paved")), ("earth", _("earth")))
CODE = 120
WHOLE = {"inputmode": "numeric"}
SELECTED = mark_safe(" selected")


class Choices(forms.Select):
    """A list to choose from, written at once: Django's own renders two templates an option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the whole list as HTML."""
        chosen = self.format_value(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((one, SELECTED if str(one) in chosen else "", label) for one, label in self.choices),
        )
        given = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", given, options)


class Measure(forms.TextInput):
    """A number, written at once for the same reason; as text, for a number field of a browser drops the comma."""

    def format_value(self, value: Any) -> str | None:
        """Return a number as the active language writes it, without thousands; what was typed, as it was typed."""
        return plain(value) if isinstance(value, Decimal) else super().format_value(value)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the field as HTML."""
        given = {"type": self.input_type, "name": name, **self.build_attrs(self.attrs, attrs)}
        shown = self.format_value(value)
        return format_html("<input{}>", flatatt(given if shown is None else {**given, "value": shown}))


class _Limited(forms.Field):
    """A number whose limits are told as the active language writes numbers."""

    def run_validators(self, value: Any) -> None:
        """Check the limits."""
        try:
            super().run_validators(value)
        except ValidationError as refused:
            for error in refused.error_list:
                if error.params and "limit_value" in error.params:
                    error.params["limit_value"] = number_format(error.params["limit_value"])
            raise


class MeasureField(_Limited, forms.DecimalField):
    """A measure as papers and people write it: 296,3; 2.159,6; 2159.6. What can be read in two ways is asked for."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Return the number; the last sign parts the decimals."""
        if not isinstance(value, str):
            return super().to_python(value)
        text = _without_blanks(value)
        if two_ways(text):
            whole = re.sub("[.,]", "", text)
            raise ValidationError(
                _("“%(typed)s” can be read in two ways. Write %(whole)s, or the number with at most two decimals.")
                % {"typed": text, "whole": whole}
            )
        return super().to_python(_decimal_point(text))


class AmountField(_Limited, forms.IntegerField):
    """A whole number as people write it: 12.000.000 and 12,000,000 too, for it has no decimals."""

    def to_python(self, value: Any) -> int | None:
        """Return the number without the signs that part its thousands."""
        if not isinstance(value, str):
            return super().to_python(value)
        text = _without_blanks(value)
        return super().to_python(re.sub("[.,]", "", text) if _THOUSANDS.fullmatch(text) else text)


def plain(value: Decimal) -> str:
    """Return a measure as the active language writes it, without thousands."""
    return str(value if value % 1 else int(value)).replace(".", get_format("DECIMAL_SEPARATOR"))


# 2.159 and 2,159,600: in groups of three behind a sign that is one and the same.
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")


def two_ways(text: str) -> bool:
    """Tell whether a number is thousands to one reader and decimals to another: 2.159, 2,159."""
    return len(re.findall("[.,]", text)) == 1 and bool(_THOUSANDS.fullmatch(text))


def _decimal_point(text: str) -> str:
    if _THOUSANDS.fullmatch(text):
        return re.sub("[.,]", "", text)
    whole, last, decimals = text.rpartition(max(".,", key=text.rfind))
    # Before the last sign only the other one parts thousands: 1.2.3 is no number.
    if last and _THOUSANDS.fullmatch(whole) and last not in whole:
        whole = re.sub("[.,]", "", whole)
    return f"{whole}.{decimals}" if last else text


def _without_blanks(text: str) -> str:
    return "".join(text.split()).replace("\u2212", "-")


def _measure(label: Any, *, least: str = "0", most: str = "1000") -> MeasureField:
    return MeasureField(
        label=label,
        required=False,
        min_value=Decimal(least),
        max_value=Decimal(most),
        decimal_places=2,
        widget=Measure(attrs={"inputmode": "decimal"}),
    )


def _choice(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, choices=choices, empty_value="", widget=Choices)


def _number(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=False, choices=choices, coerce=int, empty_value=None, widget=Choices
    )


class PriceForm(forms.Form):
    """The inputs of a price; every one may stay open."""

    use = forms.CharField(label=_("Use of the land"), required=False, max_length=20)
    area_m2 = _measure(_("Area, m²"), least="0.1", most="9999999")
    ward = forms.CharField(label=_("Ward"), required=False, max_length=60)
    segment = forms.CharField(label=_("Segment of the street"), required=False, max_length=CODE)
    position = _number(_("Position"), POSITIONS)
    alley_level = _number(_("Reached"), LEVELS)
    alley_width_m = _measure(_("Width of the alley, m"), most="100")
    surface = _choice(_("Surface of the alley"), SURFACES)
    distance_m = _measure(_("From the street along the alley, m"), most="5000")
    frontages = forms.IntegerField(
        label=_("Sides at a street or alley"), required=False, min_value=1, max_value=9, widget=Measure(attrs=WHOLE)
    )
    frontage_m = _measure(_("Frontage, m"), least="0.1")
    depth_m = _measure(_("Depth, m"), least="0.1", most="5000")
    height_m = _measure(_("Height above or below the road, m"), least="-100", most="100")
    plan_500 = _choice(_("In an area with a 1/500 plan"), YES_NO)
    house = _choice(_("A house in the same parcel"), YES_NO)
    adjacent_vnd_per_m2 = AmountField(
        label=_("Dearest adjacent land, đ/m²"),
        required=False,
        min_value=0,
        max_value=10**12,
        widget=Measure(attrs=WHOLE),
    )
    other_segment = forms.CharField(label=_("Another way: segment"), required=False, max_length=CODE)
    other_position = _number(_("Another way: position"), POSITIONS)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, only: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        if only is not None:
            # Each field is copied, which takes longer than writing it out.
            self.base_fields = {  # type: ignore[misc]
                name: field for name, field in self.base_fields.items() if name in only
            }
        super().__init__(data, **kwargs)

    def offer(self, name: str, choices: Iterable[tuple[str, str]], *, empty: Any = None) -> None:
        """Show a text field as a list of choices."""
        first = [("", empty or _("not known"))]
        self.fields[name].widget = Choices(choices=[*first, *choices])

    def inputs(self) -> Inputs:
        """Return what was given and can be read."""
        names = {field.name for field in fields(Inputs)}
        given = {name: value for name, value in self.cleaned_data.items() if name in names}
        return Inputs(**{name: value for name, value in given.items() if value not in (None, "")})


NAMES = tuple(PriceForm.base_fields)


def read(given: Mapping[str, Any]) -> tuple[Inputs, dict[str, str], bool]:
    """Return the inputs that can be read, the codes of the two segments, and whether anything cannot be read."""
    if not given:
        return Inputs(), {}, False
    form = PriceForm(given)
    bad = not form.is_valid()
    codes = {"segment_code": "segment", "other_code": "other_segment"}
    return form.inputs(), {code: form.cleaned_data.get(name, "") for code, name in codes.items()}, bad


def told(name: str, value: Any) -> str:
    """Return an input and its value in words of the active language."""
    field = PriceForm.base_fields[name]
    labels = {str(one): label for one, label in getattr(field, "choices", ())}
    text = plain(value) if isinstance(value, Decimal) else labels.get(str(value), value)
    return f"{field.label}: {text}"


def shown(inputs: Inputs, segment: Segment | None, other: Segment | None) -> dict[str, Any]:
    """Return inputs as the form shows them."""
    values: dict[str, Any] = {name: value for name, value in vars(inputs).items() if value not in (None, "")}
    values |= {"segment": segment.code} if segment else {}
    return values | ({"other_segment": other.code} if other else {})
