"""Which uses of plans agree: a table, demonstration data, no law."""

from collections.abc import Mapping
from csv import DictReader
from functools import cache
from pathlib import Path

from planning.uses import uses_of


@cache
def agreeing_uses() -> Mapping[str, frozenset[str]]:
    """Return the land uses that agree with each use of a construction plan."""
    return _column("land_uses")


@cache
def held_uses() -> Mapping[str, frozenset[str]]:
    """Return what a zone of each use holds that only a plan of more detail draws: its roads, shops, schools."""
    return _column("holds")


def agree(construction: str, land_use: str) -> bool | None:
    """Tell whether two uses agree; None when the table does not know one of them."""
    listed = agreeing_uses().get(construction)
    if listed is None or land_use not in uses_of("land-use"):
        return None
    return land_use in listed


def fits(detailed: str, broader: str) -> bool | None:
    """Tell whether a use has room in the zone of a plan of less detail; None when the table does not know one.

    It has where some land use agrees with both, or where such a zone holds it.
    """
    land_uses, around = agreeing_uses().get(detailed), agreeing_uses().get(broader)
    if land_uses is None or around is None:
        return None
    return not land_uses.isdisjoint(around) or detailed in held_uses()[broader]


def _column(name: str) -> Mapping[str, frozenset[str]]:
    path = Path(__file__).parent / "facts" / "compatible_uses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["construction"]: frozenset(row[name].split()) for row in DictReader(file)}
