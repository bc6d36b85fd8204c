"""A place in the words of schema.org."""

import json
import re
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

from tourism.cards import PlaceCard
from tourism.models import HoursNotice, Place
from tourism.photos.shown import ShownPhoto

# The only hours schema.org can say: days, then one span a day.
_SIMPLE_HOURS = re.compile(r"((Mo|Tu|We|Th|Fr|Sa|Su)([-,](Mo|Tu|We|Th|Fr|Sa|Su))* )?\d\d:\d\d-\d\d:\d\d")
# What would end the script element or start markup.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def describe_place(card: PlaceCard, *, url: str) -> dict[str, Any]:
    """Return the place as a schema.org object; what is not known is left out."""
    place = card.place
    described = {
        "@context": "https://schema.org",
        "@type": card.schema_type,
        "@id": url,
        "url": place.website_url or url,
        "name": card.title,
        "description": card.description,
        "address": _address(place),
        "geo": {"@type": "GeoCoordinates", "latitude": round(place.lat, 6), "longitude": round(place.lon, 6)},
        "telephone": next((number for number, dial in place.phones if dial), ""),
        "openingHours": _hours(card.hours[0].text),
        "specialOpeningHoursSpecification": _closures(card),
        "starRating": {"@type": "Rating", "ratingValue": card.stars} if card.stars else None,
        "priceRange": place.price,
        "image": [_image(shown, url) for shown in card.photos],
    }
    return {key: value for key, value in described.items() if value}


def render(described: dict[str, Any]) -> SafeString:
    """Return JSON that is safe inside a script element."""
    return mark_safe(json.dumps(described, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308


def _address(place: Place) -> dict[str, str]:
    address = {
        "@type": "PostalAddress",
        "addressLocality": "Đà Lạt",
        "addressRegion": "Lâm Đồng",
        "addressCountry": "VN",
    }
    return {**address, "streetAddress": place.address} if place.address else address


def _image(shown: ShownPhoto, url: str) -> dict[str, Any]:
    photo = shown.photo
    image = {
        "@type": "ImageObject",
        "contentUrl": urljoin(url, photo.large),
        "width": photo.width,
        "height": photo.height,
        "caption": shown.alt,
        "creditText": photo.author,
    }
    return image | ({"license": f"https://{photo.licence_text}"} if photo.licence_text else {})


def _closures(card: PlaceCard) -> list[dict[str, str]]:
    """Return the days a place is closed: schema.org says so by opening and closing at the same minute."""
    closed = {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00"}
    told = [*([card.closure] if card.closure else []), *(one for one in card.announced if one.notice.closes)]
    return [closed | _valid(one.notice) for one in told]


def _valid(notice: HoursNotice) -> dict[str, str]:
    valid = {"validFrom": notice.first, "validThrough": notice.last}
    return {name: day.isoformat() for name, day in valid.items() if day}


def _hours(text: str) -> list[str]:
    """Return opening hours schema.org understands, or none at all: half of them would be a lie."""
    if text.strip() == "24/7":
        return ["Mo-Su 00:00-23:59"]
    rules = [rule.strip() for rule in text.split(";")]
    if not all(_SIMPLE_HOURS.fullmatch(rule) for rule in rules):
        return []
    return [rule if " " in rule else f"Mo-Su {rule}" for rule in rules]
