"""The document of a parcel over the full city: one reader at a time, and many at once."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from urllib.request import Request, urlopen

from benchmarks import load
from benchmarks.figure import Figure
from planning.models import FrozenExtract, Parcel

SAMPLE = 60
WARM_UP = 8
CROWD = 24


def measure() -> Iterator[Figure]:
    """Yield the time until a PDF that nobody asked for before is there, at one and at eight connections."""
    rows = Parcel.objects.current().exclude(code__in=FrozenExtract.objects.values("code"))
    codes = random.Random().sample(list(rows.values_list("code", flat=True)), WARM_UP + SAMPLE + CROWD)  # noqa: S311
    with load.serving() as site:
        for code in codes[:WARM_UP]:
            _seconds(site, code)
        alone = [_seconds(site, code) for code in codes[WARM_UP : WARM_UP + SAMPLE]]
        with ThreadPoolExecutor(load.CONNECTIONS) as crowd:
            began = time.monotonic()
            together = list(crowd.map(lambda code: _seconds(site, code), codes[-CROWD:]))
            lasted = time.monotonic() - began
    yield Figure(
        name="PDF of a parcel, first time, p95",
        value=_p95(alone),
        unit="s",
        goal=1,
        note=f"p50 {sorted(alone)[len(alone) // 2]:.2f} s",
    )
    yield Figure(
        name="PDF of a parcel, 8 readers at once, queue and all, p95",
        value=_p95(together),
        unit="s",
        note=f"{CROWD / lasted:.1f} documents/s",
    )


def _seconds(site: str, code: str) -> float:
    """Ask until the PDF comes, as the page that waits for it does."""
    began = time.monotonic()
    while True:
        with urlopen(Request(f"{site}/parcels/{code}.pdf"), timeout=60) as answer:  # noqa: S310
            if answer.headers["Content-Type"] == "application/pdf":
                answer.read()
                return time.monotonic() - began
            time.sleep(float(answer.headers["Retry-After"]))


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
