"""What one source takes from the other: an edition of the register by the one road, a file for OpenStreetMap's mappers.

Nothing is changed in place and nothing is sent anywhere.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tiles.models import Edition
from tourism import next_edition
from tourism.matching.differences import Difference, Twins
from tourism.sources.osm import ATTRIBUTION, LICENCE

if TYPE_CHECKING:
    from portal.accounts.models import User

Taken = list[tuple[Twins, Difference]]


def stage(taken: Taken, *, by: User, now: datetime) -> list[Edition]:
    """Stage a new edition of each dataset of the register with the values taken; another person publishes it."""
    by_edition: dict[Edition, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for twins, field in taken:
        by_edition[twins.register.edition][twins.register.code][field.field] = field.value
    return [
        next_edition.stage(edition, changes, credit=_credit(changes), by=by, now=now)
        for edition, changes in by_edition.items()
    ]


def _credit(changes: next_edition.Values) -> str:
    fields = sorted({field for changed in changes.values() for field in changed})
    return f"{', '.join(fields)}: {ATTRIBUTION}, {LICENCE}"


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
