"""Statements run by a function of the same name."""

from datetime import date, datetime

from django.db import connection

from tiles import database


def complete_groups(*, edition: int) -> None:
    """Fill the group of every place of an edition."""
    with connection.cursor() as cursor:
        cursor.execute(database.statement("tourism", "complete_groups"), {"edition": edition})


def open_states(*, day: date, moment: datetime) -> list[tuple[str, bool | None, bool | None]]:
    """Return (text, readable, known) of every text of hours in use.

    `readable` is None where no schedule covers the day, `known` where no span holds the moment.
    """
    with database.asking(database.statement("tourism", "open_states"), {"day": day, "moment": moment}) as cursor:
        rows: list[tuple[str, bool | None, bool | None]] = cursor.fetchall()
    return rows
