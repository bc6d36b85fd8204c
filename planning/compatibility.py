"""Which uses of a construction plan and of a land-use plan agree: a table, demonstration data, no law."""

from collections.abc import Mapping
from csv import DictReader
from functools import cache
from pathlib import Path

from planning.uses import uses_of


@cache
def agreeing_uses() -> Mapping[str, frozenset[str]]:
    """Return the land uses that agree with each use of a construction plan."""
    path = Path(__file__).parent / "facts" / "compatible_uses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["construction"]: frozenset(row["land_uses"].split()) for row in DictReader(file)}


def agree(construction: str, land_use: str) -> bool | None:
    """Tell whether two uses agree; None when the table does not know one of them."""
    listed = agreeing_uses().get(construction)
    if listed is None or land_use not in uses_of("land-use"):
        return None
    return land_use in listed
