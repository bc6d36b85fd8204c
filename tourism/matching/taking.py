"""What one source takes from the other: an edition of the register by the one road, a file for OpenStreetMap's mappers.

Nothing is changed in place and nothing is sent anywhere.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tiles import editions
from tiles.geometry import SURVEY_SRID
from tiles.ingest.pipeline import Options
from tiles.models import Edition
from tourism.matching.differences import Difference, Twins
from tourism.models import Place
from tourism.sources.osm import ATTRIBUTION, LICENCE
from tourism.sources.register import PLACES

if TYPE_CHECKING:
    from portal.accounts.models import User

_LON, _LAT = (names[0] for names in PLACES.lon_lat or ())
Taken = list[tuple[Twins, Difference]]


def stage(taken: Taken, *, by: User, now: datetime) -> list[Edition]:
    """Stage a new edition of each dataset of the register with the values taken; another person publishes it."""
    by_edition: dict[Edition, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for twins, field in taken:
        by_edition[twins.register.edition][twins.register.code][field.field] = field.value
    return [_stage(edition, changes, by=by, now=now) for edition, changes in by_edition.items()]


def _stage(live: Edition, changes: Mapping[str, Mapping[str, str]], *, by: User, now: datetime) -> Edition:
    fields = sorted({field for changed in changes.values() for field in changed})
    before = live.delivery
    with tempfile.TemporaryDirectory(prefix="city-register-") as folder:
        path = Path(folder) / f"{live.dataset.code}.csv"
        _write_register(path, Place.objects.of(live).order_by("row"), changes)
        delivery = editions.receive(
            live.dataset,
            path,
            by=by,
            now=now,
            supplier=before.supplier,
            licence=f"{before.licence}; {', '.join(fields)}: {ATTRIBUTION}, {LICENCE}"[:250],
        )
        # Metres as they were surveyed: a row of which nothing was taken stays as it is to the last digit.
        edition = editions.stage(delivery, by=by, now=now, options=Options(crs=f"EPSG:{SURVEY_SRID}"))
    if edition.state == Edition.State.STAGED:
        editions.check(edition, now=now)
        edition.refresh_from_db()
    return edition


def _write_register(path: Path, places: Iterable[Place], changes: Mapping[str, Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(column.names[0] for column in PLACES.columns), _LON, _LAT])
        for place in places:
            changed = changes.get(place.code, {})
            cells = [changed.get(column.field, getattr(place, column.field)) for column in PLACES.columns]
            writer.writerow([*map(_cell, cells), *map(repr, place.geom.coords)])  # type: ignore[union-attr]


def _cell(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else "" if value is None else value


def render_for_mappers(pairs: Iterable[Twins]) -> str:
    """Return what OpenStreetMap should learn as GeoJSON: one feature an element, its tags before and after.

    No osmChange: that replaces whole elements, needs their version, all tags and all nodes, which an extract does not
    hold, and would undo what others have changed since. A mapper looks at each and enters it by hand.
    """
    features = [_feature(twins, told) for twins in pairs if (told := twins.proposals("osm"))]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)


def _feature(twins: Twins, told: list[Difference]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": twins.osm.reference,
        "geometry": {"type": "Point", "coordinates": [round(twins.osm.lon, 7), round(twins.osm.lat, 7)]},
        "properties": {
            "@id": twins.osm.reference,
            "register": twins.register.code,
            "verified_on": twins.register.verified_on and twins.register.verified_on.isoformat(),
            "was": {field.tag: field.osm for field in told},
            "set": {field.tag: field.register for field in told},
        },
    }
