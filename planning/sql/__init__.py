"""Hand-written SQL: each file is run by the function of the same name."""

from functools import cache
from pathlib import Path


@cache
def statement(name: str) -> str:
    """Return the text of `name`.sql."""
    return (Path(__file__).parent / f"{name}.sql").read_text("utf-8")
