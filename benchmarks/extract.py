"""The extract of a parcel by a point, over the full city."""

import random
from collections.abc import Iterator

from benchmarks import load
from benchmarks.figure import Figure
from tiles.registry import get_layer

SAMPLE = 500


def measure() -> Iterator[Figure]:
    """Yield the latency of GET extract?point= at eight connections."""
    rows = get_layer("parcels").rows.objects.live().order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    chosen = random.Random(2).sample(keys, min(SAMPLE, len(keys)))  # noqa: S311
    outlines = rows.filter(pk__in=chosen).values_list("geom", flat=True)
    points = [outline.point_on_surface.transform(4326, clone=True) for outline in outlines if outline]
    paths = [f"/api/v1/extract?point={point.x:.7f},{point.y:.7f}" for point in points]
    with load.serving() as site:
        found = load.http(site, paths)
    yield Figure(
        name="extract by point, 8 connections, p95",
        value=found["p95"],
        unit="ms",
        goal=50,
        note=f"{found['per_second']:.0f}/s, p50 {found['p50']:.1f} ms, {found['errors']} errors",
    )
