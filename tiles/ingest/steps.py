"""The steps from a supplier's rows to typed rows, in the order they are taken."""

import string
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import shapely

from portal.text import nfc, slug
from tiles.geometry import SURVEY_SRID
from tiles.ingest import legacy
from tiles.ingest.batch import Batch
from tiles.ingest.casts import HARMLESS, cast, escape
from tiles.ingest.shapes import build_shapes, check_kinds, check_shapes, check_validity, place_in_city

CODE_LETTERS: Final = 120
NULL: Final = "\\N"


def clean_text(batch: Batch) -> Batch:
    """Decode old encodings; compose letters, drop control characters and outer blanks; blank becomes nothing."""
    for index, cells in batch.ragged.items():
        batch.reject(index, "row-ragged", count=cells)
    for heading, values in batch.columns.items():
        if values.dtype.kind != "O":
            continue
        plain = values.tolist()
        undecodable: set[str] = set()
        clean = {value: _clean(value, batch.job.encoding, undecodable) for value in set(plain)}
        batch.columns[heading] = np.array([clean[value] for value in plain], dtype=object)
        for index, value in enumerate(plain) if undecodable else ():
            if value in undecodable:
                seen = legacy.previews(value.encode("latin-1"))
                batch.reject(index, "encoding-wrong", column=heading, encoding=batch.job.encoding,
                             previews=", ".join(f"{name}: {text}" for name, text in seen.items()))  # fmt: skip
    return batch


def _clean(value: object, encoding: str | None, undecodable: set[str]) -> object:
    if not isinstance(value, str):
        return value
    if encoding and not value.isascii():
        try:
            value = legacy.decode(value.encode("latin-1"), encoding)
        except UnicodeDecodeError:
            undecodable.add(value)
            return None
    text = value.strip() if value.isascii() and value.isprintable() else nfc(value)
    return text or None


def cast_columns(batch: Batch) -> Batch:
    """Turn every mapped column into COPY texts; a value that does not fit rejects its row."""
    workbook = batch.job.form == "xlsx"
    for column in batch.job.table["columns"]:
        heading = batch.job.columns.fields.get(column["field"])
        if heading is None:
            batch.texts[column["into"]] = [column["empty"]] * batch.size
            continue
        texts, troubles = cast(batch.columns[heading], column, workbook=workbook)
        batch.texts[column["into"]] = texts
        for index, (_, code, values) in troubles.items():
            report = batch.note if code in HARMLESS else batch.reject
            report(index, code, column=heading, **values)
    return batch


def find_duplicates(batch: Batch) -> Batch:
    """Reject rows whose key an earlier row has; point out equal areas and lines."""
    job = batch.job
    names = [column["into"] for name in job.table["key"] for column in job.table["columns"] if column["field"] == name]
    if names:
        for index, key in enumerate(zip(*(batch.texts[name] for name in names), strict=True)):
            if batch.good[index]:
                first = job.seen_keys.setdefault(key, batch.first + index)
                if first != batch.first + index:
                    batch.reject(index, "duplicate-key", leave_out=True, key=" / ".join(map(str, key)), first=first)
    if batch.shapes is not None and job.table["geometry"] in ("polygon", "line"):
        for index, raw in enumerate(shapely.to_wkb(batch.shapes)):
            if raw is not None and batch.good[index]:
                first = job.seen_shapes.setdefault(hash(raw), batch.first + index)
                if first != batch.first + index:
                    batch.note(index, "duplicate-geometry", first=first)
    return batch


def name_rows(batch: Batch) -> Batch:
    """Give every row its stable public code; two rows of one code are duplicates too."""
    job = batch.job
    into = {column["field"]: column["into"] for column in job.table["columns"]}
    parts: list[list[str]] = []
    for literal, name, _, _ in string.Formatter().parse(job.table["code"]):
        parts.append([literal] * batch.size)
        if name == "row":
            parts.append([str(batch.first + index) for index in range(batch.size)])
        elif name == "dataset":
            parts.append([job.dataset] * batch.size)
        elif name:
            texts = batch.texts[into[name]]
            slugs = {text: slug(text or "") for text in set(texts)}
            parts.append([slugs[text] for text in texts])
    batch.codes = ["".join(row)[:CODE_LETTERS] for row in zip(*parts, strict=True)]
    for index, code in enumerate(batch.codes):
        if batch.good[index]:
            first = job.seen_codes.setdefault(code, batch.first + index)
            if first != batch.first + index:
                batch.reject(index, "duplicate-key", leave_out=True, key=code, first=first)
    return batch


STEPS: Final[tuple[Callable[[Batch], Batch], ...]] = (
    clean_text,
    build_shapes,
    check_shapes,
    place_in_city,
    check_kinds,
    check_validity,
    cast_columns,
    find_duplicates,
    name_rows,
)


def copy_columns(table: Mapping[str, Any]) -> list[str]:
    """Return the database columns of the lines `copy_lines` makes for a declared table."""
    return ["row", "code", "geom", *(column["into"] for column in table["columns"]), *table["constants"]]


def copy_lines(batch: Batch) -> bytes:
    """Return the good rows as lines of COPY text; shapes as hexadecimal EWKB of EPSG:5899."""
    keep = np.flatnonzero(batch.good)
    if not len(keep):
        return b""
    if batch.shapes is None:
        shapes = [NULL] * len(keep)
    else:
        shapes = shapely.to_wkb(shapely.set_srid(batch.shapes[keep], SURVEY_SRID), hex=True, include_srid=True).tolist()
    chosen = keep.tolist()
    columns = [[NULL if texts[i] is None else texts[i] for i in chosen] for texts in batch.texts.values()]
    columns += [[text] * len(chosen) for text in batch.job.table["constants"].values()]
    rows = [str(batch.first + index) for index in chosen]
    codes = [escape(batch.codes[index]) for index in chosen]
    lines = zip(rows, codes, shapes, *columns, strict=True)
    return ("\n".join(map("\t".join, lines)) + "\n").encode()
