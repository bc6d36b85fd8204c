"""The queue of pairs that may be one place. The only writer of matches and of what they keep from the public.

What is the same is shown once, as the register's. A proposal that is the same by its score counts until a person says
otherwise; one that is uncertain does not count until a person says so.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.calendar import CITY_ZONE
from tiles import editions, revisions
from tourism import schedules
from tourism.matching.profiles import profile_of
from tourism.matching.scoring import Pair, Profile, decide, near
from tourism.models import Match, Place

if TYPE_CHECKING:
    from portal.accounts.models import User

LAYER = "places"


class AlreadyMatchedError(Exception):
    """The element is the same as another place already; the text says which and what to do."""


@transaction.atomic
def propose() -> int:
    """Compare the places of both sources anew; returns how many pairs wait. What a person said stays."""
    said = Match.objects.exclude(state=Match.State.PROPOSED)
    accepted = dict(said.filter(state=Match.State.ACCEPTED).values_list("osm", "register"))
    refused = set(said.filter(state=Match.State.REFUSED).values_list("register", "osm"))
    osm = [profile for profile in _profiles(Place.Source.OSM) if profile.key not in accepted]
    register = _profiles(Place.Source.REGISTER) if osm else []
    pairs = decide(pair for pair in near(register, osm) if (pair[0].key, pair[1].key) not in refused)
    waiting = Match.objects.filter(state=Match.State.PROPOSED)
    known = {(match.register, match.osm): match.pk for match in waiting}
    gone = known.keys() - {(pair.register, pair.osm) for pair in pairs}
    waiting.filter(pk__in=[known[pair] for pair in gone]).delete()
    Match.objects.bulk_create(
        [_match(pair, alone=pair.register not in accepted.values()) for pair in pairs],
        update_conflicts=True,
        unique_fields=["register", "osm"],
        update_fields=["score", "decision", "evidence"],
    )
    return len(pairs)


def show_once() -> int:
    """Show each place once: the register's where both have it. Returns how many places appear or disappear."""
    standing = Place.objects.published().filter(source=Place.Source.REGISTER).values("code")
    twins = Match.objects.filter(counts=True, register__in=standing).values_list("osm", flat=True)
    return editions.withhold(Place, set(twins))


@transaction.atomic
def accept(match: Match, *, by: User, now: datetime) -> None:
    """Say that the two are the same. Raises AlreadyMatchedError when the element is another place's."""
    revisions.lock(LAYER)
    other = Match.objects.filter(osm=match.osm, state=Match.State.ACCEPTED).exclude(pk=match.pk).first()
    if other:
        raise AlreadyMatchedError(
            _("%(osm)s is the same as %(register)s already. Undo that first.")
            % {"osm": match.osm, "register": other.register}
        )
    _decide(match, Match.State.ACCEPTED, by=by, now=now)


def refuse(match: Match, *, by: User, now: datetime) -> None:
    """Say that the two are not the same: both are shown, and the pair is not proposed again."""
    _decide(match, Match.State.REFUSED, by=by, now=now)


def undo(match: Match, *, by: User, now: datetime) -> None:
    """Take back what was said: the pair waits again."""
    _decide(match, Match.State.PROPOSED, by=by, now=now)


@transaction.atomic
def _decide(match: Match, state: str, *, by: User, now: datetime) -> None:
    revisions.lock(LAYER)
    match.refresh_from_db()  # a publication may have found that the pair is none any more
    match.state, match.by, match.decided = state, by, now
    match.save(update_fields=["state", "by", "decided"])
    if show_once():
        schedules.work_out(on=timezone.localdate(now, CITY_ZONE))
        revisions.grow(LAYER, by=by, reason=f"match {match.register} {match.osm}: {state}", now=now)


def _profiles(source: str) -> list[Profile]:
    return [profile_of(place) for place in Place.objects.published().filter(source=source).order_by("code")]


def _match(pair: Pair, *, alone: bool) -> Match:
    return Match(
        register=pair.register,
        osm=pair.osm,
        score=round(pair.score, 1),
        # A second element of a place that has one may be its building, or a neighbour: a person looks.
        decision=pair.decision if alone else "uncertain",
        evidence=pair.evidence.as_facts(),
    )
