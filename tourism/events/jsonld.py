"""An event in the words of schema.org."""

from __future__ import annotations

from typing import Any

from tourism.events.listing import Happening
from tourism.events.recurrence import Occurrence
from tourism.events.words import venue_of


def describe_event(happening: Happening, occurrence: Occurrence, *, language: str, url: str) -> dict[str, Any]:
    """Return one occurrence of an event as a schema.org object; what is not known is left out."""
    event = happening.event
    described = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": event.website or url,
        "name": event.text("name", language)[0],
        "description": event.text("description", language)[0],
        "startDate": _told(occurrence.begin.date() if event.all_day else occurrence.begin),
        "endDate": _told(occurrence.last_day if event.all_day else occurrence.end),
        "eventStatus": f"https://schema.org/{'EventCancelled' if event.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True if event.free else None,
        "location": _location(happening, language),
        "organizer": _organizer(happening, language),
    }
    return {key: value for key, value in described.items() if value}


def _told(moment: Any) -> str:
    return str(moment.isoformat())


def _location(happening: Happening, language: str) -> dict[str, Any]:
    venue = venue_of(happening, language)
    address = {
        "@type": "PostalAddress",
        "addressLocality": "Đà Lạt",
        "addressRegion": "Lâm Đồng",
        "addressCountry": "VN",
    }
    if venue.address:
        address["streetAddress"] = venue.address
    location: dict[str, Any] = {"@type": "Place", "name": venue.name or venue.address, "address": address}
    if venue.point:
        lon, lat = venue.point
        location["geo"] = {"@type": "GeoCoordinates", "latitude": round(lat, 6), "longitude": round(lon, 6)}
    return location


def _organizer(happening: Happening, language: str) -> dict[str, str] | None:
    name = happening.event.text("organiser", language)[0]
    phone = happening.event.phone
    return {"@type": "Organization", "name": name, **({"telephone": phone} if phone else {})} if name else None
