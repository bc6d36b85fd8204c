"""Finished tiles as plain files: `{layer}/{revision}/{z}/{x}/{y}.mvt.gz` under settings.TILES_ROOT.

A revision never changes, so a file never does; any web server, object store or CDN may serve the folder. An empty
file means an empty tile. A folder with a `complete` mark holds every tile that is not empty.
"""

import fcntl
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

MARK = "complete"


def folder(layer_id: str, revision: int) -> Path | None:
    """Return where the revision's tiles are kept; None when none are kept."""
    return Path(settings.TILES_ROOT) / layer_id / str(revision) if settings.TILES_ROOT else None


def find(layer_id: str, revision: int, z: int, x: int, y: int) -> bytes | None:
    """Return a kept tile, gzipped; b"" when it is known to be empty, None when it is not known."""
    if not settings.TILES_ROOT:
        return None
    base = f"{settings.TILES_ROOT}/{layer_id}/{revision}"
    try:
        with open(f"{base}/{z}/{x}/{y}.mvt.gz", "rb") as file:  # noqa: PTH123  (a hot path)
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return b"" if os.path.exists(f"{base}/{MARK}/{z}") else None  # noqa: PTH110


def keep(layer_id: str, revision: int, z: int, x: int, y: int, tile: bytes) -> None:
    """Keep one gzipped tile; a reader sees all of it or nothing. A hot path of baking: no Path objects."""
    if not settings.TILES_ROOT:
        return
    column = f"{settings.TILES_ROOT}/{layer_id}/{revision}/{z}/{x}"
    part = f"{column}/.{y}.{os.getpid()}"
    with suppress(NotADirectoryError, FileExistsError):  # forgotten meanwhile
        try:
            _write(part, tile)
        except FileNotFoundError:
            os.makedirs(column, exist_ok=True)  # noqa: PTH103
            _write(part, tile)
        os.replace(part, f"{column}/{y}.mvt.gz")  # noqa: PTH105


def _write(path: str, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(handle, data)
    finally:
        os.close(handle)


def weights(layer_id: str, revision: int, z: int, x: int) -> dict[int, int]:
    """Return the bytes of every kept tile of a column by its row; 0: known to be empty."""
    try:
        with os.scandir(f"{settings.TILES_ROOT}/{layer_id}/{revision}/{z}/{x}") as files:
            kept = [file for file in files if file.name.endswith(".mvt.gz") and not file.name.startswith(".")]
            return {int(file.name.removesuffix(".mvt.gz")): file.stat().st_size for file in kept}
    except (FileNotFoundError, NotADirectoryError):
        return {}


def is_complete(layer_id: str, revision: int, z: int) -> bool:
    """Tell whether every tile of a zoom which is not empty is kept."""
    base = folder(layer_id, revision)
    return base is not None and (base / MARK / str(z)).exists()


def complete(layer_id: str, revision: int, zooms: Iterable[int]) -> None:
    """Mark that every tile of these zooms which is not empty is kept."""
    base = folder(layer_id, revision)
    if base is not None:
        for z in zooms:
            (base / MARK / str(z)).mkdir(parents=True, exist_ok=True)


def forget(layer_id: str, numbers: Iterable[int]) -> None:
    """Remove the tiles of these revisions for good: a plain file takes the folder's place, so none comes back."""
    for number in numbers:
        base = folder(layer_id, number)
        while base is not None and not base.is_file():
            shutil.rmtree(base, ignore_errors=True)
            base.parent.mkdir(parents=True, exist_ok=True)
            with suppress(IsADirectoryError, FileExistsError):
                base.touch()


def kept_revisions(layer_id: str) -> list[int]:
    """Return the numbers of the revisions that have kept tiles, oldest first."""
    base = folder(layer_id, 0)
    if base is None or not base.parent.exists():
        return []
    return sorted(int(path.name) for path in base.parent.iterdir() if path.name.isdigit() and path.is_dir())


@contextmanager
def alone(*name: object) -> Iterator[None]:
    """Let one process or thread at a time make the tile of this name: one query however many ask."""
    if not settings.TILES_ROOT:
        yield
        return
    bucket = zlib.crc32(repr(name).encode()) % 251
    path = f"{settings.TILES_ROOT}/.lock-{bucket}"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT)
    except FileNotFoundError:
        Path(settings.TILES_ROOT).mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
