"""The visitor's questions over the full city: all places for the map, what is open near, a place's page."""

import random
from collections.abc import Iterator
from urllib.request import Request, urlopen

from benchmarks import load
from benchmarks.figure import Figure
from tourism.models import Place

SAMPLE = 500
ALL = "/api/v1/places?limit=5000"
KINDS = ("food", "pharmacy", "atm", "lodging", "cafe", "hospital")


def measure() -> Iterator[Figure]:
    """Yield size and latency of all places at once, latency of near + open + kind, and of a place's page."""
    draw = random.Random(4)  # noqa: S311
    places = list(Place.objects.live().order_by("pk"))
    chosen = draw.sample(places, min(SAMPLE, len(places)))
    near = [
        f"/api/v1/places?near={place.lon:.5f},{place.lat:.5f}&open_at=now&category={draw.choice(KINDS)}&limit=20"
        for place in chosen
    ]
    with load.serving() as site:
        with urlopen(Request(site + ALL, headers={"Accept-Encoding": "gzip"}), timeout=20) as answer:  # noqa: S310
            size = len(answer.read())
        everything = load.http(site, [ALL])
        found = load.http(site, near)
        page = load.http(site, [f"/places/{place.code}" for place in chosen])
    yield Figure(name=f"all {len(places):,} places in one answer, compressed", value=size / 1000, unit="kB", goal=250)
    yield _latency("all places in one answer, 8 connections, p95", everything, goal=60)
    yield _latency("places near, open now, of a kind, 8 connections, p95", found, goal=25)
    yield _latency("page of a place, 8 connections, p95", page, goal=60)


def _latency(name: str, found: dict[str, float], *, goal: float) -> Figure:
    note = f"{found['per_second']:.0f}/s, p50 {found['p50']:.1f} ms, {found['errors']} errors"
    return Figure(name=name, value=found["p95"], unit="ms", goal=goal, note=note)
