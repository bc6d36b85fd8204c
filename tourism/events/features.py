"""Events as GeoJSON."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation

from tourism.events.listing import Happening
from tourism.events.words import venue_of


def describe_feature(happening: Happening, *, language: str) -> dict[str, Any]:
    """Return an event as a Feature in a language; what is not known is null."""
    event, venue = happening.event, venue_of(happening, language)
    (name, name_language), description = event.text("name", language), event.text("description", language)[0]
    with translation.override(language):
        url, calendar = reverse("event", args=[event.code]), reverse("event-calendar", args=[event.code])
        place_url = reverse("place", args=[venue.code]) if venue.code else None
    properties: dict[str, Any] = {
        "code": event.code,
        "name": name,
        "lang": name_language,
        "description": description or None,
        "state": event.state,
        "reason": event.text("reason", language)[0] if event.is_cancelled else None,
        "all_day": event.all_day,
        "occurrences": [
            {"starts": one.begin.isoformat(), "ends": one.end.isoformat()} for one in happening.occurrences
        ],
        "rule": event.rule or None,
        "left_out": [day.isoformat() for day in event.left_out],
        "free": event.free,
        "price": event.text("price", language)[0] or None,
        "venue": {
            "code": venue.code or None,
            "name": venue.name or None,
            "address": venue.address or None,
            "url": place_url,
        },
        "organiser": event.text("organiser", language)[0] or None,
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
