"""What may be asked of the events, parsed once: query text → values. For the pages and the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.calendar import CITY_ZONE
from portal.text import nfc
from tourism.events.listing import EventFilter, bounds, weekend
from tourism.events.recurrence import AHEAD
from tourism.fields import BoxField, PointField, parse_moment

MAX_LIMIT = 1000
# What is told when no end is given, and the most that is told at once.
USUAL = timedelta(days=31)
LONGEST = timedelta(days=366)
WEEK = timedelta(days=6)


class TextForm(forms.Form):
    """What page and API share."""

    q = forms.CharField(label=_("Name"), required=False, max_length=200)
    free = forms.ChoiceField(
        label=_("Free of charge"),
        required=False,
        choices=[("true", "true")],
        help_text=_("“true”: only events free of charge."),
    )

    def __init__(self, data: Mapping[str, Any], *, now: datetime) -> None:
        super().__init__(data)
        self.now = now

    def clean_q(self) -> str:
        """Return the text composed (NFC)."""
        return nfc(self.cleaned_data["q"])

    def check_year(self, moment: datetime | date) -> None:
        """Refuse what is too far away to be known."""
        if abs(moment.year - self.now.year) > AHEAD.days // 366:
            raise forms.ValidationError(_("Events are told for five years back and ahead. Choose a nearer date."))


class EventPageForm(TextForm):
    """The filters of the page: one of three times, or a date."""

    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("week", _("Next seven days")), ("today", _("Today")), ("weekend", _("This weekend"))],
    )
    on = forms.DateField(
        label=_("On the date"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("This is no date. Choose it in the date field, or write it like 2026-01-31.")},
    )

    def clean_on(self) -> date | None:
        """Accept a date near enough to be known."""
        day: date | None = self.cleaned_data["on"]
        if day:
            self.check_year(day)
        return day

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day asked for; next seven days when the form is not valid."""
        today = self.now.astimezone(CITY_ZONE).date()
        values = self.cleaned_data if self.is_valid() else {}
        if day := values.get("on"):
            return day, day
        return {"today": (today, today), "weekend": weekend(today)}.get(values.get("when", ""), (today, today + WEEK))

    @property
    def filter(self) -> EventFilter:
        """The form as a filter, without what could not be read."""
        since, until = bounds(*self.days)
        values = self.cleaned_data if self.is_valid() else {}
        return EventFilter(since=since, until=until, text=values.get("q", ""), free=values.get("free") == "true")


class EventAnswerForm(forms.Form):
    """How one event is answered."""

    lang = forms.ChoiceField(label=_("Language"), required=False, choices=[("vi", "vi"), ("en", "en")])


class EventListForm(EventAnswerForm, TextForm):
    """Everything the API's list takes."""

    until = forms.CharField(
        label=_("Until"),
        required=False,
        max_length=40,
        help_text=_("A date, which counts whole, or a moment; 31 days after `from` when missing, at most 366."),
    )
    bbox = BoxField(
        label=_("Box"), required=False, max_length=120, help_text=_("west,south,east,north in degrees (WGS 84).")
    )
    near = PointField(label=_("Near (longitude, latitude)"), required=False, max_length=60)
    within_m = forms.FloatField(label=_("Within (metres)"), required=False, min_value=1, max_value=100_000)
    limit = forms.IntegerField(
        label=_("Number of events"),
        required=False,
        min_value=1,
        max_value=MAX_LIMIT,
        help_text=_("At most 1,000; 100 when missing."),
    )

    def clean_from(self) -> datetime:
        """Return the beginning, now when missing."""
        return self._moment("from", whole_day=False) or self.now

    def clean_until(self) -> datetime | None:
        """Return the end; a date counts whole."""
        return self._moment("until", whole_day=True)

    def clean(self) -> dict[str, Any]:
        """Refuse what makes sense only together."""
        values = super().clean() or self.cleaned_data
        since = values.get("from")
        if since and "until" not in self.errors:
            values["until"] = until = values.get("until") or since + USUAL
            if until <= since:
                self.add_error("until", _("This is before “from”. Give a later date."))
            elif until - since > LONGEST + timedelta(days=1):
                self.add_error("until", _("Ask for a year at most."))
        if values.get("within_m") and not values.get("near") and "near" not in self.errors:
            self.add_error("within_m", _("A distance needs a point: add near=longitude,latitude."))
        return values

    @property
    def filter(self) -> EventFilter:
        """The valid form as a filter."""
        values = self.cleaned_data
        return EventFilter(
            since=values["from"],
            until=values["until"],
            bbox=values["bbox"],
            near=values["near"],
            within_m=values["within_m"],
            text=values["q"],
            free=values["free"] == "true",
        )

    def _moment(self, name: str, *, whole_day: bool) -> datetime | None:
        text: str = self.cleaned_data[name]
        if not text:
            return None
        try:
            moment = parse_moment(text) if "T" in text else date.fromisoformat(text)
        except ValueError:
            raise forms.ValidationError(
                _("Give a date such as 2026-12-24, or a moment such as 2026-12-24T20:00:00+07:00.")
            ) from None
        self.check_year(moment)
        return moment if isinstance(moment, datetime) else bounds(moment, moment)[whole_day]


# `from` is a word of Python, so no field of a class can have the name.
EventListForm.base_fields = {
    "from": forms.CharField(
        label=_("From"), required=False, max_length=40, help_text=_("A date or a moment; now when missing.")
    ),
    **EventListForm.base_fields,
}
