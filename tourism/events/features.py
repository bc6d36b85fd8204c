"""Events as GeoJSON."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation

from tourism.events.listing import Happening
from tourism.events.models import Event
from tourism.events.words import venue_of


def describe_feature(happening: Happening, *, language: str) -> dict[str, Any]:
    """Return an event as a Feature in a language; what is not known is null."""
    event, venue = happening.event, venue_of(happening, language)
    name, name_language = event.text("name", language)
    with translation.override(language):
        url, calendar = reverse("event", args=[event.code]), reverse("event-calendar", args=[event.code])
        place_url = reverse("place", args=[venue.code]) if venue.code else None
    properties: dict[str, Any] = {
        "code": event.code,
        "name": name,
        "lang": name_language,
        **_told(event, "description", language),
        "state": event.state,
        **_told(event, "reason", language, known=event.is_cancelled),
        "all_day": event.all_day,
        "occurrences": [
            {"starts": one.begin.isoformat(), "ends": one.end.isoformat()} for one in happening.occurrences
        ],
        "rule": event.rule or None,
        "left_out": [day.isoformat() for day in event.left_out],
        "free": event.free,
        **_told(event, "price", language),
        "venue": {
            "code": venue.code or None,
            "name": venue.name or None,
            "address": venue.address or None,
            "url": place_url,
        },
        **_told(event, "organiser", language),
        "phone": event.phone or None,
        "website": event.website or None,
        "source": event.source,
        "updated": event.changed.isoformat(),
        "url": url,
        "calendar": calendar,
    }
    if happening.distance_m is not None:
        properties["distance_m"] = round(happening.distance_m, 1)
    point = [round(degrees, 7) for degrees in happening.point] if happening.point else None
    return {
        "type": "Feature",
        "id": event.pk,
        "geometry": {"type": "Point", "coordinates": point} if point else None,
        "properties": properties,
    }


def _told(event: Event, field: str, language: str, *, known: bool = True) -> dict[str, str | None]:
    """Return a text with the language it is in; null where there is none."""
    text, spoken = event.text(field, language) if known else ("", "")
    return {field: text or None, f"{field}_lang": spoken if text else None}
