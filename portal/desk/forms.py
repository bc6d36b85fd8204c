"""The edge of the desk: text from outside becomes a draft or a list of reasons why not."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from portal.desk import location, states
from portal.desk.drafts import MAX_TEXT, Draft, Subject
from portal.desk.models import Agency, Field, Report
from portal.desk.subjects import find_subject
from portal.text import plain

KEY: Final = RegexValidator(
    r"\A[\x21-\x7e]{8,100}\Z", gettext_lazy("The key must be 8 to 100 visible ASCII characters.")
)
PHONE: Final = RegexValidator(r"\A\+?[\d .()-]{8,25}\Z", gettext_lazy("Write the number with digits, as 0912 345 678."))


class PlainText(forms.CharField):
    """Text without mark-up, of letters one sees: what turns the direction of writing would show another text."""

    def to_python(self, value: Any) -> str:
        """Return the text as it is kept."""
        return plain(super().to_python(value) or "")


class Degrees(forms.FloatField):
    """A coordinate in degrees, WGS 84; a decimal comma is read as a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        """Return the number; six decimals are a decimetre."""
        number = super().to_python(value.replace(",", ".") if isinstance(value, str) else value)
        return None if number is None else round(number, 6)


class ReportForm(forms.Form):
    """A report as a person or a program hands it in; `on` chooses the wards in force."""

    key = forms.CharField(validators=[KEY], widget=forms.HiddenInput)
    subject = forms.CharField(required=False, max_length=170, widget=forms.HiddenInput)
    field = forms.ChoiceField(label=gettext_lazy("What is it about?"))
    text = PlainText(
        label=gettext_lazy("What happened?"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Up to 4,000 characters, in Vietnamese or English. Do not name people."),
    )
    place = PlainText(
        label=gettext_lazy("Where is it?"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Street and number, alley, or a landmark nearby."),
    )
    lon = Degrees(label=gettext_lazy("Longitude"), required=False, min_value=-180, max_value=180)
    lat = Degrees(label=gettext_lazy("Latitude"), required=False, min_value=-90, max_value=90)
    name = PlainText(
        label=pgettext_lazy("of a person", "Name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PlainText(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=30,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    # A trap for robots: people do not see it.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, on: date, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.on = on
        self.found: Subject | None = None
        address = (data if data is not None else initial or {}).get("subject") or ""
        self._choices().choices = field_choices(str(address).partition("/")[0])

    def clean(self) -> dict[str, Any]:
        """Find what and where the report is about; refuse with all reasons at once."""
        values = super().clean() or {}
        if values.get("website"):
            self.data = {**self.data.dict(), "website": ""} if hasattr(self.data, "dict") else self.data
            raise forms.ValidationError(_("The report was not sent yet. Please press the button once more."))
        self._find_subject(values.get("subject") or "")
        if not {"lon", "lat"} & set(self.errors):
            self._check_point(values.get("lon"), values.get("lat"))
        if not self.errors and not (self.found or values.get("place") or values.get("lon") is not None):
            self.add_error("place", _("Say where it is: a street, a landmark, or a point on the map."))
        return values

    def draft(self, *, lang: str, photos: Sequence[bytes] = ()) -> Draft:
        """Return what was handed in; only after `is_valid`."""
        values = self.cleaned_data
        return Draft(
            field=values["field"],
            text=values["text"],
            lang=lang,
            subject=self.found,
            lon=values["lon"],
            lat=values["lat"],
            place_text=values["place"],
            name=values["name"],
            phone=values["phone"],
            email=values["email"],
            photos=tuple(photos),
        )

    def _find_subject(self, address: str) -> None:
        if address:
            self.found = find_subject(address)
            if self.found is None:
                reason = _("“%(subject)s” is not published (any more). Say in words where it is.")
                self.add_error("subject", reason % {"subject": address})

    def _check_point(self, lon: float | None, lat: float | None) -> None:
        if (lon is None) != (lat is None):
            self.add_error("lon" if lon is None else "lat", _("A point needs both longitude and latitude."))
        elif lon is not None and lat is not None and not location.in_city(lon, lat, on=self.on):
            reason = _("The point lies outside the city. Choose it on the map, or describe the place in words.")
            self.add_error("lon", reason)

    def _choices(self) -> forms.ChoiceField:
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        return field


def field_choices(layer: str) -> list[Any]:
    """Return the active fields; those that fit objects of `layer` first, under a heading of their own."""
    fields = list(Field.objects.filter(active=True))
    fitting = [field for field in fields if layer and layer in field.layers]
    if not fitting:
        return [("", _("Choose…")), *((field.code, field.name) for field in fields)]
    others = [field for field in fields if field not in fitting]
    return [
        ("", _("Choose…")),
        (_("Fits this object"), [(field.code, field.name) for field in fitting]),
        (_("Other fields"), [(field.code, field.name) for field in others]),
    ]


class QueueForm(forms.Form):
    """Filters of the queue."""

    field = forms.ModelChoiceField(
        Field.objects.all(),
        required=False,
        to_field_name="code",
        label=pgettext_lazy("report", "Field"),
        empty_label=gettext_lazy("all"),
    )
    state = forms.ChoiceField(required=False, label=pgettext_lazy("report", "State"))
    ward = forms.ChoiceField(required=False, label=gettext_lazy("Ward"))

    def __init__(self, data: Mapping[str, Any], *, on: date) -> None:
        super().__init__(data, label_suffix="")
        fields: dict[str, Any] = self.fields
        fields["state"].choices = [("", _("still open")), ("all", _("all")), *Report.State.choices]
        self.wards = location.wards_in_force(on=on)
        fields["ward"].choices = [("", _("all")), *self.wards]


class MoveForm(forms.Form):
    """The next state and what the reporter is told."""

    state = forms.ChoiceField(choices=Report.State.choices)
    note = PlainText(required=False, max_length=MAX_TEXT)


class NoteForm(forms.Form):
    """A note in the history."""

    text = PlainText(max_length=MAX_TEXT)
    public = forms.BooleanField(required=False)


class AssignForm(forms.Form):
    """Hand-over to another agency."""

    agency = forms.ModelChoiceField(Agency.objects.all(), to_field_name="code")
    reason = PlainText(max_length=500)


class ModerateForm(forms.Form):
    """What the public map shows of a report."""

    text = PlainText(required=False, max_length=MAX_TEXT)
    publish = forms.BooleanField(required=False)
    with_photos = forms.BooleanField(required=False)


def next_states(report: Report) -> list[tuple[str, str, bool]]:
    """Return value, label and whether a note is owed, for every move the report may make."""
    return [(to, str(Report.State(to).label), to in states.OWES_NOTE) for to in states.MOVES[report.state]]


def reader_language() -> str:
    """Return the language of the page: vi or en."""
    return "en" if (get_language() or "").startswith("en") else "vi"
