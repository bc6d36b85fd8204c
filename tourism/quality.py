"""What the register lacks, and whom to visit next: for the stewards who keep it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tourism.figures import FRESH
from tourism.models import Place, Schedule
from tourism.querysets import PlaceQuerySet
from tourism.weekly import find_undone

ROUND = 20
# A round is walked around the place that waits longest; so many of those that wait are looked at for it.
WAITING = 400


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that places lack, and how many lack it."""

    code: str
    name: str | Promise
    count: int


GAPS: Final[dict[str, str | Promise]] = {
    "hours": _("Opening hours"),
    "unreadable": _("Hours in a form no program can judge"),
    "undone": _("Hours of which a part never holds, because a later one replaces it"),
    "phone": _("Telephone"),
    "english": _("English name"),
    "description": _("Description"),
    "stale": _("Not verified by a person for a year"),
}


def count_gaps(*, on: date) -> list[Gap]:
    """Return every gap with the number of live places of the register that have it."""
    return [Gap(code=code, name=name, count=lacking(code, on=on).count()) for code, name in GAPS.items()]


def lacking(gap: str, *, on: date) -> PlaceQuerySet:
    """Return the live places of the register that lack something; raises KeyError for no gap of ours."""
    unreadable = Schedule.objects.filter(readable=False).exclude(text="").values("text")
    undone = [text for text in Schedule.objects.values_list("text", flat=True).distinct() if find_undone(text)]
    wanted = {
        "hours": Q(opening_hours=""),
        "unreadable": Q(opening_hours__in=unreadable),
        "undone": Q(opening_hours__in=undone),
        "phone": Q(phone=""),
        "english": Q(name_en=""),
        "description": Q(description=""),
        "stale": Q(last_verified=None) | Q(last_verified__lt=on - FRESH),
    }[gap]
    found: PlaceQuerySet = (
        Place.objects.live().of_register().with_last_verified().filter(wanted).order_by("name", "code")
    )
    return found


def choose_round(*, on: date) -> list[Place]:
    """Return at most ROUND places to verify, in the order of a short walk: around the one that waits longest."""
    waiting = list(lacking("stale", on=on).order_by(F("last_verified").asc(nulls_first=True), "code")[:WAITING])
    if not waiting:
        return []
    points = np.array([place.geom.coords for place in waiting if place.geom])
    nearest = np.argsort(np.linalg.norm(points - points[0], axis=1), kind="stable")[:ROUND]
    return [waiting[nearest[at]] for at in walking_order(points[nearest])]


def walking_order(points: np.ndarray) -> list[int]:
    """Return the order of a short walk through (n, 2) points in metres that begins at the first; 2-opt."""
    away = np.linalg.norm(points[:, None] - points[None, :], axis=2)
    order = list(_nearest_next(away))
    shorter = True
    while shorter:
        shorter = False
        for first in range(1, len(order) - 1):
            for last in range(first + 1, len(order)):
                before, after = order[first - 1], order[last + 1] if last + 1 < len(order) else None
                now = away[before, order[first]] + (away[order[last], after] if after is not None else 0)
                then = away[before, order[last]] + (away[order[first], after] if after is not None else 0)
                if then < now - 1e-9:
                    order[first : last + 1] = order[first : last + 1][::-1]
                    shorter = True
    return order


def _nearest_next(away: np.ndarray) -> Iterator[int]:
    left = set(range(1, len(away)))
    here = 0
    yield here
    while left:
        here = min(left, key=lambda other: (away[here, other], other))
        left.remove(here)
        yield here
