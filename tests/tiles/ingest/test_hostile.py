"""Files that mean harm, or are broken, end in a clear refusal; nothing of them is read, sent or left behind."""

import gzip
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.tiles.ingest import files
from tests.tiles.ingest.files import read
from tiles.ingest import process, sandbox
from tiles.ingest.pipeline import Options, Refused

VRT = '<OGRVRTDataSource><OGRVRTLayer name="ThuaDat"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
LISTED = '{"type":"FeatureCollection","crs":%s,"features":[{"type":"Feature","properties":{"SoTo":1,"SoThua":1},' \
    '"geometry":{"type":"Point","coordinates":[108.44,11.94]}}]}'  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_left_behind(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def refusal_of(path: Path, **options: object) -> str:
    with pytest.raises(Refused) as refusal:
        read(path, files.PARCELS, dataset="p1", options=Options(**options)).close()  # type: ignore[arg-type]
    with override("en"):
        message = refusal.value.message
    assert "/" not in message.replace("--", "")
    assert "Traceback" not in message
    return refusal.value.code


@pytest.mark.parametrize("suffix", [".geojson", ".csv", ".dxf", ".kml", ".gpkg", ".xlsx", ".fgb", ".tab", ".mif"])
def test_a_document_that_points_to_other_files_is_refused_under_any_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"data{suffix}"
    path.write_text(VRT.format("/etc/passwd"))
    assert refusal_of(path) == "wrong-content"


@pytest.mark.parametrize("name", ["data.vrt", "data.gml", "data", "data.exe", "data.shp.xml"])
def test_other_formats_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    assert refusal_of(tmp_path / name) == "unknown-format"


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    calls: list[object] = []
    over = threading.Event()

    def listen() -> None:
        while not over.is_set():
            try:
                connection, address = server.accept()
            except TimeoutError:
                continue
            calls.append(address)
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], calls
    over.set()
    thread.join()
    server.close()


@pytest.mark.parametrize(
    "crs",
    [
        '{"type":"link","properties":{"href":"http://127.0.0.1:%d/","type":"proj4"}}',
        '{"type":"url","properties":{"url":"http://127.0.0.1:%d/"}}',
        '{"\\u0074ype":"l\\u0069nk","properties":{"hr\\u0065f":"http://127.0.0.1:%d/","type":"proj4"}}',
    ],
)
def test_a_coordinate_system_by_address_is_never_fetched(
    tmp_path: Path, listener: tuple[int, list[object]], crs: str
) -> None:
    port, calls = listener
    path = tmp_path / "p.geojson"
    path.write_text(LISTED % (crs % port))
    assert refusal_of(path) == "hostile"
    assert calls == []


def test_the_child_has_no_network_and_reads_no_file_but_its_own(
    tmp_path: Path, listener: tuple[int, list[object]]
) -> None:
    with read(files.parcels(tmp_path / "p.gpkg"), files.PARCELS, dataset="p1") as reading:
        assert reading.facts["walls"] == {"network": True, "files": True}
    port, calls = listener
    canary = tmp_path / "canary"
    canary.write_text("secret")
    program = tmp_path / "program"
    probe = f"""
import os, socket, sys
from pathlib import Path
from tiles.ingest import sandbox
sandbox.enter(Path.cwd(), parent=os.getppid())
found = []
try:
    socket.create_connection(("127.0.0.1", {port}), 1)
    found.append("network")
except OSError:
    pass
for path in ({str(canary)!r}, "/etc/passwd", "/work", {str(Path(process._PROGRAM) / "var")!r}):
    try:
        os.listdir(path) if os.path.isdir(path) else open(path).read()
        found.append(path)
    except OSError:
        pass
for path in ({str(tmp_path / "written")!r}, "/tmp/written"):
    try:
        open(path, "w")
        found.append(path)
    except OSError:
        pass
open("own", "w").write("own")
print(found)
"""
    program.mkdir()
    out = subprocess.run(
        [sys.executable, "-P", "-c", probe],
        cwd=program,
        env={"PYTHONPATH": str(process._PROGRAM)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert out.stdout.strip() == "[]"
    assert calls == []


def geopackage(path: Path, *statements: str) -> Path:
    files.parcels(path)
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i FROM n",
        'CREATE TRIGGER spy AFTER INSERT ON "ThuaDat" BEGIN DELETE FROM "ThuaDat"; END',
        "CREATE VIRTUAL TABLE words USING fts5(text)",
    ],
)
def test_a_geopackage_that_computes_is_refused(tmp_path: Path, statement: str) -> None:
    assert refusal_of(geopackage(tmp_path / "p.gpkg", statement)) == "hostile"


