"""What the tourist office writes about a place's hours, parsed once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from portal.text import plain
from tourism import hours
from tourism.models import HOURS_KINDS
from tourism.preview import HOLIDAY, WEEK, compose_week
from tourism.weekly import find_undone

HOURS, CLOSED = "hours", "closed"
_MAX = 250


class HoursForm(forms.Form):
    """Other hours, written as opening_hours or day by day, or a closure; from a day to a day, with a reason."""

    what = forms.ChoiceField(choices=[(HOURS, _("Other hours")), (CLOSED, _("Closed"))], initial=HOURS)
    kind = forms.ChoiceField(label=_("Which hours"), required=False)
    text = forms.CharField(label=_("Hours in OpenStreetMap's syntax"), required=False, max_length=_MAX)
    first = forms.DateField(label=_("From"))
    last = forms.DateField(label=_("Until (empty: until further notice)"), required=False)
    reason_vi = forms.CharField(label=_("Reason in Vietnamese"), required=False, max_length=_MAX)
    reason_en = forms.CharField(label=_("Reason in English"), required=False, max_length=_MAX)

    def __init__(self, data: Any = None, *, kinds: Iterable[str], on: date, saving: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        self.on, self.saving = on, saving
        labels = dict(HOURS_KINDS)
        kind: Any = self.fields["kind"]
        kind.choices = [(one, labels[one]) for one in kinds]
        for day in (*WEEK, HOLIDAY):
            label = _("Public holidays") if day == HOLIDAY else WEEKDAYS[WEEK.index(day)]
            self.fields[day] = forms.CharField(label=label, required=False, max_length=60)

    @property
    def week(self) -> list[forms.BoundField]:
        """The fields of the days."""
        return [self[day] for day in (*WEEK, HOLIDAY)]

    def clean_reason_vi(self) -> str:
        """Ask for the reason when it is saved: visitors read it."""
        reason = plain(self.cleaned_data["reason_vi"])
        if self.saving and not reason:
            raise forms.ValidationError(_("Give the reason in Vietnamese: visitors read it on the page of the place."))
        return reason

    def clean_last(self) -> date | None:
        """Refuse what is over."""
        last: date | None = self.cleaned_data["last"]
        if last and last < self.on:
            raise forms.ValidationError(_("This day has passed. Give today or a later day, or leave it empty."))
        return last

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order and hours nobody can read; unreadable is never taken as closed."""
        values = super().clean() or self.cleaned_data
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first. Correct one of them."))
        if values.get("what") == HOURS and "text" not in self.errors:
            values["hours"] = self._hours(values)
        return values

    def _hours(self, values: dict[str, Any]) -> str:
        week = {day: values.get(day, "") for day in (*WEEK, HOLIDAY)}
        text = plain(values["text"])
        by_day = any(week.values())
        if text and by_day:
            self.add_error("text", _("Fill in either the text or the week, not both."))
        elif not text and not by_day:
            self.add_error("text", _("Write the hours as a text or day by day; to close the place, choose “Closed”."))
        found = text or compose_week(week)
        if len(found) > _MAX:
            self.add_error("text", _("These hours are longer than 250 letters. Shorten them."))
        elif by_day or text:
            self._explain(found)
        return found

    def _explain(self, text: str) -> None:
        if fault := explain_fault(text):
            self.add_error("text", fault)


def explain_fault(text: str) -> forms.ValidationError | None:
    """Return what to tell the writer of hours that cannot be read, or of which a part never holds; None: nothing."""
    fault = hours.find_fault(text)
    if fault is None:
        return _explain_undone(text)
    return forms.ValidationError(
        _(
            "“%(text)s” cannot be read from letter %(position)s on, at “%(rest)s”. "
            "Write it like Mo-Fr 08:00-17:00; Sa 08:00-12:00; PH off."
        ),
        params={"text": text, "position": fault.position, "rest": fault.rest[:40]},
    )


def _explain_undone(text: str) -> forms.ValidationError | None:
    undone = find_undone(text)
    if undone is None:
        return None
    return forms.ValidationError(
        _(
            "“%(rule)s” never holds, because “%(by)s” follows for the same days and replaces it. Write all times of a "
            "day in one rule, like Mo-Sa 07:30-11:30,13:30-17:00, and exceptions after the usual hours."
        ),
        params=undone._asdict(),
    )
