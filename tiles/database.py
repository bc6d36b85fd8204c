"""What only the database itself can do, and where hand-written SQL is read from."""

from functools import cache
from pathlib import Path

from django.db import connection, transaction


@cache
def statement(folder: str, name: str) -> str:
    """Return the SQL kept in `<folder>/sql/<name>.sql`."""
    return (Path(__file__).resolve().parent.parent / folder / "sql" / f"{name}.sql").read_text(encoding="utf-8")


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