def archive(path: Path, entries: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if change:
                change(info)
            packed.writestr(info, content)
    return path


def as_link(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


@pytest.mark.parametrize(
    ("entries", "change"),
    [
        ({"../p.gpkg": b"x"}, None),
        ({"/etc/p.gpkg": b"x"}, None),
        ({"C:\\p.gpkg": b"x"}, None),
        ({"p.gpkg": b"/etc/passwd"}, as_link),
        ({"inner.zip": b"x", "p.gpkg": b"x"}, None),
        ({"p.gpkg": b"PK\x03\x04" + b"x" * 40}, None),
        ({"p.csv": b"0" * 64_000_000}, None),
        ({f"{number}.txt": b"x" for number in range(65)}, None),
        ({"a.gpkg": b"x", "b.gpkg": b"x"}, None),
        ({"a b.gpkg": b"x", "a+b.gpkg": b"x"}, None),
    ],
    ids=["slip", "absolute", "drive", "link", "nested", "disguised", "bomb", "many", "several", "same-name"],
)
def test_a_harmful_archive_is_refused(
    tmp_path: Path, entries: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] | None
) -> None:
    assert refusal_of(archive(tmp_path / "p.zip", entries, change)) == "archive"


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.zip", {"a.csv": b"a" * 100, "b.csv": b"b" * 100})
    raw = bytearray(path.read_bytes())
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 42 : second + 46] = (5).to_bytes(4, "little")
    path.write_bytes(raw)
    assert refusal_of(path) == "archive"


def test_an_archive_that_understates_its_size_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.zip", {"a.csv": b"SoTo,SoThua\n" * 10_000})
    raw = bytearray(path.read_bytes())
    entry = raw.rindex(b"PK\x01\x02")
    raw[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    path.write_bytes(raw)
    assert refusal_of(path) in ("archive", "corrupt")


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.geojson.gz"
    path.write_bytes(gzip.compress(b"{" + b" " * 80_000_000))
    assert refusal_of(path) == "archive"


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.kml"
    path.write_text('<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>')
    assert refusal_of(path) == "hostile"


def test_a_drawing_that_multiplies_itself_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 5)
    assert refusal_of(files.bomb(tmp_path / "bomb.dxf")) == "too-large"


def test_a_shapefile_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    shapes = files.parcels(tmp_path / "ThuaDat.shp", DiaChiThuaDat=None)
    parts = {part.name: part.read_bytes() for part in tmp_path.glob("ThuaDat.*")}
    parts[shapes.name] = parts[shapes.name][:-200]
    assert refusal_of(archive(tmp_path / "cut.zip", parts)) == "corrupt"
    del parts["ThuaDat.dbf"]
    assert refusal_of(archive(tmp_path / "part.zip", parts)) == "shapefile-incomplete"


def test_a_zip_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.zip", {"a.csv": bytes(range(256)) * 100})
    path.write_bytes(path.read_bytes()[:-60])
    assert refusal_of(path) == "corrupt"


def test_a_geopackage_of_random_bytes_is_refused(tmp_path: Path) -> None:
    path = files.parcels(tmp_path / "p.gpkg")
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + bytes((7 * i) % 251 for i in range(len(raw) - 100)))
    assert refusal_of(path) == "corrupt"


def test_deeply_nested_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.geojson"
    path.write_text('{"type":"FeatureCollection","features":' + "[" * 100_000 + "]" * 100_000 + "}")
    assert refusal_of(path) == "corrupt"


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(",".join(f"c{i}" for i in range(10_000)) + "\n" + "1," * 9_999 + "1\n")
    assert refusal_of(path) == "too-many-columns"


def test_a_cell_of_many_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text('SoTo,SoThua\n1,"' + "x" * 5_000_000 + '"\n')
    assert refusal_of(path) == "corrupt"


def test_an_empty_file_and_an_empty_table_are_refused(tmp_path: Path) -> None:
    (tmp_path / "p.gpkg").touch()
    assert refusal_of(tmp_path / "p.gpkg") == "empty"
    assert refusal_of(files.parcels(tmp_path / "q.gpkg", [])) == "empty"


def test_a_broken_child_gives_no_details_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PROGRAM", tmp_path / "nowhere")
    monkeypatch.setattr(process, "_forker", process._Forker())
    assert refusal_of(files.parcels(tmp_path / "p.gpkg")) == "unreadable"
