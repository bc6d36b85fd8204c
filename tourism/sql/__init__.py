"""Statements run by a function of the same name."""

from django.db import connection

from tiles import database


def complete_groups(*, edition: int) -> None:
    """Fill the group of every place of an edition."""
    with connection.cursor() as cursor:
        cursor.execute(database.statement("tourism", "complete_groups"), {"edition": edition})
