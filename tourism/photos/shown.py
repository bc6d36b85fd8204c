"""The photos a page shows, told in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tourism.photos.models import Photo


@dataclass(frozen=True, kw_only=True)
class ShownPhoto:
    """A photo and what it shows in words, in the reader's language or the one there is."""

    photo: Photo
    alt: str
    alt_language: str


def find_shown(places: Iterable[str], language: str) -> dict[str, list[ShownPhoto]]:
    """Return the photos of places by their codes, in order, by one question."""
    found: dict[str, list[ShownPhoto]] = defaultdict(list)
    for photo in Photo.objects.shown().filter(place__in=list(places)):
        alt, spoken = photo.alt_in(language)
        found[photo.place].append(ShownPhoto(photo=photo, alt=alt, alt_language=spoken))
    return found
