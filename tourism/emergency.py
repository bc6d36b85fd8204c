"""Whom to go to in an emergency: hospitals, pharmacies open now, police; the open and the near ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Q, Value, When

from tourism.cards import PlaceCard, make_cards
from tourism.models import Place

SHOWN = 8
# A closed hospital or police post may still be the right door to knock at; a closed pharmacy is a way in vain.
KINDS = {"hospital": True, "pharmacy": False, "police": True}


@dataclass(frozen=True, kw_only=True)
class Help:
    """The places of one kind to go to, those to telephone first as nobody knows their hours, and how many there are."""

    kind: str
    cards: list[PlaceCard]
    unsure: list[PlaceCard]
    count: int


def find_help(*, near: tuple[float, float] | None, now: datetime, language: str) -> list[Help]:
    """Return at most SHOWN places of each kind: the open, then the unknown ones; by distance from `near` or by name."""
    return [_of_kind(kind, even_closed, near, now, language) for kind, even_closed in KINDS.items()]


def _of_kind(kind: str, even_closed: bool, near: tuple[float, float] | None, now: datetime, language: str) -> Help:
    everything = Place.objects.live().in_category(kind)
    found = everything.with_open(now)
    if not even_closed:
        found = found.filter(Q(open=True) | Q(open=None))
    rank = Case(
        When(open=True, then=Value(0)), When(open=None, then=Value(1)), default=Value(2), output_field=IntegerField()
    )
    found = found.alias(rank=rank)
    found = found.near(*near).order_by("rank", "distance_m", "code") if near else found.order_by("rank", "name", "code")
    cards = make_cards(found[:SHOWN], language=language, now=now)
    # “Open now” over what nobody knows would send people in vain.
    unsure = [] if even_closed else [card for card in cards if card.prospect.state.open is None]
    return Help(
        kind=kind,
        cards=[card for card in cards if card not in unsure],
        unsure=unsure,
        count=everything.count(),
    )
