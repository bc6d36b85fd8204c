"""Whether a contact is the official one of a place: yes, no, reported as false, or nobody knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from portal.text import fold
from tourism.contacts.contact import Contact, Kind, find_keys, is_alike, name_key
from tourism.contacts.models import FalseContact
from tourism.facts import emergency_numbers
from tourism.matching.names import read_names, similarity
from tourism.models import Place

Verdict = Literal["yes", "no", "reported", "unknown"]
_FIELDS = ("code", "name", "name_en", "phone", "website", "page", "email", "beneficiary")
_MOST = 3
_CANDIDATES = 20
# As pairs of both sources are told apart: words that all hotels share do not make a name the same.
_SAME = 0.85


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is known of a contact. `places`: whose it is, or for whose it could be taken."""

    contact: Contact
    verdict: Verdict
    places: tuple[Place, ...] = ()
    # Of a contact that is not the asked place's: whose it is.
    owners: tuple[Place, ...] = ()
    reported: FalseContact | None = None
    # The contact could be taken for that of `places`: a letter off, or drawn alike.
    alike: bool = False
    # A national number for emergencies, which is no place's own: its row of facts.
    emergency: Mapping[str, str] | None = None
    # A place was asked for by a name the register has not.
    nameless: bool = False


def check(contact: Contact, *, place: str = "") -> Answer:
    """Compare a contact with the register's and with those reported as false; `place` is whose it is said to be."""
    if number := _find_emergency(contact):
        return Answer(contact=contact, verdict="yes", emergency=number)
    asked = find_named(place) if place else None
    nameless = bool(place) and asked is None
    if reported := _find_reported(contact):
        pretended = Place.objects.live().filter(code=reported.place)
        found = [asked] if asked else list(pretended)
        return Answer(contact=contact, verdict="reported", places=tuple(found), reported=reported, nameless=nameless)
    records = list(_register().values(*_FIELDS))
    keys = {record["code"]: find_keys(contact.kind, record) for record in records}
    owners = _get(code for code, some in keys.items() if any(map(contact.is_official, some)))
    if asked:
        return _judge(contact, asked, owners, keys.get(asked.code, ()))
    if owners:
        return Answer(contact=contact, verdict="yes", places=owners, nameless=nameless)
    alike = _get(code for code, some in keys.items() if any(is_alike(contact, key) for key in some))
    if alike:
        return Answer(contact=contact, verdict="no", places=alike, alike=True, nameless=nameless)
    called = {record["code"]: (record["name"], record["name_en"]) for record in records if contact.kind == Kind.NAME}
    named = _get(code for code, names in called.items() if contact.key in map(name_key, names))
    return Answer(contact=contact, verdict="unknown", places=named, nameless=nameless)


def find_named(text: str) -> Place | None:
    """Return the place of the register a name means most likely, None when none is called like that."""
    if not fold(text):
        return None
    wanted = read_names(text)
    alike = [
        (similarity(wanted, read_names(*filter(None, (place.name, place.name_en)))), place)
        for place in _register().matching(text).by_likeness(fold(text))[:_CANDIDATES]
    ]
    best = max(alike, key=lambda one: one[0], default=(0.0, None))
    return best[1] if best[0] >= _SAME else None


def _judge(contact: Contact, asked: Place, owners: tuple[Place, ...], known: Collection[str]) -> Answer:
    if any(map(contact.is_official, known)):
        return Answer(contact=contact, verdict="yes", places=(asked,))
    # Where the register knows none of this kind, another one may be right.
    verdict: Verdict = "no" if known or owners else "unknown"
    alike = any(is_alike(contact, key) for key in known)
    return Answer(contact=contact, verdict=verdict, places=(asked,), owners=owners, alike=alike)


def _find_emergency(contact: Contact) -> Mapping[str, str] | None:
    numbers = emergency_numbers() if contact.kind == Kind.PHONE else ()
    return next((row for row in numbers if row["number"] == contact.key), None)


def _find_reported(contact: Contact) -> FalseContact | None:
    return next((one for one in FalseContact.objects.filter(kind=contact.kind) if contact.is_of(one.key)), None)


def _register() -> Any:
    return Place.objects.live().filter(source=Place.Source.REGISTER)


def _get(codes: Iterable[str]) -> tuple[Place, ...]:
    first = list(islice(codes, _MOST))
    return tuple(_register().filter(code__in=first).order_by("code")) if first else ()
