"""The parcel of a certificate's corner table: how often it is found first, and how fast, over the full city."""

import json
import random
from collections.abc import Callable, Iterator

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB

from benchmarks import load
from benchmarks.figure import Figure
from planning.matching.corners import parse_corners
from planning.matching.fit import METRE_SRIDS, VN2000_SRID, Reading
from planning.matching.match import match
from planning.models import Parcel
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, Coordinates, System, reproject_coordinates

SAMPLE = 1000
NOISE_M = 0.05
OWN = Reading(SURVEY_SRID, north_first=True)

Draw = np.random.Generator
# What goes wrong on paper; each is measured alone and all together.
SLIPS: dict[str, Callable[[Draw], Reading]] = {
    "noise": lambda _draw: OWN,
    "swapped axes": lambda _draw: Reading(SURVEY_SRID, north_first=False),
    "wrong meridian": lambda draw: Reading(int(draw.choice(METRE_SRIDS[1:])), north_first=True),
    "no datum shift": lambda _draw: Reading(SURVEY_SRID, north_first=True, shifted=False),
    "missing corner": lambda _draw: OWN,
    "all together": lambda draw: Reading(int(draw.choice(METRE_SRIDS)), bool(draw.integers(2)), bool(draw.integers(2))),
}
MISSING = {"missing corner", "all together"}


def measure() -> Iterator[Figure]:
    """Yield the share found first of tables with noise and slips, and the latency of POST parcels/match."""
    rows = Parcel.objects.current().order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    chosen = random.Random(3).sample(keys, min(SAMPLE, len(keys)))  # noqa: S311
    found_rows = rows.filter(pk__in=chosen).values_list("code", AsWKB("geom"))
    outlines = {code: shapely.from_wkb(bytes(wkb)) for code, wkb in found_rows}
    draw = np.random.default_rng(3)
    bodies: list[str] = []
    for slip in SLIPS:
        tables = [(code, table(outline, slip, draw)) for code, outline in outlines.items()]
        missed = [code for code, text in tables if _first(text) != code]
        bodies += [json.dumps({"text": text}) for _code, text in tables]
        yield Figure(
            name=f"corner tables found first of {len(tables):,}: {slip}",
            value=100 * (1 - len(missed) / len(tables)),
            unit="%",
            goal=99,
            better="higher",
            note=f"noise {NOISE_M} m" + (f"; not {', '.join(missed[:5])}" if missed else ""),
        )
    bodies = [bodies[i] for i in draw.permutation(len(bodies))]
    with load.serving() as site:
        found = load.post(site, "/api/v1/parcels/match", bodies)
    yield Figure(
        name="corner table to parcel, 8 connections, p95",
        value=found["p95"],
        unit="ms",
        goal=150,
        note=f"{found['per_second']:.0f}/s, p50 {found['p50']:.1f} ms, {found['errors']} errors",
    )


def table(outline: shapely.Geometry, slip: str, draw: Draw) -> str:
    """Write a parcel's corners as a certificate with this slip; a triangle keeps all its corners."""
    corners = shapely.get_coordinates(shapely.get_exterior_ring(outline))[:-1]
    points = corners + draw.normal(0, NOISE_M, corners.shape)
    if slip in MISSING and len(points) > 3:
        points = np.delete(points, draw.integers(len(points)), axis=0)
    rows = write(points, SLIPS[slip](draw)).tolist()
    return "\n".join(f"{n}\t{first:.2f}\t{second:.2f}" for n, (first, second) in enumerate(rows, start=1))


def write(points: Coordinates, reading: Reading) -> Coordinates:
    """Return EPSG:5899 points as a paper has them that is to be read so."""
    base = System(SURVEY_SRID)
    if not reading.shifted:
        points, base = reproject_coordinates(points, base, LON_LAT_SRID), System(VN2000_SRID)
    written = reproject_coordinates(points, base, reading.srid)
    return written[:, ::-1] if reading.north_first else written


def _first(text: str) -> str:
    candidates = match(parse_corners(text)).candidates
    return candidates[0].code if candidates else ""
