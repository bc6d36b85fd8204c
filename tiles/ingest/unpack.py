"""Archives, unpacked under limits before any other program touches their content."""

import gzip
import re
import shutil
import stat
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path
from typing import IO, Final

from portal.text import slug
from tiles.ingest.formats import PARTS, find_format, known_suffixes
from tiles.ingest.refusal import Refused

MAX_ENTRIES: Final = 64
MAX_BYTES: Final = 2 * 2**30
MAX_RATIO: Final = 100
# Below this a high ratio harms nobody.
_FREE_BYTES: Final = 10 * 2**20
_CHUNK: Final = 2**20
_NESTED: Final = (".zip", ".kmz", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz")


def unpack(path: Path, into: Path) -> list[Path]:
    """Return the data files of a delivery: `path` itself, or what a zip or gzip holds, unpacked to `into`.

    Raises Refused when the format is not read or the archive could harm.
    """
    suffix = path.suffix.lower()
    if suffix in (".zip", ".kmz"):
        found = _unzip(path, into)
    elif suffix == ".gz":
        found = [_gunzip(path, into)]
    else:
        found = [path]
    data = [file for file in found if find_format(file.suffix)]
    forms = {find_format(file.suffix) for file in data}
    if not data:
        raise Refused("unknown-format", suffix=suffix or "?", known=known_suffixes())
    if len(forms) > 1 or (len(data) > 1 and data[0].suffix not in (".shp", ".tab", ".mif")):
        raise Refused("archive", what="several")
    return sorted(data)


def check_zip(path: Path) -> list[zipfile.ZipInfo]:
    """Return the files a zip lists; raises Refused for links, nesting, overlaps, bombs, encryption."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("corrupt") from error
    if len(entries) > MAX_ENTRIES:
        raise Refused("archive", what="many-entries")
    for entry in entries:
        _check_entry(entry)
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    for this, following in pairwise(in_order):
        # A local header has at least 30 bytes and the name.
        if this.header_offset + 30 + len(this.filename.encode()) + this.compress_size > following.header_offset:
            raise Refused("archive", what="overlap")
    whole = sum(entry.file_size for entry in entries)
    if whole > MAX_BYTES or (whole > _FREE_BYTES and whole > MAX_RATIO * path.stat().st_size):
        raise Refused("archive", what="bomb")
    return [entry for entry in entries if not entry.is_dir()]


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if entry.flag_bits & 1:
        raise Refused("archive", what="encrypted")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("archive", what="link")
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
        raise Refused("archive", what="outside-name")
    if name.lower().endswith(_NESTED):
        raise Refused("archive", what="nested")


def _unzip(path: Path, into: Path) -> list[Path]:
    entries = check_zip(path)
    into.mkdir()
    written: list[Path] = []
    left = MAX_BYTES
    with zipfile.ZipFile(path) as archive:
        for entry in entries:
            name = Path(entry.filename)
            if name.suffix.lower() not in PARTS and not find_format(name.suffix):
                continue
            target = into / (_own_name(name.stem) + name.suffix.lower())
            if target in written:
                raise Refused("archive", what="same-name")
            try:
                with archive.open(entry) as packed:
                    left -= _copy(packed, target, min(left, entry.file_size))
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
                raise Refused("corrupt") from error
            written.append(target)
    return written


def _gunzip(path: Path, into: Path) -> Path:
    into.mkdir()
    target = into / path.stem
    try:
        with gzip.open(path) as packed:
            _copy(packed, target, min(MAX_BYTES, max(_FREE_BYTES, MAX_RATIO * path.stat().st_size)))
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Refused("corrupt") from error
    return target


def _own_name(stem: str) -> str:
    """Return a harmless file name that still tells the table's name."""
    return re.sub(r"[^A-Za-z0-9_]+", "_", stem)[:60] if stem.isascii() else slug(stem)[:60] or "table"


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, most: int) -> int:
    """Write `packed` to `target`; refuses more than `most` bytes, whatever the archive's list says."""
    with target.open("xb") as file:
        while chunk := packed.read(_CHUNK):
            if file.tell() + len(chunk) > most:
                raise Refused("archive", what="bomb")
            if file.tell() == 0 and chunk.startswith((b"PK\x03\x04", b"\x1f\x8b")) and target.suffix != ".xlsx":
                raise Refused("archive", what="nested")
            file.write(chunk)
        return file.tell()


def place(path: Path, folder: Path, name: str) -> Path:
    """Copy a delivery into `folder` under a name of our own that keeps its known suffixes."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes[-2:]]
    keep = "".join(suffixes if suffixes[-1:] == [".gz"] else suffixes[-1:])
    stem = name[: len(name) - len(keep)] if keep else name
    # The folder of its own keeps a file named "job.json" from meeting ours.
    (folder / "delivery").mkdir()
    target = folder / "delivery" / (_own_name(stem) + (keep if re.fullmatch(r"[.a-z0-9]{0,20}", keep) else ""))
    shutil.copyfile(path, target)
    return target
