"""The child that reads: it reports progress, ends when it is told to, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tiles.ingest import files
from tiles.ingest import pipeline
from tiles.ingest.pipeline import read

READ = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
import django
django.setup()
from pathlib import Path
from tests.tiles.ingest import files
from tiles.ingest.pipeline import read
print("begin", flush=True)
read(Path(sys.argv[1]), files.PARCELS, dataset="p1", progress=lambda step, count: print(step, count, flush=True))
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
        cwd=pipeline._PROGRAM,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "begin\n"
    assert parent.stdout.readline() == "unpack 0\n"
    [child] = children(parent.pid)
    parent.send_signal(number)
    parent.wait(timeout=10)
    parent.stdout.close()
    for _ in range(100):
        if not Path(f"/proc/{child}").exists():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()
    if number != signal.SIGKILL:
        assert list(folder.iterdir()) == []


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
