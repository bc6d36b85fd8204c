"""What may be asked of the events, parsed once: query text → values. For the pages and the API."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.calendar import CITY_ZONE
from tourism.asking import ClockForm, LanguageForm, PagedForm, TextForm
from tourism.events.listing import EventFilter, bounds, weekend
from tourism.events.recurrence import AHEAD
from tourism.fields import BoxField, MomentField

MAX_LIMIT = 1000
# What is told when no end is given, and the most that is told at once.
USUAL = timedelta(days=31)
LONGEST = timedelta(days=366)
WEEK = timedelta(days=6)


class EventFilterForm(TextForm, ClockForm):
    """What page and API share."""

    free = forms.ChoiceField(
        label=_("Free of charge"),
        required=False,
        choices=[("true", "true")],
        help_text=_("“true”: only events free of charge."),
    )

    def check_year(self, moment: datetime | date) -> None:
        """Refuse what is too far away to be known."""
        if abs(moment.year - self.now.year) > AHEAD.days // 366:
            raise forms.ValidationError(_("Events are told for five years back and ahead. Choose a nearer date."))


class EventPageForm(EventFilterForm):
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


class EventListForm(LanguageForm, EventFilterForm, PagedForm):
    """Everything the API's list takes."""

    usual_order = "time"
    until = MomentField(
        whole_days=True,
        label=_("Until"),
        help_text=_("A date, which counts whole, or a moment; 31 days after `from` when missing, at most 366."),
    )
    bbox = BoxField(
        label=_("Box"), required=False, max_length=120, help_text=_("west,south,east,north in degrees (WGS 84).")
    )
    limit = forms.IntegerField(
        label=_("Number of events"),
        required=False,
        min_value=1,
        max_value=MAX_LIMIT,
        help_text=_("At most 1,000; 100 when missing."),
    )

    def clean_from(self) -> datetime:
        """Return the beginning, now when missing."""
        return self._near_enough("from") or self.now

    def clean_until(self) -> datetime | None:
        """Return the end; a date counts whole."""
        return self._near_enough("until")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning, and more than a year."""
        values = super().clean()
        since = values.get("from")
        if since and "until" not in self.errors:
            values["until"] = until = values.get("until") or since + USUAL
            if until <= since:
                self.add_error("until", _("This is before “from”. Give a later date."))
            elif until - since > LONGEST + timedelta(days=1):
                self.add_error("until", _("Ask for a year at most."))
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

    def _near_enough(self, name: str) -> datetime | None:
        moment: datetime | None = self.cleaned_data[name]
        if moment:
            self.check_year(moment)
        return moment


# `from` is a word of Python, so no field of a class can have the name.
EventListForm.base_fields = {
    "from": MomentField(days=True, label=_("From"), help_text=_("A date or a moment; now when missing.")),
    **EventListForm.base_fields,
}
