"""What only the database itself can do, and where hand-written SQL is read from."""

import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection, transaction

_PARAMETER = re.compile(r"%\((\w+)\)s")
# The names of the statements each connection has prepared; they end with it.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@cache
def statement(folder: str, name: str) -> str:
    """Return the SQL kept in `<folder>/sql/<name>.sql`."""
    return (Path(__file__).resolve().parent.parent / folder / "sql" / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def asking(text: str, parameters: Mapping[str, Any]) -> Iterator[Any]:
    """Run a statement that a connection parses and plans once; yields the cursor.

    Parsing and planning cost more than running for what is asked of one parcel. A pooler between portal and database
    must keep sessions.
    """
    name, prepared, wanted = _prepare(text)
    with connection.cursor() as cursor:
        known = _prepared.setdefault(cursor.connection, set())
        if name not in known:
            cursor.execute(f"PREPARE {name} AS {prepared}")
            known.add(name)
        marks = ", ".join(["%s"] * len(wanted))
        cursor.execute(f"EXECUTE {name} ({marks})" if marks else f"EXECUTE {name}", [parameters[one] for one in wanted])
        yield cursor


@cache
def _prepare(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a name for a statement, the statement with numbered parameters, and their names in that order."""
    wanted = tuple(dict.fromkeys(_PARAMETER.findall(text)))
    numbered = _PARAMETER.sub(lambda found: f"${wanted.index(found[1]) + 1}", text).replace("%%", "%")
    return f"asked_{zlib.crc32(text.encode()):08x}", numbered, wanted


def lock(name: str) -> None:
    """Wait until no other transaction holds this name; it is held until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])


def analyze(table: str, column: str) -> None:
    """Let the planner know how the values of a column are spread among the rows that were just loaded."""
    with transaction.atomic(), connection.cursor() as cursor:
        # A tenth of the usual sample, which would read the whole table.
        cursor.execute("SET LOCAL default_statistics_target = 10")
        cursor.execute(f'ANALYZE "{table}" ("{column}")')


def vacuum(table: str) -> None:
    """Clear away what a publication left behind and let the planner know what is live; outside any transaction.

    Without it the planner believes for minutes that nothing is live, and questions take several times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(f'VACUUM (ANALYZE) "{table}"')


def available_extension(name: str) -> str | None:
    """Return the version of an extension that the server has, or could make; None when it has none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = %s", [name]
        )
        row = cursor.fetchone()
    return row[0] if row else None
