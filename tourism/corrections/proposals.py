"""Corrections beside what is published, and what of them the next edition of the register takes over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.calendar import CITY_ZONE
from tiles.models import Edition
from tourism import next_edition
from tourism.corrections.models import Correction
from tourism.history.fields import TITLES
from tourism.models import MAIN, HoursNotice, Place
from tourism.record import WHEELCHAIR

if TYPE_CHECKING:
    from portal.accounts.models import User

CLOSED: Final = "closed"
# What the sender may correct; OpenStreetMap's entries are not ours to change, but for the hours.
FIELDS: Final = ("name", "phone", "website", "opening_hours", "address")
# What its owner may correct: also whom to trust and pay, and what only the house knows.
OWNER_FIELDS: Final = (
    *FIELDS, "name_en", "page", "email", "beneficiary", "price_from_vnd", "price_to_vnd", "rooms", "wheelchair",
)  # fmt: skip
HOURS: Final = ("opening_hours",)
PRICES: Final = ("price_from_vnd", "price_to_vnd")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One proposed field of a place: what is published, what the sender saw, what is proposed."""

    correction: Correction
    place: Place
    field: str
    now: str
    was: str
    value: str

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.correction.pk}:{self.field}"

    @property
    def title(self) -> str | Promise:
        """The field in plain words."""
        return _("Closed for good") if self.field == CLOSED else TITLES[self.field]

    @property
    def words(self) -> dict[str, str | Promise]:
        """What is published, what the sender saw and what is proposed, as people read them."""
        return {name: in_words(self.field, getattr(self, name)) for name in ("now", "was", "value")}

    @property
    def accepted(self) -> bool:
        """Tell whether a steward accepted it."""
        return self.field in self.correction.fields

    @property
    def published(self) -> bool:
        """Tell whether the public reads it already."""
        return self.field != CLOSED and self.now == self.value

    @property
    def pending(self) -> bool:
        """Tell whether the next edition should take it over: accepted, and the register still says what it said."""
        waits = self.accepted and self.field != "opening_hours" and self.place.source == Place.Source.REGISTER
        return waits and not self.published and self.now == self.was


def text_of(place: Place, field: str, *, on_day: list[HoursNotice]) -> str:
    """Return what the public reads in a field; of the hours, what the latest of the day's notices says."""
    if field == CLOSED:
        return ""
    if field == "opening_hours":
        said = [one.text for one in on_day if one.place == place.code and one.kind == MAIN and one.text]
        return said[-1] if said else place.opening_hours
    value = getattr(place, field)
    return "" if value is None else str(value)


def in_words(field: str, text: str) -> str | Promise:
    """Return a proposed or published text as people read it."""
    if field == "wheelchair":
        return WHEELCHAIR.get(text, text)
    return f"{number_format(int(text), force_grouping=True)} đ" if text and field in PRICES else text


def compare(corrections: Iterable[Correction], *, now: datetime) -> list[tuple[Correction, Place | None, list[Change]]]:
    """Return corrections with their places as they are published (None: no longer) and their fields side by side."""
    corrections = list(corrections)
    codes = [correction.place for correction in corrections]
    found = Place.objects.published().filter(code__in=codes).select_related("edition__dataset", "edition__delivery")
    places = {place.code: place for place in found}
    on_day = list(HoursNotice.objects.holding(on=now.astimezone(CITY_ZONE).date()).filter(place__in=codes))
    return [(one, places.get(one.place), _changes(one, places.get(one.place), on_day)) for one in corrections]


def pending(*, now: datetime) -> list[Change]:
    """Return what the next edition of the register should take over; of two about one field the later."""
    accepted = Correction.objects.filter(state=Correction.State.ACCEPTED).order_by("decided")
    changes = [change for _one, _place, changes in compare(accepted, now=now) for change in changes if change.pending]
    return list({(change.place.code, change.field): change for change in changes}.values())


def stage(changes: Iterable[Change], *, by: User, now: datetime) -> list[Edition]:
    """Stage a new edition of each dataset of the register with what was accepted; another person publishes it."""
    by_edition: dict[Edition, list[Change]] = defaultdict(list)
    for change in changes:
        by_edition[change.place.edition].append(change)
    return [_stage(edition, some, by=by, now=now) for edition, some in by_edition.items()]


def _stage(live: Edition, changes: list[Change], *, by: User, now: datetime) -> Edition:
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for change in changes:
        if change.field != CLOSED:
            values[change.place.code][change.field] = change.value
        if change.field in PRICES:
            values[change.place.code]["priced_on"] = str(change.correction.made.astimezone(CITY_ZONE).date())
    closed = {change.place.code for change in changes if change.field == CLOSED}
    return next_edition.stage(live, values, without=closed, by=by, now=now)


def _changes(correction: Correction, place: Place | None, on_day: list[HoursNotice]) -> list[Change]:
    if place is None:
        return []
    return [
        Change(
            correction=correction,
            place=place,
            field=field,
            now=text_of(place, field, on_day=on_day),
            was=correction.was.get(field, ""),
            value=value,
        )
        for field, value in correction.values.items()
    ]
