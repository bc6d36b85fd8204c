"""The guarded child: reads one delivery in its job folder and writes typed rows and findings there.

Forked by `tiles.ingest.forker` with the job folder as working directory. It knows no settings, no database and no
network; job.json says what to read, result.json what came of it.
"""

import gc
import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

from tiles.ingest import sandbox

REFUSED: Final = 3


def main(progress_fd: int, parent: int) -> int:
    """Do the job of the working directory; returns the exit status."""
    job = Path.cwd()
    walls = sandbox.enter(job, parent=parent)
    # A fifth of the time, spent on looking through millions of rows that hold no cycle; the walls limit memory.
    gc.disable()
    from tiles.ingest.refusal import Refused

    with os.fdopen(progress_fd, "w", buffering=1) as progress:
        try:
            result = _read(job, json.loads((job / "job.json").read_text()), progress)
        except Refused as refused:
            (job / "result.json").write_text(json.dumps({"refused": refused.code, "values": refused.values}))
            return REFUSED
        except (MemoryError, RecursionError):
            (job / "result.json").write_text(json.dumps({"refused": "too-large", "values": {}}))
            return REFUSED
    (job / "result.json").write_text(json.dumps({**result, "walls": walls}, ensure_ascii=False))
    return 0


def _read(job: Path, asked: dict[str, Any], progress: Any) -> dict[str, Any]:
    """Unpack, check, open and read the delivery."""
    from tiles.ingest.formats import find_format
    from tiles.ingest.refusal import Refused
    from tiles.ingest.unpack import check_zip, unpack

    progress.write("unpack 0\n")
    paths = unpack(job / asked["file"], job / "in")
    form = find_format(paths[0].suffix)
    assert form is not None
    for path in paths:
        if not path.stat().st_size:
            raise Refused("empty")
        form.check(path)
        if form.name == "xlsx":
            check_zip(path)
    sandbox.allow_drivers(form.drivers)

    from tiles.ingest import elements, osm
    from tiles.ingest.batch import Findings
    from tiles.ingest.readers import find_tables
    from tiles.ingest.rows import choose_tables, read_table

    with (job / "findings.jsonl").open("w") as file:
        findings = Findings(file, frozenset(asked["repairs"]))
        of_elements = next((table for table in asked["tables"] if table["features"]), None)
        if of_elements and elements.holds_elements(paths[0], form):
            tables = [osm.find_table(of_elements, elements.read_elements(paths[0], form), findings)]
        else:
            tables = find_tables(paths, form, asked["encoding"])
        chosen = choose_tables(asked, tables, findings)
        digest = hashlib.sha256()
        # A code is given once, whichever table of the model has the row.
        codes: dict[str, dict[str, int]] = {table["model"]: {} for table, _found in chosen}
        done = [
            read_table(
                job / f"rows-{asked['tables'].index(table)}.copy",
                table,
                found,
                asked,
                findings,
                digest,
                progress,
                codes[table["model"]],
            )
            for table, found in chosen
        ]
        findings.close()
    if not any(facts["rows"] for facts in done):
        raise Refused("empty")
    return {
        "format": form.name,
        "tables": done,
        "issues": findings.counts,
        "repairs": asked["repairs"],
        "content_sha256": digest.hexdigest(),
    }
