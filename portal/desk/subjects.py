"""What a report is about, found through the layer registry: a place, a parcel, a zone; no domain package is named."""

import re

from portal.desk.drafts import Subject
from tiles import revisions
from tiles.registry import find_layer

_ADDRESS = re.compile(r"([a-z0-9-]{1,40})/([^\x00-\x1f/]{1,120})")


def find_subject(address: str) -> Subject | None:
    """Return the live object at `layer/code`, or None when there is no such layer or object."""
    match = _ADDRESS.fullmatch(address)
    layer = find_layer(match[1]) if match else None
    if match is None or layer is None:
        return None
    row = layer.rows.objects.live().filter(code=match[2]).first()
    if row is None:
        return None
    revision = revisions.current(layer.id)
    on_surface = row.geom.point_on_surface.transform(4326, clone=True) if row.geom else None
    return Subject(
        layer=layer.id,
        code=row.code,
        title=f"{layer.title}: {getattr(row, 'name', '') or row}"[:250],
        revision=revision.number if revision else None,
        lon=round(on_surface.x, 6) if on_surface else None,
        lat=round(on_surface.y, 6) if on_surface else None,
    )
