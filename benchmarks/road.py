"""The road at full size: import against ogr2ogr, publication of everything."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyogrio
from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks import scratch
from benchmarks.figure import Figure, NotMeasuredError
from planning.models import Parcel
from tiles import database, editions
from tiles.ingest import process
from tiles.models import Dataset, Delivery, Edition


def measure() -> Iterator[Figure]:
    """Yield the import's time as a multiple of ogr2ogr's, and the times to load and publish the whole city."""
    yield from _import()
    yield from _load()


def _import() -> Iterator[Figure]:
    ogr2ogr = shutil.which("ogr2ogr")
    if ogr2ogr is None:
        raise NotMeasuredError("ogr2ogr is missing: sudo apt-get install -y --no-install-recommends gdal-bin")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "parcels.gpkg"
        rows = _all_parcels(file)
        process.prepare()
        # The best of three: the first time warms up the database's and our own processes.
        theirs, ours, staged = map(
            min, zip(*((_seconds_of_ogr(ogr2ogr, file), *_seconds_of_ours(file)) for _ in range(3)), strict=True)
        )
    yield Figure(
        name=f"import of {rows:,} parcels, file to checked, as a multiple of ogr2ogr",
        value=ours / theirs,
        unit="ratio",
        goal=3,
        note=f"{ours:.1f} s (staged {staged:.1f} s) against {theirs:.1f} s",
    )


def _seconds_of_ours(file: Path) -> tuple[float, float]:
    """Return the seconds from the file to checked, and to staged."""
    dataset = Dataset.objects.create(layer="parcels", code="bench", title_vi="bench")
    try:
        began = time.monotonic()
        now = timezone.now()
        edition = editions.stage(editions.receive(dataset, file, by=None, now=now), by=None, now=now)
        staged = time.monotonic() - began
        editions.check(edition, now=now)
        return time.monotonic() - began, staged
    finally:
        Edition.objects.filter(dataset=dataset).delete()
        Delivery.objects.filter(dataset=dataset).delete()
        dataset.delete()
        database.vacuum(Parcel._meta.db_table)


def _all_parcels(file: Path) -> int:
    """Write the whole city's parcels as one file; sheets are numbered through, since each unit begins at 1."""
    folder = Path(settings.VAR) / "city" / "full" / "dia_chinh"
    shapes, columns, names = [], [], None
    # From 1 on, or the first unit's sheets would be those of its live parcels, a thousand issues.
    for number, path in enumerate(sorted(folder.glob("*.gpkg")), 1):
        meta, _ids, geometry, fields = pyogrio.raw.read(path, layer="ThuaDat")
        names = list(meta["fields"])
        sheet = names.index("SoTo")
        fields[sheet] = fields[sheet] + 1000 * number
        shapes.append(geometry)
        columns.append(fields)
    if names is None:
        raise NotMeasuredError("The full city's files are missing: ./city load_city")
    pyogrio.raw.write(
        file,
        np.concatenate(shapes),
        [np.concatenate(parts) for parts in zip(*columns, strict=True)],
        names,
        geometry_type="Polygon",
        crs="EPSG:5899",
        layer="ThuaDat",
        driver="GPKG",
    )
    return sum(map(len, shapes))


def _seconds_of_ogr(ogr2ogr: str, file: Path) -> float:
    parameters = connection.get_connection_params()
    words = {"dbname": "dbname", "host": "host", "port": "port", "user": "user", "password": "password"}
    target = "PG:" + " ".join(f"{word}='{parameters[key]}'" for key, word in words.items() if parameters.get(key))
    command = [ogr2ogr, "-q", "-f", "PostgreSQL", target, str(file), "-nln", "bench_ogr", "-overwrite"]
    began = time.monotonic()
    subprocess.run([*command, "--config", "PG_USE_COPY", "YES"], check=True)
    seconds = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_ogr")
    return seconds


def _load() -> Iterator[Figure]:
    """Make and load the whole city, and the small one of the tests, in databases of their own."""
    seconds = _seconds_of_load("full")
    yield Figure(
        name="generation and load of the whole city",
        value=seconds["loaded"],
        unit="s",
        goal=90,
        note=_each(seconds),
    )
    yield Figure(
        name="publication of all layers, with shares and tiles",
        value=seconds["publishing"] + seconds["baking"],
        unit="s",
        goal=20,
        note=f"live after {seconds['publishing']:.1f} s, tiles {seconds['baking']:.1f} s",
    )
    small = min((_seconds_of_load("small") for _ in range(3)), key=lambda times: times["loaded"])
    yield Figure(
        name="generation and load of the small city, best of three",
        value=small["loaded"],
        unit="s",
        goal=3,
        note=_each(small),
    )


def _seconds_of_load(size: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, scratch.database() as url:
        environment = {**os.environ, "DATABASE_URL": url, "CITY_VAR": folder, "TILES_ROOT": f"{folder}/tiles"}
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)
        printed = subprocess.run(
            [*manage, "load_city", "--size", size, "--json"],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    seconds: dict[str, float] = json.loads(printed.splitlines()[-1])
    return seconds


def _each(seconds: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.1f}" for name, value in seconds.items())
