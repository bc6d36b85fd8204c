"""One table of a delivery: choose it, map its columns, take its rows through the steps, write them for COPY."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from tiles.geometry import parse_system
from tiles.ingest.batch import Batch, Findings, TableJob
from tiles.ingest.readers import Found, pieces
from tiles.ingest.recognise import Columns, find_table, map_columns, plain
from tiles.ingest.refusal import Refused
from tiles.ingest.steps import STEPS, copy_lines, find_overlaps

_HEADINGS_SHOWN = 40


def choose_tables(
    asked: Mapping[str, Any], tables: Sequence[Found], findings: Findings
) -> list[tuple[Mapping[str, Any], Found]]:
    """Pair the declared tables with the file's; raises Refused when there is no pair at all."""
    declared = asked["tables"]
    names = [table.name for table in tables]
    by_name = {table.name: table for table in tables}
    shown = ", ".join(names) or "–"
    if wanted := asked["layer_name"]:
        match = next((name for name in names if plain(name) == plain(wanted)), None)
        if match is None:
            raise Refused("option-layer", value=wanted, tables=shown)
        main = next((table for table in declared if plain(match) in map(plain, table["names"])), None)
        pairs = [(main or _main(declared), by_name[match])]
    else:
        found = [(table, find_table(table, names)) for table in declared]
        pairs = [(table, by_name[name]) for table, name in found if name]
        if not pairs and len(names) == 1 and sum(table["required"] for table in declared) <= 1:
            pairs = [(_main(declared), tables[0])]
        for table, name in found:
            if name is None and table["required"] and pairs and table is not pairs[0][0]:
                findings.add("table-missing", values={"expected": _named(table), "tables": shown})
    if not pairs:
        raise Refused("no-known-table", tables=shown, expected=", ".join(_named(table) for table in declared))
    headings = [heading for _, found in pairs for heading in found.headings]
    if unknown := [name for name in asked["columns"] if plain(name) not in map(plain, headings)]:
        raise Refused("option-column", value=", ".join(unknown), headings=_some(headings))
    used = {found.name for _, found in pairs}
    for name in names:
        if name not in used:
            findings.add("table-ignored", table=name)
    return pairs


def _main(declared: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the table a file of one table is taken for: the first required one."""
    return next((table for table in declared if table["required"]), declared[0])


def _named(table: Mapping[str, Any]) -> str:
    return str(table["names"][0]) if table["names"] else str(table["model"])


def read_table(
    target: Path,
    table: Mapping[str, Any],
    found: Found,
    asked: Mapping[str, Any],
    findings: Findings,
    digest: "hashlib._Hash",
    progress: IO[str],
    codes: dict[str, int],
) -> dict[str, Any]:
    """Read a table into the COPY file `target`; returns its facts. `codes` are those its model has, by row."""
    columns = map_columns(table, found.headings, asked["columns"], has_geometry=found.geometry)
    _report_columns(columns, found, findings)
    job = TableJob(
        table=table,
        name=found.name,
        form=found.form,
        dataset=asked["dataset"],
        columns=columns,
        encoding=found.encoding,
        label=found.crs,
        chosen=parse_system(asked["crs"]) if asked["crs"] else None,
        findings=findings,
        seen_codes=codes,
    )
    with target.open("wb", buffering=0) as file:
        for lines in _lines(job, found, progress):
            file.write(lines)
            digest.update(lines)
    # Columns are part of the content: the same numbers under other names are another edition.
    digest.update(f"{table['model']}({','.join(table['copy'])})\n".encode())
    return _facts(job, found)


def _lines(job: TableJob, found: Found, progress: IO[str]) -> Iterator[bytes]:
    """Take the rows of a table through the steps, some at a time; yields their COPY lines."""
    wanted = sorted({*job.columns.fields.values(), *(job.columns.lon_lat or ())})
    for piece in pieces(found, wanted):
        job.rows += piece.size
        if job.columns.missing:
            continue
        batch = Batch.of(job, piece)
        for step in STEPS:
            batch = step(batch)
        job.staged += int(batch.good.sum())
        yield copy_lines(batch)
        progress.write(f"{found.name} {job.rows}\n")
    find_overlaps(job)
    if not job.rows:
        job.findings.add("table-empty", table=found.name)


def _facts(job: TableJob, found: Found) -> dict[str, Any]:
    return {
        "name": found.name,
        "model": job.table["model"],
        "rows": job.rows,
        "staged": job.staged,
        "left_out": job.rows - job.staged,
        "columns": {heading: name for name, heading in job.columns.fields.items()},
        "ignored": job.columns.ignored,
        "encoding": found.encoding or "unicode",
        **job.facts,
    }


def _report_columns(columns: Columns, found: Found, findings: Findings) -> None:
    """Record missing, unused and personal columns."""
    for gap in columns.missing:
        values = {**gap, "headings": _some(found.headings)}
        findings.add("column-missing", table=found.name, column=gap["column"], values=values)
    for heading in columns.personal:
        findings.add("personal-data", table=found.name, column=heading)
    if columns.ignored:
        findings.add("column-ignored", table=found.name, values={"columns": ", ".join(columns.ignored)})


def _some(headings: Sequence[str]) -> str:
    """Name the first headings."""
    return ", ".join(headings[:_HEADINGS_SHOWN]) + (" …" if len(headings) > _HEADINGS_SHOWN else "")
