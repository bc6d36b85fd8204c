"""The steps from a supplier's rows to typed rows, in the order they are taken."""

import string
from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import Any, Final

import numpy as np
import shapely

from portal.text import plain, slug
from tiles import coverage, geometry
from tiles.geometry import SURVEY_SRID
from tiles.ingest import legacy
from tiles.ingest.batch import Batch, TableJob
from tiles.ingest.casts import HARMLESS, cast, escape, needs_no_escape
from tiles.ingest.shapes import build_shapes, check_kinds, check_shapes, check_validity, place_in_city

CODE_LETTERS: Final = 120
NULL: Final = "\\N"
_SURVEY: Final = SURVEY_SRID.to_bytes(4, "little").hex()


def clean_text(batch: Batch) -> Batch:
    """Decode old encodings; compose letters, drop control characters and outer blanks; blank becomes nothing."""
    for index, cells in batch.ragged.items():
        batch.reject(index, "row-ragged", count=cells)
    for heading, values in batch.columns.items():
        if values.dtype.kind != "O":
            continue
        texts = values.tolist()
        undecodable: set[str] = set()
        clean = {value: _clean(value, batch.job.encoding, undecodable) for value in set(texts)}
        batch.columns[heading] = np.array([clean[value] for value in texts], dtype=object)
        for index, value in enumerate(texts) if undecodable else ():
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
    return plain(value) or None


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
            if column["lenient"] and code not in HARMLESS:
                texts[index] = column["empty"]
                batch.note(index, "value-left-out", column=heading, value=batch.columns[heading][index])
                continue
            report = batch.note if code in HARMLESS else batch.reject
            report(index, code, column=heading, **values)
    return batch


def find_duplicates(batch: Batch) -> Batch:
    """Reject rows whose key an earlier row has; point out equal areas and lines."""
    job = batch.job
    names = [column["into"] for name in job.table["key"] for column in job.table["columns"] if column["field"] == name]
    if names:
        keys = list(zip(*(batch.texts[name] for name in names), strict=True))
        for index, first in _repeats(batch, keys, job.seen_keys):
            key = " / ".join(map(str, keys[index]))
            batch.reject(index, "duplicate-key", leave_out=True, key=key, first=first)
    if batch.shapes is None:
        return batch
    batch.written = shapely.to_wkb(batch.shapes, byte_order=1).tolist()
    if job.table["geometry"] in ("polygon", "line") and not job.table["repeats"]:
        for index, first in _repeats(batch, list(map(hash, batch.written)), job.seen_shapes):
            if batch.written[index] is not None:
                batch.note(index, "duplicate-geometry", first=first)
    return batch


def _repeats(batch: Batch, keys: list[Any], seen: dict[Any, int]) -> Iterator[tuple[int, int]]:
    """Yield each good row whose key an earlier good row has, and that row's number; remember the others."""
    if batch.good.all() and len(set(keys)) == batch.size and seen.keys().isdisjoint(keys):
        seen.update(zip(keys, range(batch.first, batch.first + batch.size), strict=True))
        return
    for index in np.flatnonzero(batch.good).tolist():
        first = seen.setdefault(keys[index], batch.first + index)
        if first != batch.first + index:
            yield index, first


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
    for index, first in _repeats(batch, batch.codes, job.seen_codes):
        batch.reject(index, "duplicate-key", leave_out=True, key=batch.codes[index], first=first)
    return batch


def find_regions(batch: Batch) -> Batch:
    """Tell in which region each row lies, where the table asks for it."""
    job, shapes = batch.job, batch.shapes
    located = job.table["located"]
    if not located or shapes is None:
        return batch
    if job.regions is None:
        job.regions = [shapely.from_wkb(outline) for _, outline in located["regions"]]
    codes = [code for code, _ in located["regions"]]
    rows = np.flatnonzero(batch.good & ~shapely.is_missing(shapes))
    regions = geometry.locate(shapes[rows], job.regions)
    named = job.dataset if not codes or job.dataset in codes else None
    texts: list[str | None] = [named or ""] * batch.size
    for index, region in zip(rows.tolist(), regions.tolist(), strict=True):
        if region < 0 and codes:
            batch.note(index, located["outside"], named=batch.codes[index])
        elif named is None:
            texts[index] = codes[region]
    batch.texts[located["into"]] = texts
    return batch


def compare_areas(batch: Batch) -> Batch:
    """Point out the rows whose stated area is not the one their shape measures."""
    measured, shapes = batch.job.table["measured"], batch.shapes
    if not measured or shapes is None:
        return batch
    stated_m2 = np.array(batch.texts[measured["field"]], dtype=float)  # None becomes NaN, which differs from nothing
    measured_m2 = shapely.area(shapes)
    for index in np.flatnonzero(batch.good & (np.abs(stated_m2 - measured_m2) > measured["part"] * measured_m2)):
        values = {"registered_m2": round(stated_m2[index], 1), "measured_m2": round(measured_m2[index], 1)}
        batch.note(index, measured["differs"], **values)
    return batch


def keep_areas(batch: Batch) -> Batch:
    """Remember the areas that must lie apart: neighbours may come batches later."""
    if batch.job.table["apart"] and batch.shapes is not None:
        rows = np.flatnonzero(batch.good & ~shapely.is_missing(batch.shapes))
        batch.job.areas.append((rows + batch.first, batch.shapes[rows]))
    return batch


def find_overlaps(job: TableJob) -> None:
    """Point out the areas of the whole table that overlap an earlier one."""
    if not job.areas:
        return
    rows, shapes = (np.concatenate(parts) for parts in zip(*job.areas, strict=True))
    firsts, seconds, shared = coverage.overlaps(shapes)
    for first, second, area in zip(rows[firsts].tolist(), rows[seconds].tolist(), shared, strict=True):
        spot = shapely.point_on_surface(area)
        values = {"other": first, "area_m2": round(area.area, 1)}
        job.findings.add(
            job.table["apart"],
            table=job.name,
            row=second,
            column="",
            values=values,
            original={},
            place=[spot.x, spot.y],
            repair="",
        )


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
    find_regions,
    compare_areas,
    keep_areas,
)


def _ewkb(wkb: bytes | None) -> str | None:
    """Return little-endian WKB as hexadecimal EWKB of EPSG:5899: its type, flagged, then the system's number."""
    if wkb is None:
        return None
    text = wkb.hex()
    return f"{text[:8]}20{_SURVEY}{text[10:]}"


def _with_nulls(texts: Sequence[str | None]) -> Sequence[str | None]:
    return [NULL if text is None else text for text in texts] if None in texts else texts


def copy_lines(batch: Batch) -> bytes:
    """Return the good rows as lines of COPY text; shapes as hexadecimal EWKB of EPSG:5899."""
    if not batch.good.any():
        return b""
    columns: dict[str, Sequence[str | None]] = {
        "row": list(map(str, range(batch.first, batch.first + batch.size))),
        "code": batch.codes if needs_no_escape("".join(batch.codes)) else list(map(escape, batch.codes)),
        "geom": [None] * batch.size if batch.written is None else list(map(_ewkb, batch.written)),
        **batch.texts,
        **{name: [text] * batch.size for name, text in batch.job.table["constants"].items()},
    }
    ordered = [_with_nulls(columns[name]) for name in batch.job.table["copy"]]
    lines = compress(map("\t".join, zip(*ordered, strict=True)), batch.good.tolist())
    return ("\n".join(lines) + "\n").encode()
