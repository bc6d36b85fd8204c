"""Where the register and OpenStreetMap differ about one place, and which of the two should learn from the other.

The source that is believed for a field (masters.csv) teaches the other; where it is silent, it learns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from portal.text import nfc
from tourism import hours
from tourism.facts import masters
from tourism.history.fields import TITLES
from tourism.matching.profiles import numbers_of
from tourism.models import Match, Place


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field of a place as both sources have it; `learns` is the source that should take the other's value."""

    field: str
    tag: str
    register: str
    osm: str
    master: str
    learns: Literal["", "register", "osm"]

    @property
    def title(self) -> Promise:
        """The field in plain words."""
        return TITLES[self.field]

    @property
    def value(self) -> str:
        """What is proposed."""
        return self.osm if self.learns == "register" else self.register


@dataclass(frozen=True, kw_only=True)
class Twins:
    """A pair with both its places as they are published, and all fields side by side."""

    match: Match
    register: Place
    osm: Place
    fields: tuple[Difference, ...]

    def proposals(self, to: str) -> list[Difference]:
        """Return what one source should take over."""
        return [field for field in self.fields if field.learns == to]


def compare_fields(register: Place, osm: Place) -> tuple[Difference, ...]:
    """Return every field of two places side by side."""
    return tuple(_compare(row["field"], row["tag"], row["master"], register, osm) for row in masters())


def pair_up(matches: Iterable[Match]) -> Iterator[Twins]:
    """Yield the pairs of which both places are still published, in the order of the matches."""
    matches = list(matches)
    register = _by_code(Place.Source.REGISTER, [match.register for match in matches])
    osm = _by_code(Place.Source.OSM, [match.osm for match in matches])
    for match in matches:
        mine, theirs = register.get(match.register), osm.get(match.osm)
        if mine and theirs:
            yield Twins(match=match, register=mine, osm=theirs, fields=compare_fields(mine, theirs))


def _by_code(source: str, codes: list[str]) -> dict[str, Place]:
    found = Place.objects.published().filter(source=source, code__in=codes)
    return {place.code: place for place in found.select_related("edition__dataset", "edition__delivery")}


def _compare(field: str, tag: str, master: str, register: Place, osm: Place) -> Difference:
    mine, theirs = _text(register, field), _text(osm, field)
    learns: Literal["", "register", "osm"] = ""
    if _said(field, mine) != _said(field, theirs):
        says = {"register": _is_sound(field, mine), "osm": _is_sound(field, theirs)}
        other = "osm" if master == "register" else "register"
        learns = other if says[master] else master if says[other] else ""  # type: ignore[assignment]
    return Difference(field=field, tag=tag, register=mine, osm=theirs, master=master, learns=learns)


def _text(place: Place, field: str) -> str:
    value = getattr(place, field)
    return "" if value is None else str(value)


def _is_sound(field: str, text: str) -> bool:
    """Tell whether a value may be handed on: hours nobody can read and a telephone that is none are not."""
    if field == "opening_hours" and text:
        return hours.is_readable(text)
    return bool(numbers_of(text) if field == "phone" else text)


def _said(field: str, text: str) -> Any:
    """Return what a value says, so that two ways of writing it are no difference."""
    if field == "phone":
        return numbers_of(text) or text
    if field == "website":
        return text.removeprefix("http://").removeprefix("https://").rstrip("/").lower()
    return nfc(text)
