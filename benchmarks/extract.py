"""The extract of a parcel by a point, as JSON and as a page, over the full city; and what the database does for it."""

import random
from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.utils import timezone
from psycopg2.extensions import AsIs

from benchmarks import load
from benchmarks.figure import Figure
from planning.models import Parcel
from planning.prices.propose import REACH_M, ROADS, SLACK_M
from planning.sql import statement

SAMPLE = 500


def measure() -> Iterator[Figure]:
    """Yield the latency of the extract as JSON and as a page at eight connections, and core lookups a second."""
    rows = Parcel.objects.current().order_by("pk")
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
        value=load.sql([_core(parcels, today)], prepared=True, choose=len(parcels)),
        unit="1/s",
        goal=1500,
        better="higher",
    )


def _latency(name: str, found: dict[str, float], *, goal: float) -> Figure:
    note = f"{found['per_second']:.0f}/s, p50 {found['p50']:.1f} ms, {found['errors']} errors"
    return Figure(name=name, value=found["p95"], unit="ms", goal=goal, note=note)


def _core(parcels: list[tuple[int, str, object]], on: date) -> str:
    """Return the three statements of one answer as the portal prepares them: once, for every parcel."""
    facts = _without_comments("parcel_facts").format(which=_without_comments("parcel_of_code"))
    texts = (facts, _without_comments("plan_answers"), _without_comments("price_ways").format(roads=ROADS))
    keys, codes = [key for key, _code, _geom in parcels], [code for _key, code, _geom in parcels]
    with connection.cursor() as cursor:
        one = {
            "parcel": AsIs(cursor.mogrify("(%s)[:chosen]", [keys]).decode()),
            "code": AsIs(cursor.mogrify("(%s)[:chosen]", [codes]).decode()),
        }
        given = {**one, "on": on, "slack_m": SLACK_M, "reach_m": REACH_M}
        asked = [cursor.mogrify(text, given).decode() for text in texts]
    return ";\n".join(asked)


def _without_comments(name: str) -> str:
    """Return a statement of the portal; the load generator joins the lines, so comments must go."""
    return "\n".join(line for line in statement(name).splitlines() if not line.lstrip().startswith("--"))
