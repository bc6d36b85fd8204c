"""Tables of an unpacked delivery as batches of columns: GDAL for the GIS formats, csv for plain text."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from tiles.ingest import legacy
from tiles.ingest.formats import Format
from tiles.ingest.refusal import Refused

MAX_ROWS: Final = 5_000_000
MAX_COLUMNS: Final = 200
# What is read at once; formats that GDAL can only read from the beginning are read in one piece.
BATCH_ROWS: Final = 20_000
_SEEKABLE: Final = ("gpkg", "shapefile", "fgb")
# Text of these is read as bytes (ISO-8859-1 maps every byte to itself) and decoded by us.
RAW_TEXT: Final = ("shapefile", "mapinfo", "mif", "csv")

Values = NDArray[Any]


@dataclass
class Found:
    """One table of the file. `crs` is its own label; `encoding` is None when its text is Unicode already."""

    path: Path
    name: str
    form: str
    headings: list[str]
    crs: str | None = None
    geometry: bool = False
    # Rows as the library counts them; negative when it can tell only by reading.
    rows: int = -1
    encoding: str | None = None
    # Our heading → the library's, where the library read it as bytes.
    raw: dict[str, str] = field(default_factory=dict)
    # All its rows, where finding the table meant reading them.
    piece: "Piece | None" = None


@dataclass
class Piece:
    """Some rows: `first` is the 1-based row of the first one; columns by heading; shapes as WKB."""

    first: int
    size: int
    columns: dict[str, Values]
    wkb: Values | None
    # Rows with more cells than headings: row index → cells.
    ragged: dict[int, int] = field(default_factory=dict)


def find_tables(paths: Sequence[Path], form: Format, encoding: str | None) -> list[Found]:
    """List the tables of the unpacked files; raises Refused when they cannot be opened."""
    found: list[Found] = []
    for path in paths:
        if form.name == "csv":
            found.append(_csv_table(path, encoding))
            continue
        with refusing():
            names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
            found += [_gdal_table(path, name, form, encoding) for name in names]
    for table in found:
        if len(table.headings) > MAX_COLUMNS:
            raise Refused("too-many-columns", table=table.name, count=len(table.headings), maximum=MAX_COLUMNS)
    return found


def pieces(table: Found, headings: Sequence[str]) -> Iterator[Piece]:
    """Read the columns `headings` of a table, some rows at a time; raises Refused."""
    if table.piece:
        yield table.piece
        return
    if table.form == "csv":
        yield from _csv_pieces(table, headings)
        return
    whole = table.form not in _SEEKABLE and table.rows >= 0
    if whole and table.rows > MAX_ROWS:
        raise Refused("too-many-rows", maximum=MAX_ROWS)
    # The library makes room for as many rows as it is asked for; one more tells the end.
    size = table.rows + 1 if whole else BATCH_ROWS
    names = [table.raw.get(heading, heading) for heading in headings]
    first = 0
    while True:
        with refusing():
            meta, _, wkb, columns = pyogrio.raw.read(
                table.path,
                layer=table.name,
                columns=names,
                encoding="ISO-8859-1" if table.form in RAW_TEXT else None,
                skip_features=first,
                max_features=size,
                datetime_as_string=True,
            )
        by_name = dict(zip(meta["fields"], columns, strict=True))
        count = len(wkb) if wkb is not None else len(columns[0]) if columns else 0
        if first + count > MAX_ROWS:
            raise Refused("too-many-rows", maximum=MAX_ROWS)
        if count:
            yield Piece(first + 1, count, {h: by_name[n] for h, n in zip(headings, names, strict=True)}, wkb)
        first += count
        if count < size:
            return


class refusing:  # noqa: N801 - reads as a phrase: with refusing()
    """Turn what the library says about a bad file into a refusal without paths."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, MemoryError):
            raise Refused("too-large") from error
        if isinstance(error, UnicodeDecodeError | DataSourceError | DataLayerError | pyogrio.errors.FeatureError):
            raise Refused("corrupt") from error


def _gdal_table(path: Path, name: str, form: Format, encoding: str | None) -> Found:
    raw = form.name in RAW_TEXT
    info = pyogrio.read_info(path, layer=name, encoding="ISO-8859-1" if raw else None)
    fields = [str(field) for field in info["fields"]]
    chosen = (encoding or _code_page(path) or "utf-8") if raw else None
    headings = [_decoded(field, chosen) if chosen else field for field in fields]
    return Found(
        path=path,
        name=name,
        form=form.name,
        headings=headings,
        # RFC 7946: GeoJSON and KML are WGS 84 unless they say otherwise.
        crs=info["crs"],
        geometry=info["geometry_type"] is not None,
        rows=int(info["features"]),
        encoding=chosen,
        raw=dict(zip(headings, fields, strict=True)),
    )


def _decoded(text: str, encoding: str) -> str:
    try:
        return legacy.decode(text.encode("latin-1"), encoding)
    except UnicodeDecodeError:
        return text


def _code_page(path: Path) -> str | None:
    """Return the encoding a Shapefile's .cpg names, None when it names none we know."""
    page = path.with_suffix(".cpg")
    return legacy.find_encoding(page.read_text("latin-1")[:40]) if page.exists() else None


def _csv_table(path: Path, encoding: str | None) -> Found:
    with path.open("rb") as file:
        mark = file.read(4)
    if mark.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    chosen = encoding or "utf-8"
    table = Found(path, path.stem, "csv", [], encoding=None if chosen == "utf-16" else chosen)
    heading = next(_csv_rows(table), [])
    table.headings = [_decoded(cell, chosen).strip() if table.encoding else cell.strip() for cell in heading]
    return table


def _csv_rows(table: Found) -> Iterator[list[str]]:
    """Yield the lines of a CSV; the separator is the commonest of , ; tab | in the heading."""
    csv.field_size_limit(2**20)
    with table.path.open(encoding="latin-1" if table.encoding else "utf-16", newline="") as file:
        line = file.readline(2**20).removeprefix("\xef\xbb\xbf")
        separator = max(",;\t|", key=line.count)
        file.seek(0)
        try:
            for number, cells in enumerate(csv.reader(file, delimiter=separator)):
                if number == 0 and cells:
                    cells[0] = cells[0].removeprefix("\xef\xbb\xbf").removeprefix("\ufeff").strip('"')
                if any(cells):
                    yield cells
        except (csv.Error, UnicodeDecodeError) as error:
            raise Refused("corrupt") from error


def _csv_pieces(table: Found, headings: Sequence[str]) -> Iterator[Piece]:
    rows = _csv_rows(table)
    next(rows, None)
    width = len(table.headings)
    wanted = [(heading, table.headings.index(heading)) for heading in headings]
    first = 1
    while chunk := list(islice(rows, BATCH_ROWS)):
        if first + len(chunk) > MAX_ROWS + 1:
            raise Refused("too-many-rows", maximum=MAX_ROWS)
        ragged = {i: len(cells) for i, cells in enumerate(chunk) if any(cells[width:])}
        columns = {
            heading: np.array([cells[at] if at < len(cells) else "" for cells in chunk], dtype=object)
            for heading, at in wanted
        }
        yield Piece(first, len(chunk), columns, None, ragged)
        first += len(chunk)
