"""Hand-written SQL: each file is run by the function of the same name."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from tiles import database

statement = partial(database.statement, "planning")


def rows_of(name: str, put: Mapping[str, str] | None = None, /, **parameters: Any) -> list[dict[str, Any]]:
    """Run `name`.sql and return its rows by column name; `put` fills the names in braces, never with text of others."""
    return asked(statement(name).format(**put) if put else statement(name), **parameters)


def asked(text: str, /, **parameters: Any) -> list[dict[str, Any]]:
    """Run a statement put together from our own and return its rows by column name."""
    with database.asking(text, parameters) as cursor:
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
