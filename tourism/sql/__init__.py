"""Statements run by a function of the same name."""

from pathlib import Path

from django.db import connection


def complete_groups(*, edition: int) -> None:
    """Fill the group of every place of an edition."""
    statement = (Path(__file__).parent / "complete_groups.sql").read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute(statement, {"edition": edition})
