"""What a page says of a place, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from tourism.models import Category, Place


@dataclass(frozen=True, kw_only=True)
class PlaceCard:
    """A place with its texts chosen; each text names its language, which may be a fallback."""

    place: Place
    title: str
    title_language: str
    description: str
    description_language: str
    teaser: str
    teaser_language: str
    notes: str
    notes_language: str
    kind: str
    group: str
    schema_type: str


def make_cards(places: Iterable[Place], *, language: str) -> list[PlaceCard]:
    """Return cards of places in "vi" or "en"."""
    categories = Category.objects.in_bulk()
    return [_make_card(place, categories, language) for place in places]


def _make_card(place: Place, categories: dict[str, Category], language: str) -> PlaceCard:
    title, title_language = place.name_in(language)
    description, description_language = place.description_in(language)
    teaser, teaser_language = _in(language, place.teaser, place.teaser_en)
    notes, notes_language = _in(language, place.notes, place.notes_en)
    kind, group = categories.get(place.category), categories.get(place.group)
    return PlaceCard(
        place=place,
        title=title,
        title_language=title_language,
        description=description,
        description_language=description_language,
        teaser=teaser,
        teaser_language=teaser_language,
        notes=notes,
        notes_language=notes_language,
        kind=kind.name(language) if kind else place.category,
        group=group.name(language) if group else place.group,
        schema_type=kind.schema_type if kind else "Place",
    )


def _in(language: str, vietnamese: str, english: str) -> tuple[str, str]:
    return (english, "en") if language == "en" and english else (vietnamese, "vi")
