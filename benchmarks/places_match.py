"""Places of OpenStreetMap and of the register: how many are matched rightly, on samples whose answer is known."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.contrib.gis.geos import Point

from benchmarks.figure import Figure, NotMeasuredError
from fixtures.osm_sample import FIRST, SECOND, Noise, draw_sample
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System, reproject_coordinates
from tiles.ingest.osm import find_kind
from tourism.facts import categories, osm_kinds
from tourism.matching.profiles import profile_of
from tourism.matching.scoring import decide, near
from tourism.models import Place

Noises = Sequence[tuple[float, Noise]]
# Each with a seed and kinds of noise of its own.
SAMPLES: dict[str, tuple[Noises, int]] = {"first noise": (FIRST, 1), "second noise": (SECOND, 2)}
PRECISION, RECALL = 98.0, 95.0


@dataclass(frozen=True, kw_only=True)
class Result:
    """How the decision "same" did on a sample of labelled pairs."""

    pairs: int
    precision: float
    recall: float
    uncertain: int
    seconds: float


def measure() -> Iterator[Figure]:
    """Yield precision and recall of "same" on both samples of the register."""
    rows = [_row(place) for place in Place.objects.live().filter(source=Place.Source.REGISTER).order_by("code")]
    if not rows:
        raise NotMeasuredError("no register is live; load the city first: ./city run")
    for name, (noises, seed) in SAMPLES.items():
        found = judge(rows, noises, seed=seed)
        note = f"{found.pairs:,} labelled pairs, {found.uncertain} left to a person, {found.seconds:.1f} s"
        for what, share, goal in (("precision", found.precision, PRECISION), ("recall", found.recall, RECALL)):
            yield Figure(
                name=f"places matched, {name}: {what}",
                value=100 * share, unit="%", goal=goal, better="higher", note=note,
            )  # fmt: skip


def judge(rows: Sequence[Mapping[str, Any]], noises: Noises, *, seed: int) -> Result:
    """Draw a sample of a register and return how its pairs were decided."""
    sample = draw_sample(rows, noises, seed=seed)
    register = [profile_of(place) for place in _places(rows)]
    osm = [profile_of(place) for place in _elements(sample.elements)]
    began = time.perf_counter()
    pairs = decide(near(register, osm))
    seconds = time.perf_counter() - began
    same = [pair for pair in pairs if pair.decision == "same"]
    right = sum(sample.same.get(pair.osm) == pair.register for pair in same)
    return Result(
        pairs=sample.pairs,
        precision=right / max(1, len(same)),
        recall=right / len(sample.same),
        uncertain=len(pairs) - len(same),
        seconds=seconds,
    )


def _row(place: Place) -> dict[str, Any]:
    return {
        "MA": place.code, "TEN": place.name, "TEN_EN": place.name_en, "LOAI": place.category,
        "KINH_DO": place.lon, "VI_DO": place.lat, "DIEN_THOAI": place.phone, "DIA_CHI": place.address,
    }  # fmt: skip


def _places(rows: Sequence[Mapping[str, Any]]) -> Iterator[Place]:
    points = _points([(float(row["KINH_DO"]), float(row["VI_DO"])) for row in rows])
    for row, point in zip(rows, points, strict=True):
        yield _place(row["MA"], row["TEN"], row["TEN_EN"], row["DIEN_THOAI"], row["LOAI"], point)


def _elements(elements: Sequence[Mapping[str, Any]]) -> Iterator[Place]:
    kinds = {row["feature"]: row["category"] for row in osm_kinds()}
    points = _points([(one["lon"], one["lat"]) for one in elements])
    for one, point in zip(elements, points, strict=True):
        tags = one["tags"]
        kind = find_kind(tags, kinds)
        yield _place(f"node/{one['id']}", tags["name"], tags.get("name:en"), tags.get("phone"), kind, point)


def _place(code: str, name: str, name_en: str | None, phone: str | None, kind: str, point: Point) -> Place:
    group = next(row["group"] or row["code"] for row in categories() if row["code"] == kind)
    return Place(code=code, name=name, name_en=name_en or "", phone=phone or "", category=kind, group=group, geom=point)


def _points(degrees: list[tuple[float, float]]) -> list[Point]:
    metres = reproject_coordinates(np.array(degrees), System(LON_LAT_SRID), SURVEY_SRID)
    return [Point(x, y, srid=SURVEY_SRID) for x, y in metres.tolist()]
