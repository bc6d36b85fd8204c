"""What only the database itself can do, and where hand-written SQL is read from."""

import re
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

_PARAMETER = re.compile(r"%\((\w+)\)s")
# The names of the statements each connection has prepared; they end with it.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@cache
def statement(folder: str, name: str) -> str:
    """Return the SQL kept in `<folder>/sql/<name>.sql`."""
    return (Path(__file__).resolve().parent.parent / folder / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def asking(text: str, parameters: Mapping[str, Any]) -> CursorWrapper:
    """Run a statement that a connection parses and plans once; returns the cursor, which a `with` closes.

    Parsing and planning cost more than running for what is asked of one parcel. A pooler between portal and database
    must keep sessions.
    """
    name, prepare, execute, wanted = _prepare(text)
    cursor = connection.cursor()
    known = _prepared.setdefault(cursor.connection, set())
    if name not in known:
        cursor.execute(prepare)
        known.add(name)
    cursor.execute(execute, [parameters[one] for one in wanted])
    return cursor


@cache
def _prepare(text: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Return a name for a statement, what prepares it, what runs it, and the names of its parameters in their order."""
    wanted = tuple(dict.fromkeys(_PARAMETER.findall(text)))
    numbered = _PARAMETER.sub(lambda found: f"${wanted.index(found[1]) + 1}", text).replace("%%", "%")
    name = f"asked_{zlib.crc32(text.encode()):08x}"
    marks = f" ({', '.join(['%s'] * len(wanted))})" if wanted else ""
    return name, f"PREPARE {name} AS {numbered}", f"EXECUTE {name}{marks}", wanted


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
