"""A place in the words of schema.org."""

import json
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

from tourism.cards import PlaceCard
from tourism.models import MAIN, HoursNotice, Place
from tourism.photos.shown import ShownPhoto
from tourism.weekly import DAYS, HOLIDAY, Week, read_week

_DAYS = dict(
    zip(
        DAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays"),
        strict=True,
    )
)
# schema.org says that a place is closed by opening and closing at the same minute.
_CLOSED = ("00:00", "00:00")
# Types that are no LocalBusiness of schema.org, which alone has a price range.
_NO_BUSINESS = {
    "BuddhistTemple",
    "BusStation",
    "Church",
    "CivicStructure",
    "LandmarksOrHistoricalBuildings",
    "Museum",
    "Park",
    "ParkingFacility",
    "PerformingArtsTheater",
    "Place",
    "TouristAttraction",
}
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
        **_hours(card),
        "starRating": {"@type": "Rating", "ratingValue": card.stars} if card.stars else None,
        **_price(card),
        "image": [_image(shown, url) for shown in card.photos],
    }
    return {key: value for key, value in described.items() if value or value is False}


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


def _price(card: PlaceCard) -> dict[str, Any]:
    """Return the price range of a business; of a sight, whether it is free."""
    low, high = card.place.price_from_vnd, card.place.price_to_vnd
    if card.schema_type in _NO_BUSINESS:
        return {"isAccessibleForFree": None if low is None else not (low or high)}
    if low is None:
        return {"priceRange": card.place.price}
    prices = [f"{price:,}".replace(",", ".") for price in dict.fromkeys((low, high)) if price is not None]
    return {"priceRange": f"{'–'.join(prices)} ₫"}


def _hours(card: PlaceCard) -> dict[str, list[dict[str, Any]]]:
    """Return the usual hours and what differs from day to day: all of it, or nothing, for half would be a lie."""
    correction = card.hours[0].correction
    told = [*([correction] if correction else []), *([card.closure] if card.closure else []), *card.announced]
    notices = [one.notice for one in told if one.notice.closes or one.notice.kind == MAIN]
    usual = read_week(card.place.opening_hours)
    weeks = [{} if notice.closes else read_week(notice.text) for notice in notices]
    special: list[dict[str, Any]] = []
    for notice, week in zip(notices, weeks, strict=True):
        if week is not None:
            special += [one | _valid(notice) for one in _specify(week, whole=True)]
    known = usual is not None and None not in weeks
    return {
        "openingHoursSpecification": _specify(usual) if known and usual else [],
        "specialOpeningHoursSpecification": special,
    }


def _specify(week: Week, *, whole: bool = False) -> list[dict[str, Any]]:
    """Return a week as specifications; `whole`: also that it is closed on other days, as over usual hours."""
    days: dict[tuple[str, str], list[str]] = {}
    for day in DAYS:
        said = week.get(day, ()) if day in week or (whole and day != HOLIDAY) else None
        # Where nothing is told of a weekday it is closed; of holidays that has to be said.
        closed = (_CLOSED,) if whole or day == HOLIDAY else ()
        for span in () if said is None else said or closed:
            days.setdefault(span, []).append(f"https://schema.org/{_DAYS[day]}")
    return [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": named, "opens": opens, "closes": closes}
        for (opens, closes), named in days.items()
    ]


def _valid(notice: HoursNotice) -> dict[str, str]:
    valid = {"validFrom": notice.first, "validThrough": notice.last}
    return {name: day.isoformat() for name, day in valid.items() if day}
