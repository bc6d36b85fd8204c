"""The next edition of the register: its live rows with some values changed, sent along the one road.

Nothing is changed in place; another person publishes it.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tiles import editions
from tiles.geometry import SURVEY_SRID
from tiles.ingest.pipeline import Options
from tiles.models import Edition
from tourism.models import Place, PlaceText
from tourism.sources.register import PLACES

if TYPE_CHECKING:
    from portal.accounts.models import User

_LON, _LAT = (names[0] for names in PLACES.lon_lat or ())
# Place code → field → value.
Values = Mapping[str, Mapping[str, str]]


class NotStagedError(Exception):
    """A table cannot hold all that is live of the dataset; the message says what to do."""


def stage(
    live: Edition, values: Values, *, without: Collection[str] = (), credit: str = "", by: User, now: datetime
) -> Edition:
    """Stage and check a new edition of a live one's dataset: with these values, without these places.

    `credit` is added to the licence: whose the values are. Raises NotStagedError.
    """
    if PlaceText.objects.of(live).exists():
        said = _("%(dataset)s also tells its places in further languages, which a table would lose. Ask its supplier.")
        raise NotStagedError(said % {"dataset": live.dataset.code})
    before = live.delivery
    with tempfile.TemporaryDirectory(prefix="city-register-") as folder:
        path = Path(folder) / f"{live.dataset.code}.csv"
        _write(path, Place.objects.of(live).exclude(code__in=without).order_by("row"), values)
        delivery = editions.receive(
            live.dataset,
            path,
            by=by,
            now=now,
            supplier=before.supplier,
            licence="; ".join(filter(None, (before.licence, credit)))[:250],
        )
        # Metres as they were surveyed: a row of which nothing was taken stays as it is to the last digit.
        edition = editions.stage(delivery, by=by, now=now, options=Options(crs=f"EPSG:{SURVEY_SRID}"))
    if edition.state == Edition.State.STAGED:
        editions.check(edition, now=now)
        edition.refresh_from_db()
    return edition


def _write(path: Path, places: Iterable[Place], values: Values) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(column.names[0] for column in PLACES.columns), _LON, _LAT])
        for place in places:
            changed = values.get(place.code, {})
            cells = [changed.get(column.field, _cell(getattr(place, column.field))) for column in PLACES.columns]
            writer.writerow([*cells, *map(repr, place.geom.coords)])  # type: ignore[union-attr]


def _cell(value: Any) -> str:
    """Return a value as a supplier writes it."""
    return "" if value is None else ", ".join(value) if isinstance(value, list) else str(value)
