"""Who looked at a place and when: the only writer of verifications.

A row is never deleted, and is changed once when it is withdrawn; it belongs to the place's code, so that no delivery
undoes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from portal.calendar import CITY_ZONE
from tiles import revisions
from tourism.models import Place, Verification

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def verify(places: Iterable[Place], *, by: User, owner: bool = False, now: datetime) -> list[Verification]:
    """Keep that a person looked at places today; return those nobody had told today yet.

    `owner`: their owner says so, by the link `by` made.
    """
    day = now.astimezone(CITY_ZONE).date()
    # Two who tell the same at once wait for each other.
    revisions.lock("places")
    codes = {place.code for place in places}
    standing = Verification.objects.filter(place__in=codes, day=day, owner=owner, withdrawn=None)
    new = sorted(codes - set(standing.values_list("place", flat=True)))
    rows = [Verification(place=code, day=day, by=by, owner=owner, made=now) for code in new]
    kept = Verification.objects.bulk_create(rows)
    if kept:
        revisions.grow("places", by=by, reason=f"{len(kept)} verified", now=now)
    return kept


@transaction.atomic
def withdraw(numbers: Iterable[int], *, by: User, now: datetime) -> list[Verification]:
    """Let verifications count no more; return those that did until now."""
    revisions.lock("places")
    wrong = list(Verification.objects.filter(pk__in=numbers, withdrawn=None))
    for one in wrong:
        one.withdrawn, one.withdrawn_by = now, by
    if wrong:
        Verification.objects.bulk_update(wrong, ["withdrawn", "withdrawn_by"])
        revisions.grow("places", by=by, reason=f"{len(wrong)} verifications withdrawn", now=now)
    return wrong


def find_verification(code: str) -> Verification | None:
    """Return the latest verification of a place that counts."""
    return Verification.objects.filter(place=code, withdrawn=None).select_related("by").order_by("day", "pk").last()


def recorded(*, on: date) -> list[tuple[Verification, Place]]:
    """Return the verifications of a day that count, the latest first, each with its place."""
    found = Verification.objects.filter(day=on, withdrawn=None).select_related("by").order_by("-pk")
    places = {place.code: place for place in Place.objects.published().filter(code__in=found.values("place"))}
    return [(one, places[one.place]) for one in found if one.place in places]
