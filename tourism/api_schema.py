"""What the API answers of places, for its description (OpenAPI 3.0)."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def _text(description: str, **more: Any) -> Schema:
    return {"type": "string", "nullable": True, "description": description, **more}


def _number(description: str, kind: str = "integer") -> Schema:
    return {"type": kind, "nullable": True, "description": description}


def _object(description: str, properties: Schema, *, nullable: bool = True) -> Schema:
    return {"type": "object", "nullable": nullable, "description": description, "properties": properties}


def _list(description: str, items: Schema, *, nullable: bool = False) -> Schema:
    return {"type": "array", "nullable": nullable, "description": description, "items": items}


_WORD = {"type": "string"}
_MOMENT = {"format": "date-time"}
_DAY = {"format": "date"}
_STATE = ["open", "closed", "appointment", "unknown"]
_NOTICE = {
    "reason": _text("Why."),
    "reason_lang": _text("The language of the reason."),
    "from": _text("The first day.", **_DAY),
    "until": _text("The last day; null: until further notice.", **_DAY),
}
_CORRECTION = {
    "kind": _text("Whose hours: main, kitchen, tickets or last-entry; null of a closure."),
    "opening_hours": _text("The hours that hold instead; null of a closure."),
    **_NOTICE,
}
_SPAN = {
    "from": _text("Since when.", **_MOMENT),
    "until": _text("Until when.", **_MOMENT),
    "state": _text("What it is then.", enum=_STATE),
}
_PHOTO = {
    "url": _text("Address of the picture."),
    "width": _number("Pixels across."),
    "height": _number("Pixels up."),
    "alt": _text("What the picture shows."),
    "alt_lang": _text("The language of `alt`."),
    "author": _text("Who made it."),
    "licence": _text("On which terms it may be used."),
}
_DETAILS = {
    "teaser": _text("One sentence for lists."),
    "teaser_lang": _text("The language of the teaser."),
    "notes": _text("What one should know before going."),
    "notes_lang": _text("The language of the notes."),
    "address_parts": _object(
        "The address in parts, with the wards of the day `on` and all others the place ever lay in.", {}
    ),
    "entrance": _list("Longitude and latitude of the main entrance.", {"type": "number"}, nullable=True),
    "email": _text("E-mail address."),
    "page": _text("The official page in a social network."),
    "beneficiary": _text("The name that receives payments."),
    "licence_state": _text("What is known of the business licence.", enum=["valid", "suspended", "revoked", "expired"]),
    "licence_number": _text("Number of the business licence."),
    "stars_decision": _text("The decision that awarded the stars."),
    "stars_until": _text("The last day it holds.", **_DAY),
    "stars_expired": _number("The stars of a decision that no longer holds."),
    "price_from_vnd": _number("The lowest declared price."),
    "price_to_vnd": _number("The highest declared price."),
    "priced_on": _text("The day of the declaration.", **_DAY),
    "rooms": _number("How many rooms."),
    "seats": _number("How many seats."),
    "amenities": _list("Codes of what it offers; a word that is none of ours as the register writes it.", _WORD),
    "tags": _list("Codes of further kinds; a word that is none of ours as the register writes it.", _WORD),
    "ids": _list("Its numbers in the register and elsewhere.", _WORD),
    "photos": _list("Its pictures, the best first.", {"type": "object", "properties": _PHOTO}),
    "languages": _list("The languages (ISO 639) in which something is told.", _WORD),
}
PROPERTIES: Schema = {
    "code": {"type": "string", "description": "Stable code; also the address of its page."},
    "slug": {"type": "string", "description": "As `code`."},
    "category": {"type": "string", "description": "Code of its kind."},
    "group": {"type": "string", "description": "Code of the group of its kind."},
    "name": {"type": "string", "description": "Its name in the language asked for, else in English or Vietnamese."},
    "lang": {"type": "string", "description": "The language of the name; other texts have their own."},
    "description": _text("What it is."),
    "description_lang": _text("The language of the description."),
    "opening_hours": _text("As delivered: OpenStreetMap's opening_hours, or words no program can judge."),
    "open": {
        "type": "boolean",
        "nullable": True,
        "description": "At the moment asked for, else now; null: unknown, or by appointment. `state` parts the two.",
    },
    "state": _text("The same in four words.", enum=_STATE),
    "closes": _text("When a place that is open closes; null: beyond two weeks, or nobody knows.", **_MOMENT),
    "opens": _text("When a place that is not open opens next.", **_MOMENT),
    "appointment": _text("When it next receives those who asked before.", **_MOMENT),
    "today": _list(
        "When it is not closed on the day; null: nobody can judge. In lists only when `fields` names it.",
        {"type": "object", "properties": _SPAN},
        nullable=True,
    ),
    "hours": _list(
        "Hours of parts of the place.",
        {
            "type": "object",
            "properties": {
                "kind": _text("kitchen, tickets or last-entry."),
                "opening_hours": _text("As delivered."),
                "open": {"type": "boolean", "nullable": True},
            },
        },
    ),
    "closure": _object("The closure that holds on the day.", _NOTICE),
    "corrections": _list("Other hours that hold on the day.", {"type": "object", "properties": _CORRECTION}),
    "announced": _list("Closures and other hours of the coming month.", {"type": "object", "properties": _CORRECTION}),
    "holiday": _text("The public holiday of the day, where the hours do not say what holds on it."),
    "address": _text("As delivered, in Vietnamese."),
    "phone": _text("As delivered; several are parted by semicolons."),
    "website": _text("Address of its own page."),
    "stars": _number("Stars whose decision holds on the day."),
    "wheelchair": _text("Access by wheelchair.", enum=["yes", "designated", "limited", "no"]),
    "price": _text("A price as the register writes it."),
    "verified_on": _text("The day a person last looked.", **_DAY),
    "updated": _text("When it last changed.", **_MOMENT),
    "source": _text("Who says so."),
    "licence": _text("On which terms."),
    "url": {"type": "string", "description": "Address of its page."},
    "details": _object("What else is known. In lists only when `fields` names it.", _DETAILS),
    "distance_m": {"type": "number", "description": "Metres from `near`; only then."},
}
FEATURE = _object(
    "A GeoJSON Feature; with `fields` its properties are the code and those named.",
    {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": {"type": "integer"},
        "geometry": _object(
            "Longitude and latitude, WGS 84.",
            {
                "type": {"type": "string", "enum": ["Point"]},
                "coordinates": _list("Longitude first.", {"type": "number"}),
            },
            nullable=False,
        ),
        "properties": _object("What is known of the place.", PROPERTIES, nullable=False),
    },
    nullable=False,
)
COLLECTION = _object(
    "A GeoJSON FeatureCollection.",
    {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "next": _text("Address of the next page; null on the last."),
        "as_of": _text("With `updated_since`: from when to ask next time.", **_MOMENT),
        "gone": _list("With `updated_since`, on the first page: what left since.", {"type": "object"}),
        "features": _list("The places of this page.", FEATURE),
    },
    nullable=False,
)
