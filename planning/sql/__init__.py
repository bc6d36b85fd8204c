"""Hand-written SQL: each file is run by the function of the same name."""

from functools import partial
from typing import Any

from django.db import connection

from tiles import database

statement = partial(database.statement, "planning")


def rows_of(name: str, **parameters: Any) -> list[dict[str, Any]]:
    """Run `name`.sql and return its rows by column name."""
    with connection.cursor() as cursor:
        cursor.execute(statement(name), parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
