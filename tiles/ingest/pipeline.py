"""From a supplier's file to typed rows: starts the guarded child, watches it, hands over what it wrote."""

import contextlib
import json
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Final, Self

from tiles.geometry import parse_system
from tiles.ingest import legacy, process
from tiles.ingest.child import REFUSED
from tiles.ingest.declaration import declare
from tiles.ingest.issues import all_kinds
from tiles.ingest.refusal import Refused
from tiles.ingest.source import Source
from tiles.ingest.unpack import place

__all__ = ["CopyFile", "Options", "Reading", "Refused", "check_options", "quiet", "read"]

_CHUNK: Final = 2**20
_OVERRUN: Final = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ)


def quiet(step: str, count: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Options:
    """What the planner says about a file: table, coordinate system, encoding, heading → field, accepted repairs."""

    layer_name: str | None = None
    crs: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    repairs: frozenset[str] = frozenset()


class CopyFile:
    """Rows of one model as COPY text that the child may still be writing; `edition_id` is not among `columns`."""

    def __init__(self, table: Mapping[str, Any], path: Path, child: process.Child) -> None:
        self.model: str = table["model"]
        self.columns: tuple[str, ...] = tuple(table["copy"])
        self.path = path
        self._child = child

    def chunks(self) -> Iterator[bytes]:
        """Yield the text as it is written, until the child has ended."""
        file = None
        at_work = True
        with contextlib.ExitStack() as opened:
            while at_work:
                at_work = self._child.follow()
                if file is None and self.path.exists():
                    file = opened.enter_context(self.path.open("rb"))
                while file and (chunk := file.read(_CHUNK)):
                    yield chunk


class Reading:
    """A file that the guarded child reads; a context manager that owns the child, its rows and its findings."""

    def __init__(
        self, asked: Mapping[str, Any], folder: Path, child: process.Child, owned: contextlib.ExitStack
    ) -> None:
        self.tables = tuple(
            CopyFile(table, folder / f"rows-{number}.copy", child) for number, table in enumerate(asked["tables"])
        )
        self.content_sha256 = ""
        self.facts: dict[str, Any] = {}
        self._folder, self._child, self._owned = folder, child, owned

    def finish(self) -> Self:
        """Wait for the child's end and fill in facts and checksum; raises Refused when the file cannot be read."""
        while self._child.follow():
            pass
        assert self._child.status is not None
        self.facts = _result(self._folder, self._child.status)
        self.content_sha256 = self.facts.pop("content_sha256")
        return self

    @property
    def rows(self) -> int:
        """Rows that can be staged; known when the reading is finished."""
        return sum(table["staged"] for table in self.facts["tables"])

    def findings(self) -> Iterator[dict[str, Any]]:
        """Yield what was found wrong: code, table, row, column, values, original, place, repair."""
        with (self._folder / "findings.jsonl").open() as file:
            yield from map(json.loads, file)

    def close(self) -> None:
        """End the child and remove its folder."""
        self._owned.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def read(
    path: Path,
    source: Source,
    *,
    dataset: str,
    options: Options | None = None,
    name: str = "",
    progress: Callable[[str, int], None] = quiet,
) -> Reading:
    """Begin to read a file in the guarded child; `name` is the supplier's file name when `path` has another suffix.

    Rows can be taken while they are read. Raises Refused when an option or the name says that it will not do.
    """
    asked = _asked(source, dataset, options or Options())
    if not path.stat().st_size:
        raise Refused("empty")
    with contextlib.ExitStack() as owned:
        folder = Path(tempfile.mkdtemp(prefix="city-ingest-"))
        owned.callback(shutil.rmtree, folder, ignore_errors=True)
        owned.enter_context(_ended_by_signal())
        asked["file"] = str(place(path, folder, name or path.name).relative_to(folder))
        (folder / "job.json").write_text(json.dumps(asked))
        child = owned.enter_context(process.Child(folder, progress))
        return Reading(asked, folder, child, owned.pop_all())


def check_options(source: Source, options: Options) -> None:
    """Raise Refused for an option that names nothing; what only the file can tell is not checked."""
    if options.encoding and not legacy.find_encoding(options.encoding):
        raise Refused("option-encoding", value=options.encoding, known=", ".join(legacy.ENCODINGS))
    if options.crs:
        try:
            parse_system(options.crs)
        except ValueError:
            raise Refused("option-crs", value=options.crs) from None
    fields = {column.field for table in source.tables for column in table.columns}
    if unknown := set(options.columns.values()) - fields:
        raise Refused("option-map", value=", ".join(sorted(unknown)), known=", ".join(sorted(fields)))
    repairable = {kind.code for kind in all_kinds() if kind.repair}
    if not options.repairs <= repairable:
        raise Refused(
            "option-repair", value=", ".join(sorted(options.repairs - repairable)), known=", ".join(sorted(repairable))
        )


def _asked(source: Source, dataset: str, options: Options) -> dict[str, Any]:
    """Write the job down."""
    check_options(source, options)
    return {
        "tables": declare(source),
        "dataset": dataset,
        "layer_name": options.layer_name,
        "crs": options.crs,
        "encoding": legacy.find_encoding(options.encoding) if options.encoding else None,
        "columns": dict(options.columns),
        "repairs": sorted(options.repairs),
    }


def _result(folder: Path, status: int) -> dict[str, Any]:
    """Return what the child reports; raises Refused in its words, or in ours when it was stopped or broke."""
    report = folder / "result.json"
    if status in (0, REFUSED) and report.exists():
        result: dict[str, Any] = json.loads(report.read_text())
        if "refused" in result:
            raise Refused(result["refused"], **result["values"])
        return result
    trouble = (folder / "errors.txt").read_text(errors="replace")[-2000:]
    if status in _OVERRUN or "MemoryError" in trouble or "bad_alloc" in trouble or "File too large" in trouble:
        raise Refused("too-large")
    raise Refused("unreadable") from ChildError(trouble)


class ChildError(Exception):
    """What the child printed before it broke; for the log, never for a page."""


@contextlib.contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Let SIGTERM unwind the stack, so that the child ends and nothing is left behind."""
    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    ):
        yield
        return

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
