"""Who looked at a place and when: the only writer of verifications.

A row is never changed or deleted and belongs to the place's code, so that no delivery undoes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
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
    told = Verification.objects.filter(place__in=codes, day=day, owner=owner).values_list("place", flat=True)
    rows = [Verification(place=code, day=day, by=by, owner=owner, made=now) for code in sorted(codes - set(told))]
    kept = Verification.objects.bulk_create(rows)
    if kept:
        revisions.grow("places", by=by, reason=f"{len(kept)} verified", now=now)
    return kept
