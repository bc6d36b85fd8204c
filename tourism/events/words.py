"""What a page, an answer or a calendar says of an event, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from tourism.events.listing import Happening, Point
from tourism.events.models import Event
from tourism.events.recurrence import Occurrence


@dataclass(frozen=True, kw_only=True)
class Venue:
    """Where an event is; `code` is that of a place of the register, "" for a free address."""

    name: str
    language: str
    address: str
    point: Point | None
    code: str

    @property
    def in_words(self) -> str:
        """Name and address in one line."""
        return ", ".join(filter(None, [self.name, self.address]))


def venue_of(happening: Happening, language: str) -> Venue:
    """Return where an event is."""
    event, place = happening.event, happening.place
    if place is None:
        return Venue(name="", language="vi", address=event.address, point=happening.point, code="")
    name, name_language = place.name_in(language)
    return Venue(
        name=name,
        language=name_language,
        address=event.address or place.address,
        point=happening.point,
        code=place.code,
    )


@dataclass(frozen=True, kw_only=True)
class EventCard:
    """An event with its texts chosen; a text names its language where it may be a fallback."""

    event: Event
    title: str
    title_language: str
    description: str
    description_language: str
    reason: str
    price: str
    organiser: str
    venue: Venue
    occurrences: tuple[Occurrence, ...]


def make_card(happening: Happening, language: str) -> EventCard:
    """Return the card of an event in "vi" or "en"."""
    event = happening.event
    title, title_language = event.text("name", language)
    description, description_language = event.text("description", language)
    return EventCard(
        event=event,
        title=title,
        title_language=title_language,
        description=description,
        description_language=description_language,
        reason=event.text("reason", language)[0] if event.is_cancelled else "",
        price=event.text("price", language)[0],
        organiser=event.text("organiser", language)[0],
        venue=venue_of(happening, language),
        occurrences=happening.occurrences,
    )
