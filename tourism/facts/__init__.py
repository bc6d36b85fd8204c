"""Hand-made tables of facts."""

import csv
from functools import cache
from pathlib import Path


def categories() -> tuple[dict[str, str], ...]:
    """Rows of categories.csv: the groups (no `group`) first, then their kinds."""
    return _rows("categories")


def emergency_numbers() -> tuple[dict[str, str], ...]:
    """Rows of emergency_numbers.csv: the national numbers, the likeliest first."""
    return _rows("emergency_numbers")


def phrases() -> tuple[dict[str, str], ...]:
    """Rows of phrases.csv: what a visitor may show or say to somebody, and what it means."""
    return _rows("phrases")


def osm_kinds() -> tuple[dict[str, str], ...]:
    """Rows of osm_kinds.csv: a tag of OpenStreetMap and the kind it stands for; the first that fits decides."""
    return _rows("osm_kinds")


def generic_words() -> tuple[dict[str, str], ...]:
    """Rows of generic_words.csv: words, folded, that many names share, and the kind they tell (empty: none)."""
    return _rows("generic_words")


def stays() -> dict[str, int]:
    """Minutes a visitor usually stays, by kind or group: a guide's estimate, for the tourist office to correct."""
    return {row["category"]: int(row["minutes"]) for row in _rows("stays")}


@cache
def shared_hosts() -> frozenset[str]:
    """Hosts where everybody may have pages (shared_hosts.csv): such a host alone is nobody's."""
    return frozenset(row["host"] for row in _rows("shared_hosts"))


def masters() -> tuple[dict[str, str], ...]:
    """Rows of masters.csv: a field of a place, its tag in OpenStreetMap, and the source that is believed."""
    return _rows("masters")


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
