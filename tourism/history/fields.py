"""The fields of a place as a reader knows them: their names, and their values in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from tourism.models import Category, Place, PlaceText
from tourism.record import AMENITIES, LICENCES, WHEELCHAIR

# In the order of the page.
TITLES: dict[str, Promise] = {
    "name": _("Name"),
    "name_en": _("English name"),
    "category": _("Kind"),
    "stars": _("Stars"),
    "teaser": _("In short"),
    "description": _("Description"),
    "opening_hours": _("Opening hours"),
    "kitchen_hours": _("Kitchen"),
    "ticket_hours": _("Ticket desk"),
    "last_entry_hours": _("Last entry"),
    "phone": _("Telephone"),
    "address": _("Address"),
    "notes": _("Good to know"),
    "email": _("E-mail"),
    "page": _("Official page"),
    "beneficiary": _("Payments go to"),
    "licence_state": _("Business licence"),
    "licence_number": _("Number of the licence"),
    "stars_decision": _("Stars awarded by"),
    "stars_until": _("Stars valid until"),
    "price_from_vnd": _("Declared price from"),
    "price_to_vnd": _("Declared price to"),
    "priced_on": _("Price declared on"),
    "rooms": _("Rooms"),
    "seats": _("Seats"),
    "amenities": _("Amenities"),
    "wheelchair": _("By wheelchair"),
    "tags": _("Further kinds"),
    "other_ids": _("Numbers in other registers"),
    "price": _("Price"),
    "website": _("Website"),
    "geom": _("Coordinates"),
    "entrance_lon": _("Longitude of the entrance"),
    "entrance_lat": _("Latitude of the entrance"),
    "verified_on": _("Last verified by a person"),
}
_TEXTS = ("name", "teaser", "description", "notes")
_IN_ENGLISH = ("teaser_en", "description_en", "notes_en")


class Row(NamedTuple):
    """What one edition says of a place: itself, if it is in it, and texts in further languages."""

    place: Place | None
    texts: Mapping[str, PlaceText]


NOTHING = Row(None, {})


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field before and after, in words; "" where nothing was said."""

    field: str
    title: str
    before: str
    after: str


def compare(before: Row, after: Row, *, kinds: Mapping[str, Category], language: str) -> Iterator[FieldChange]:
    """Yield the fields that differ between what two editions say of a place."""
    earlier, later = _told(before), _told(after)
    for field in dict.fromkeys([*later, *earlier]):
        old, new = earlier.get(field), later.get(field)
        if (old or None) != (new or None):
            words = [_in_words(field, value, kinds, language) for value in (old, new)]
            yield FieldChange(field=field, title=_title(field), before=words[0], after=words[1])


def _told(row: Row) -> dict[str, Any]:
    """Return the values by field, in the order of the page; texts in further languages as "name:fr"."""
    place, texts = row
    told: dict[str, Any] = {}
    if place:
        told = {field: getattr(place, field) for field in TITLES if field != "geom"}
        told["geom"] = f"{place.lat:.6f}, {place.lon:.6f}"
        told |= {field.replace("_en", ":en"): getattr(place, field) for field in _IN_ENGLISH}
    return told | {f"{field}:{code}": getattr(texts[code], field) for code in sorted(texts) for field in _TEXTS}


def _title(field: str) -> str:
    name, _colon, code = field.partition(":")
    return f"{TITLES[name]} ({_language_name(code)})" if code else str(TITLES[name])


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _in_words(field: str, value: Any, kinds: Mapping[str, Category], language: str) -> str:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if field.startswith("price_"):
        return f"{number_format(value, force_grouping=True)} đ"
    words = _WORDS.get(field, str)
    each = value if isinstance(value, list) else [value]
    if field in ("category", "tags"):
        return ", ".join(kinds[one].name(language) if one in kinds else one for one in each)
    return ", ".join(str(words(one)) for one in each)


_WORDS: dict[str, Callable[[Any], Any]] = {
    "licence_state": lambda value: LICENCES.get(value, value),
    "wheelchair": lambda value: WHEELCHAIR.get(value, value),
    "amenities": lambda value: AMENITIES.get(value, value),
}
