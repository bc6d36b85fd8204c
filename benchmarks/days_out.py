"""A day out over the full city: eight stops put into the best order and worked out."""

import random
from collections.abc import Iterator

from benchmarks import load
from benchmarks.figure import Figure
from tourism.models import Place

STOPS = 8
DAYS = 200
GROUPS = ("attractions", "food", "shopping", "entertainment")


def measure() -> Iterator[Figure]:
    """Yield the latency of days of eight stops in their best order; one whose roads are not connected is an error."""
    draw = random.Random(4)  # noqa: S311
    codes = list(Place.objects.live().filter(group__in=GROUPS).order_by("pk").values_list("code", flat=True))
    paths = [
        f"/api/v1/days-out?stops={','.join(draw.sample(codes, STOPS))}&start=2026-12-01T08:00&mode={mode}&order=best"
        for _day in range(DAYS)
        for mode in [draw.choice(("walk", "motorbike", "car"))]
    ]
    with load.serving() as site:
        # The first day of a mode in a process builds the network, 0.25 s once a publication of roads.
        load.http(site, paths)
        found = load.http(site, paths)
    note = f"{found['per_second']:.0f}/s, p50 {found['p50']:.1f} ms, {found['errors']} errors"
    name = f"day out of {STOPS} stops in the best order, 8 connections, p95"
    yield Figure(name=name, value=found["p95"], unit="ms", goal=1000, note=note)
