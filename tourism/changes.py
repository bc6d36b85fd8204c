"""What changed in the register and when: for programs that keep a copy. The only writer of `PlaceChange`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Max

from tiles.models import Revision
from tourism import sql
from tourism.models import PlaceChange


def record(*, revision: Revision, **_signal: Any) -> None:
    """Keep what a publication or a roll-back of the places changed; heard inside its transaction."""
    if revision.layer == "places":
        sql.record_changes()


def changed_since(moment: datetime) -> Any:
    """Return the codes of published places that changed at a moment or later."""
    return PlaceChange.objects.filter(gone=False, changed__gte=moment).values("code")


def gone_since(moment: datetime) -> Iterator[dict[str, str]]:
    """Yield code and moment of every place that left the public map at a moment or later, the earliest first."""
    rows = PlaceChange.objects.filter(gone=True, changed__gte=moment).order_by("changed", "code")
    yield from ({"code": row.code, "gone": row.changed.isoformat()} for row in rows)


def last_change() -> str | None:
    """Return the moment (ISO 8601) to ask from next time: nothing published later carries an earlier one."""
    found: datetime | None = PlaceChange.objects.aggregate(last=Max("changed"))["last"]
    return found.isoformat() if found else None
