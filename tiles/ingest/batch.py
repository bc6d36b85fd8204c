"""A batch of rows on its way through the steps, and the findings made about it."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from tiles.geometry import Shapes, System
from tiles.ingest.readers import Piece, Values
from tiles.ingest.recognise import Columns

# Findings of one kind that are listed row by row; the rest is counted.
LISTED: Final = 5_000
WKT_LETTERS: Final = 20_000
_VALUE_LETTERS: Final = 200

Row = int | np.integer[Any]


class Findings:
    """What was found wrong, one JSON line each; `counts` counts also what is not listed."""

    def __init__(self, file: IO[str], repairs: frozenset[str]) -> None:
        self.file = file
        self.repairs = repairs
        self.counts: Counter[str] = Counter()

    def add(self, code: str, **finding: Any) -> None:
        """Write a finding unless its kind is full."""
        self.counts[code] += 1
        if self.counts[code] <= LISTED:
            self.file.write(json.dumps({"code": code, **finding}, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Say how many findings are counted but not listed."""
        for code, count in list(self.counts.items()):
            if count > LISTED:
                self.add("more-issues", values={"code": code, "count": count - LISTED, "listed": LISTED})


@dataclass
class TableJob:
    """Everything the steps need to know about one table, and what must outlive a batch."""

    table: Mapping[str, Any]
    name: str
    form: str
    dataset: str
    columns: Columns
    encoding: str | None
    label: str | None
    chosen: System | None
    findings: Findings
    # Decided on the first batch that has shapes.
    system: System | None = None
    decided: bool = False
    rows: int = 0
    staged: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    # Rows and shapes of the batches done, where areas must lie apart.
    areas: list[tuple[NDArray[np.int64], Shapes]] = field(default_factory=list)
    regions: list[shapely.Geometry] | None = None
    seen_keys: dict[Any, int] = field(default_factory=dict)
    seen_codes: dict[str, int] = field(default_factory=dict)
    seen_shapes: dict[int, int] = field(default_factory=dict)


@dataclass
class Batch:
    """Rows of one table: columns by heading as read, then COPY texts by database column."""

    job: TableJob
    first: int
    size: int
    columns: dict[str, Values]
    wkb: Values | None
    ragged: dict[int, int]
    # Rows still to be staged; a row with an error is not, its issue holds it.
    good: NDArray[np.bool_]
    # Shapes as the file has them, then as they are staged (EPSG:5899).
    given: Shapes | None = None
    shapes: Shapes | None = None
    # WKB that is no shape at all until its rings are closed.
    unclosed: NDArray[np.bool_] | None = None
    # The shapes as little-endian WKB.
    written: list[bytes | None] | None = None
    texts: dict[str, list[str | None]] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, job: TableJob, piece: Piece) -> "Batch":
        """Begin with what was read."""
        return cls(
            job, piece.first, piece.size, piece.columns, piece.wkb, piece.ragged, np.ones(piece.size, dtype=bool)
        )

    def note(
        self, index: Row, code: str, *, column: str = "", repair: str = "", place: Any = None, **values: Any
    ) -> None:
        """Record a finding about a row that is staged all the same."""
        self.job.findings.add(
            code,
            table=self.job.name,
            row=self.first + int(index),
            column=column,
            values={name: _short(value) for name, value in values.items()},
            original=self._original(index, code),
            place=place or self._place(index),
            repair=repair,
        )

    def reject(
        self, index: Row, code: str, *, column: str = "", place: Any = None, leave_out: bool = False, **values: Any
    ) -> None:
        """Record an error: the row is not staged. It blocks, unless the planner accepted to leave such rows out."""
        accepted = leave_out and code in self.job.findings.repairs
        self.good[index] = False
        self.note(index, code, column=column, repair="leave-out" if accepted else "", place=place, **values)

    def _place(self, index: Row) -> list[float] | None:
        """Return a point of the row in EPSG:5899, None when it has none."""
        shape = None if self.shapes is None else self.shapes[index]
        if shape is None or not self.job.system or shape.is_empty:
            return None
        west, south, east, north = shapely.bounds(shape)
        middle = [(west + east) / 2, (south + north) / 2]
        return middle if np.isfinite(middle).all() else None

    def _original(self, index: Row, code: str) -> dict[str, Any]:
        """Return the row as the file had it; the shape too where the shape is the trouble."""
        row = {heading: _short(values[index]) for heading, values in self.columns.items()}
        shape = None if self.given is None else self.given[index]
        if code.startswith("geometry-") and shape is not None:
            text = shapely.to_wkt(shape, rounding_precision=-1)
            row["geometry_wkt"] = text[:WKT_LETTERS]
            row["geometry_sha256"] = hashlib.sha256(text.encode()).hexdigest()
        return row


def _short(value: Any) -> Any:
    """Make a value fit for JSON and for a message: plain types, 200 letters at most, no NaN."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        if not np.isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    return value[:_VALUE_LETTERS] if isinstance(value, str) else value
