"""The child that reads: it reports progress, ends when it is told to, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.tiles.ingest import files
from tests.tiles.ingest.files import read
from tiles.ingest import pipeline, process

ROOT = Path(__file__).resolve().parents[3]
READ = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
import django
django.setup()
from pathlib import Path
from tests.tiles.ingest import files
print("begin", flush=True)
files.read(Path(sys.argv[1]), files.PARCELS, dataset="p1", progress=lambda step, count: print(step, count, flush=True))
"""


def test_progress_counts_the_rows(tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []
    path = files.parcels(tmp_path / "p.gpkg")
    read(path, files.PARCELS, dataset="p1", progress=lambda step, count: seen.append((step, count))).close()
    assert seen == [("unpack", 0), ("ThuaDat", 3)]


def test_the_folder_of_a_reading_is_gone_after_it(tmp_path: Path) -> None:
    with read(files.parcels(tmp_path / "p.gpkg"), files.PARCELS, dataset="p1") as reading:
        folder = reading.tables[0].path.parent
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_an_error_in_progress_ends_the_child_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.tempfile, "tempdir", str(tmp_path))

    def stop(step: str, count: int) -> None:
        raise KeyboardInterrupt

    path = files.parcels(tmp_path / "p.gpkg")
    with pytest.raises(KeyboardInterrupt):
        read(path, files.PARCELS, dataset="p1", progress=stop)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_stopped_import_leaves_no_process(tmp_path: Path, number: signal.Signals) -> None:
    # A drawing that would be read for a minute.
    path = files.bomb(tmp_path / "bomb.dxf")
    folder = tmp_path / "temporary"
    folder.mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-c", READ, str(path)],
        env={**os.environ, "TMPDIR": str(folder)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "begin\n"
    assert parent.stdout.readline() == "unpack 0\n"
    [forker] = children(parent.pid)
    [child] = children(forker)
    parent.send_signal(number)
    parent.wait(timeout=10)
    parent.stdout.close()
    for _ in range(100):
        if not running(child, forker):
            break
        time.sleep(0.05)
    assert not running(child, forker)
    if number != signal.SIGKILL:
        assert list(folder.iterdir()) == []


def running(*pids: int) -> bool:
    return any(Path(f"/proc/{pid}").exists() for pid in pids)


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def test_a_forker_that_is_gone_is_started_again(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg")
    read(path, files.PARCELS, dataset="p1").close()
    [first] = forkers()
    os.kill(first, signal.SIGKILL)
    for _ in range(100):
        if "Z" in Path(f"/proc/{first}/stat").read_text().rpartition(")")[2].split()[:1]:
            break
        time.sleep(0.05)
    with read(path, files.PARCELS, dataset="p1") as reading:
        assert reading.rows == 3
    assert forkers() != [first]


def test_two_children_at_once_know_nothing_of_each_other(tmp_path: Path) -> None:
    paths = [files.parcels(tmp_path / f"{name}.gpkg") for name in "abcd"]
    with ThreadPoolExecutor(4) as pool:
        readings = list(pool.map(lambda path: read(path, files.PARCELS, dataset=path.stem), paths))
    for path, reading in zip(paths, readings, strict=True):
        with reading:
            assert reading.rows == 3
            assert f"{path.stem}-" in reading.tables[0].path.read_text()


def test_the_forker_has_nothing_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    monkeypatch.setattr(process, "_forker", process._Forker())
    read(files.parcels(tmp_path / "p.gpkg"), files.PARCELS, dataset="p1").close()
    assert process._forker._process
    assert b"canary" not in Path(f"/proc/{process._forker._process.pid}/environ").read_bytes()


def forkers() -> list[int]:
    """The forker this process uses now."""
    return [process._forker._process.pid] if process._forker._process else []
