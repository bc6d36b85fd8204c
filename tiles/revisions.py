"""Revisions: the number of a layer's public state. This module is their only writer."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from django.contrib.gis.db.models import Extent
from django.contrib.gis.geos import Polygon
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from portal.calendar import CITY_ZONE
from tiles import database, signals, tasks
from tiles.models import TILE_SRID, Dataset, Edition, Revision
from tiles.registry import get_layer

if TYPE_CHECKING:
    from portal.accounts.models import User


# How the reason of a revision begins that took an edition back.
ROLL_BACK: Final = "roll back"


class Replacement(NamedTuple):
    """What became of one dataset: the numbers of the editions live before and after; None: there was, or is, none."""

    dataset: str
    before: int | None
    after: int | None


def current(layer_id: str) -> Revision | None:
    """Return what the public sees of the layer now; None when nothing was ever published."""
    return Revision.objects.filter(layer=layer_id, withdrawn=False).order_by("-number").first()


def current_all() -> dict[str, Revision]:
    """Return the current revision of every layer that has one."""
    rows = Revision.objects.filter(withdrawn=False).order_by("layer", "-number").distinct("layer")
    return {revision.layer: revision for revision in rows}


@transaction.atomic
def grow(
    layer_id: str,
    *,
    by: "User | None",
    reason: str,
    now: datetime,
    edition: Edition | None = None,
    datasets: Iterable[Replacement] = (),
) -> Revision:
    """Give the layer its next number, inside the transaction that changed its rows, and tell who listens."""
    lock(layer_id)
    latest = Revision.objects.filter(layer=layer_id).order_by("-number").first()
    layer = get_layer(layer_id)
    # What is no more is kept for the dates before; it is none of the layer's rows of today.
    today = timezone.localdate(now, CITY_ZONE)
    standing = Q(in_force_until=None) | Q(in_force_until__gte=today) if layer.dated else None
    live = layer.rows.objects.live().aggregate(rows=Count("pk", filter=standing), box=Extent("shape"))
    revision = Revision.objects.create(
        layer=layer_id,
        number=latest.number + 1 if latest else 1,
        created=now,
        by=by,
        reason=reason[:250],
        edition=edition,
        datasets=[replacement._asdict() for replacement in datasets],
        rows=live["rows"],
        bounds=_degrees(live["box"]),
    )
    # Until the worker has baked them, tiles are made on demand.
    transaction.on_commit(lambda: tasks.bake.enqueue(layer_id))
    signals.grown.send(Revision, revision=revision)
    return revision


def withdraw(layer_id: str, *, since: int) -> list[int]:
    """Mark the revisions from number `since` on as withdrawn: their tiles answer 410. Returns their numbers."""
    doomed = Revision.objects.filter(layer=layer_id, number__gte=since, withdrawn=False)
    numbers = list(doomed.values_list("number", flat=True))
    doomed.update(withdrawn=True)
    return numbers


def stood_before(dataset: Dataset) -> int | None:
    """Return the edition that was live before the live one was published; what was taken back since does not count."""
    stood: list[int | None] = []
    named = Revision.objects.filter(layer=dataset.layer, datasets__contains=[{"dataset": dataset.code}])
    for revision in named.order_by("number"):
        [replaced] = (one for one in revision.datasets if one["dataset"] == dataset.code)
        # A demonstration or an older release may have put the first edition there without a revision.
        stood = stood or [replaced["before"]]
        taken_back = revision.reason.startswith(ROLL_BACK)
        stood = stood[:-1] or [replaced["after"]] if taken_back else [*stood, replaced["after"]]
    return stood[-2] if len(stood) > 1 else None


def lock(layer_id: str) -> None:
    """Let only one transaction at a time change the layer's public state."""
    database.lock(f"layer {layer_id}")


def _degrees(box: tuple[float, float, float, float] | None) -> list[float] | None:
    if box is None:
        return None
    area = Polygon.from_bbox(box)
    area.srid = TILE_SRID
    area.transform(4326)
    return [round(value, 6) for value in area.extent]
