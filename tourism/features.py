"""Places as GeoJSON texts: which properties are told, and in which language."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.urls import reverse

from portal.calendar import CITY_ZONE
from tourism import addresses, schedules, sql
from tourism.hours import Span, State, is_silent_on_holidays
from tourism.listing import Listed
from tourism.models import HOURS_FIELDS, MAIN, HoursNotice, Place
from tourism.preview import by_day
from tourism.schedules import Key

_HOURS = {
    "open", "state", "closes", "opens", "appointment", "today",
    "hours", "closure", "corrections", "announced", "holiday",
}  # fmt: skip
# Told of one place, of many when asked by name: thousands of places with all that is known of each would be megabytes.
LONG = {"details", "today"}
PROPERTIES = (
    "code", "slug", "category", "group", "name", "lang", "description", "description_lang", "opening_hours", "open",
    "address", "phone", "website", "stars", "wheelchair", "price", "verified_on", "updated", "source", "licence", "url",
    "details", "distance_m", "state", "closes", "opens", "hours", "closure", "corrections",
    "announced", "holiday", "appointment", "today",
)  # fmt: skip


_FORMULA = re.compile(r"[=@\t\r\n+-]")
# Numbers and telephone numbers, of which a spreadsheet makes nothing else.
_FIGURES = re.compile(r"[+-]?\d[\d .]*(?:; ?\+?\d[\d .]*)*", re.ASCII)


def render_features(
    places: Sequence[Listed],
    *,
    near: bool,
    moment: datetime,
    language: str,
    address: str,
    names: Sequence[str] = (),
    details: bool = False,
    on: date | None = None,
) -> list[str]:
    """Return places as GeoJSON texts, with id, code and the properties named (none: all but details).

    `near`: the list goes by distance, its measure in metres; `address` is the list's.
    """
    ids = [one.pk for one in places]
    day = moment.astimezone(CITY_ZONE).date()
    untold = _untold(names, near=near, details=details)
    timeless = set(untold) >= _HOURS
    keys = [
        [Key(text, one.code, kind) for kind, text in zip(HOURS_FIELDS, one.hours, strict=True) if text or kind == MAIN]
        for one in places
    ]
    return sql.features(
        ids=ids,
        distances_m=[one.measure if near else None for one in places],
        more=["{}"] * len(places) if timeless else _more(keys, moment, language, days="today" not in untold),
        parts=[None] * len(places) if "details" in untold else _parts(ids, on or day),
        day=day,
        language=language,
        address=address,
        photos=_photos(),
        without=untold,
    )


@cache
def _photos() -> str:
    """Return the address of all photos."""
    return reverse("place_photo", args=["0", "large"]).removesuffix("0/large.webp")


def render_table(features: Iterable[str], names: Sequence[str]) -> str:
    """Return GeoJSON texts of places as CSV: the properties named, then longitude and latitude in WGS 84."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([*names, "lon", "lat"])
    for feature in map(json.loads, features):
        told = feature["properties"]
        writer.writerow([*(_cell(told.get(name)) for name in names), *feature["geometry"]["coordinates"]])
    return table.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False)
    # A spreadsheet reckons a text that begins so.
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) and not _FIGURES.fullmatch(value) else value


def _parts(places: list[int], on: date) -> list[str | None]:
    """Return the addresses of places in parts, as JSON objects."""
    texts = dict(Place.objects.filter(pk__in=places).values_list("pk", "address"))
    units = addresses.find_units(places)
    return [
        json.dumps(addresses.describe(texts.get(pk, ""), units.get(pk, []), on=on), ensure_ascii=False) for pk in places
    ]


def _more(places: list[list[Key]], moment: datetime, language: str, *, days: bool) -> list[str]:
    """Return what is known of the hours of places, the main ones first, as JSON objects; those of the day on wish."""
    outlook = schedules.look_ahead([key for keys in places for key in keys], moment)
    day = moment.astimezone(CITY_ZONE).date()
    spans = schedules.spans_ahead([main for main, *_others in places], day, 1) if days else {}
    coming = outlook.prospects
    spoken = "vi" if language == "vi" else "en"
    holiday = outlook.calendar.holiday_name(day, spoken)
    found = []
    for main, *others in places:
        prospect = coming[main]
        said = outlook.notices.get(main.place, ())
        closures = [_notice(one, language) for one in said if one.closes]
        more = {
            "open": prospect.state.open,
            "state": prospect.state,
            "closes": _moment(prospect.until) if prospect.state is State.OPEN else None,
            "opens": _moment(prospect.opens) if prospect.state is not State.OPEN else None,
            "appointment": _moment(prospect.appointment) if prospect.state is not State.OPEN else None,
            "today": _day(spans[main], day) if days else None,
            "hours": [{"kind": one.kind, "opening_hours": one.text, "open": coming[one].state.open} for one in others],
            "closure": closures[-1] if closures else None,
            "corrections": [_correction(one, language) for one in said if not one.closes],
            "announced": [_correction(one, language) for one in outlook.announced.get(main.place, ())],
            # What holds on it nobody has said.
            "holiday": holiday if holiday and is_silent_on_holidays(main.text) else None,
        }
        found.append(json.dumps(more, ensure_ascii=False))
    return found


def _correction(notice: HoursNotice, language: str) -> dict[str, str | None]:
    """Return other hours; of a closure that is announced, kind and hours are null."""
    return {"kind": notice.kind or None, "opening_hours": notice.text or None, **_notice(notice, language)}


def _notice(notice: HoursNotice, language: str) -> dict[str, str | None]:
    last = notice.last.isoformat() if notice.last else None
    reason, spoken = notice.reason_in(language)
    return {"reason": reason, "reason_lang": spoken, "from": notice.first.isoformat(), "until": last}


def _day(spans: list[Span] | None, day: date) -> list[dict[str, str | None]] | None:
    """Return when a place is not closed on a day, nights with the day they begin on; None: nobody can judge."""
    if spans is None:
        return None
    return [
        {"from": _moment(one.begin), "until": _moment(one.end), "state": one.state}
        for one in by_day(spans, day, 1)[day]
    ]


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(CITY_ZONE).isoformat(timespec="minutes") if moment else None


def _untold(names: Iterable[str], *, near: bool, details: bool) -> list[str]:
    told = set(names or PROPERTIES) - (set() if details or names else LONG) | {"code"}
    told = told | {"distance_m"} if near else told - {"distance_m"}
    return sorted(set(PROPERTIES) - told)
