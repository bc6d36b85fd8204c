"""Typed rows into the database: COPY for rows, one bulk insert for issues."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tiles.ingest import issues
from tiles.ingest.pipeline import CopyFile, Reading
from tiles.models import Edition, Issue

_ISSUES_AT_ONCE: Final = 2_000


class _WithEdition:
    """COPY text whose every line begins with the edition's number: the child knows no edition."""

    def __init__(self, chunks: Iterator[bytes], edition: Edition) -> None:
        self._chunks = chunks
        self._prefix = f"{edition.pk}\t".encode()
        self._at_line_start = True

    def read(self, size: int = -1) -> bytes:
        """Return some of the text; line ends inside values are escaped, so every line end ends a row."""
        chunk = next(self._chunks, b"")
        if not chunk:
            return b""
        ends = chunk.endswith(b"\n")
        text = (chunk[:-1] if ends else chunk).replace(b"\n", b"\n" + self._prefix) + (b"\n" if ends else b"")
        text = self._prefix + text if self._at_line_start else text
        self._at_line_start = ends
        return text


@transaction.atomic
def load(edition: Edition, reading: Reading) -> int:
    """Write rows under `edition` while they are read, then the issues; returns the rows. ANALYZE is the caller's.

    Raises Refused when the file turns out unreadable.
    """
    try:
        rows = sum(_copy(edition, table) for table in reading.tables)
    except DatabaseError:
        reading.finish()  # a child that broke off leaves half a line: that is the file's fault
        raise
    found = _issues(edition, reading.finish())
    while some := list(islice(found, _ISSUES_AT_ONCE)):
        Issue.objects.bulk_create(some)
    return rows


def _copy(edition: Edition, table: CopyFile) -> int:
    name = connection.ops.quote_name(apps.get_model(table.model)._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(column) for column in ("edition_id", *table.columns))
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {name} ({columns}) FROM STDIN", _WithEdition(table.chunks(), edition))
        return int(cursor.rowcount)


def _issues(edition: Edition, reading: Reading) -> Iterator[Issue]:
    for finding in reading.findings():
        place: Any = finding.pop("place", None)
        yield issues.new(edition, **finding, place=tuple(place) if place else None)
