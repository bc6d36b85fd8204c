"""The extract of a parcel by a point, as JSON and as a page, over the full city; and what the database does for it."""

import random
from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.utils import timezone

from benchmarks import load
from benchmarks.figure import Figure
from planning.sql import statement
from tiles.registry import get_layer

SAMPLE = 500


def measure() -> Iterator[Figure]:
    """Yield the latency of the extract as JSON and as a page at eight connections, and core lookups a second."""
    rows = get_layer("parcels").rows.objects.live().order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    chosen = random.Random(2).sample(keys, min(SAMPLE, len(keys)))  # noqa: S311
    parcels = list(rows.filter(pk__in=chosen).values_list("pk", "code", "geom"))
    points = [geom.point_on_surface.transform(4326, clone=True) for _key, _code, geom in parcels if geom]
    with load.serving() as site:
        found = load.http(site, [f"/api/v1/extract?point={point.x:.7f},{point.y:.7f}" for point in points])
        page = load.http(site, [f"/parcels/{code}" for _key, code, _geom in parcels])
    yield _latency("extract by point, 8 connections, p95", found, goal=30)
    yield _latency("page of a parcel, 8 connections, p95", page, goal=80)
    today = timezone.localdate()
    yield Figure(
        name="core lookup in prepared SQL: facts, shares and price of a parcel",
        value=load.sql([_core(key, code, today) for key, code, _geom in parcels], prepared=True),
        unit="1/s",
        goal=1500,
        better="higher",
    )


def _latency(name: str, found: dict[str, float], *, goal: float) -> Figure:
    note = f"{found['per_second']:.0f}/s, p50 {found['p50']:.1f} ms, {found['errors']} errors"
    return Figure(name=name, value=found["p95"], unit="ms", goal=goal, note=note)


def _core(key: int, code: str, on: date) -> str:
    """Return the three statements of one answer, without their comments: the load generator joins the lines."""
    facts = statement("parcel_facts").format(which=statement("parcel_of_code"))
    texts = (facts, statement("plan_answers"), statement("nearest_segment"))
    with connection.cursor() as cursor:
        asked = [cursor.mogrify(text, {"parcel": key, "code": code, "on": on}).decode() for text in texts]
    return ";\n".join("\n".join(line for line in text.splitlines() if not line.startswith("--")) for text in asked)
