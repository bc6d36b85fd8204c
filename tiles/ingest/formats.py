"""The formats a delivery may have: suffix, first bytes, the one GDAL driver that reads it."""

import mmap
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tiles.ingest.refusal import Refused


@dataclass(frozen=True)
class Format:
    """One format; `check` refuses content that is something else or could harm."""

    name: str
    suffixes: tuple[str, ...]
    drivers: frozenset[str]
    check: Callable[[Path], None]


def _head(path: Path, size: int = 4096) -> bytes:
    with path.open("rb") as file:
        return file.read(size).removeprefix(b"\xef\xbb\xbf")


def _starts(path: Path, *marks: bytes) -> None:
    """Refuse a file that does not begin with one of `marks`."""
    if not _head(path, 64).startswith(marks):
        raise Refused("wrong-content", suffix=path.suffix)


def _check_geopackage(path: Path) -> None:
    """Refuse views and virtual tables: an endless recursive view reads for ever."""
    _starts(path, b"SQLite format 3\x00")
    try:
        with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as database:
            database.execute("PRAGMA trusted_schema=OFF")
            entries = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    except sqlite3.DatabaseError as error:
        raise Refused("corrupt") from error
    finally:
        if "database" in locals():
            database.close()
    for kind, name, sql in entries:
        ours = name.startswith(("rtree_", "gpkg_", "trigger_insert_feature_count_", "trigger_delete_feature_count_"))
        index = re.match(r'CREATE VIRTUAL TABLE\s+"?rtree_[^"]*"?\s+USING\s+rtree\s*\(', sql, re.IGNORECASE)
        virtual = re.match(r"\s*CREATE\s+VIRTUAL", sql, re.IGNORECASE)
        if kind == "view" or (kind == "trigger" and not ours) or (virtual and not index):
            raise Refused("hostile", what=f"gpkg-{'table' if virtual else kind}")


def _check_geojson(path: Path) -> None:
    """Refuse a `crs` member that points elsewhere: the reader would fetch it."""
    if not _head(path).lstrip()[:1] == b"{":
        raise Refused("wrong-content", suffix=path.suffix)
    key = rb'"(?:c|\\u0063)(?:r|\\u0072)(?:s|\\u0073)"\s*:\s*\{.{0,1000}?(?:"(?:url|link)"|"href"|\\u00)'
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if re.search(key, content, re.DOTALL):
            raise Refused("hostile", what="crs-link")


def _check_kml(path: Path) -> None:
    """Refuse document types and entities; only UTF-8, so that the search sees them."""
    if b"<kml" not in _head(path):
        raise Refused("wrong-content", suffix=path.suffix)
    _refuse_entities(path)


def _refuse_entities(path: Path) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if re.search(rb"<!(?:DOCTYPE|ENTITY)", content, re.IGNORECASE):
            raise Refused("hostile", what="doctype")


def _check_text(path: Path) -> None:
    """Refuse markup and binary content named as a plain table."""
    head = _head(path).lstrip()
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if head.startswith((b"<", b"{", b"PK\x03\x04")) or (b"\x00" in head and not utf16):
        raise Refused("wrong-content", suffix=path.suffix)


def _check_drawing(path: Path) -> None:
    """A DXF text begins with a group code: a line that holds one number."""
    if not re.match(rb"\s*\d{1,3}\s*\r?\n", _head(path)):
        raise Refused("wrong-content", suffix=path.suffix)


def _check_osm(path: Path) -> None:
    """Refuse what is neither OpenStreetMap's PBF nor its XML without document types and entities."""
    if path.suffix.lower() == ".pbf":
        if b"OSMHeader" not in _head(path, 32):
            raise Refused("wrong-content", suffix=path.suffix)
        return
    if b"<osm" not in _head(path):
        raise Refused("wrong-content", suffix=path.suffix)
    _refuse_entities(path)


def _check_workbook(path: Path) -> None:
    _starts(path, b"PK\x03\x04")


def _check_shapefile(path: Path) -> None:
    _starts(path, b"\x00\x00\x27\x0a")
    if not all(path.with_suffix(part).exists() for part in (".shx", ".dbf")):
        raise Refused("shapefile-incomplete")
    # The header says how long the file is, in words of two bytes.
    if int.from_bytes(_head(path, 28)[24:28], "big") * 2 > path.stat().st_size:
        raise Refused("corrupt")


FORMATS: Final = (
    Format("gpkg", (".gpkg",), frozenset({"GPKG"}), _check_geopackage),
    Format("geojson", (".geojson", ".json"), frozenset({"GeoJSON"}), _check_geojson),
    Format("osm", (".pbf", ".osm"), frozenset({"OSM"}), _check_osm),
    Format("shapefile", (".shp",), frozenset({"ESRI Shapefile"}), _check_shapefile),
    Format("csv", (".csv", ".txt"), frozenset(), _check_text),
    Format("xlsx", (".xlsx",), frozenset({"XLSX"}), _check_workbook),
    Format("kml", (".kml",), frozenset({"LIBKML"}), _check_kml),
    Format("dxf", (".dxf",), frozenset({"DXF"}), _check_drawing),
    Format("fgb", (".fgb",), frozenset({"FlatGeobuf"}), lambda path: _starts(path, b"fgb\x03fgb")),
    Format(
        "mapinfo", (".tab",), frozenset({"MapInfo File"}), lambda path: _starts(path, b"!table", b"!Table", b"!TABLE")
    ),
    Format(
        "mif", (".mif",), frozenset({"MapInfo File"}), lambda path: _starts(path, b"Version", b"VERSION", b"version")
    ),
)
ARCHIVES: Final = (".zip", ".kmz", ".gz")
# Parts that belong to a file of several: unpacked beside it.
PARTS: Final = (".shx", ".dbf", ".prj", ".cpg", ".dat", ".map", ".id", ".mid")


def find_format(suffix: str) -> Format | None:
    """Return the format of a suffix with its dot, None when deliveries may not have it."""
    return next((form for form in FORMATS if suffix.lower() in form.suffixes), None)


def known_suffixes() -> str:
    """All suffixes a delivery may have, for a message."""
    return ", ".join([suffix for form in FORMATS for suffix in form.suffixes] + list(ARCHIVES))
