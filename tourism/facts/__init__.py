"""Hand-made tables of facts."""

import csv
from functools import cache
from pathlib import Path


@cache
def categories() -> tuple[dict[str, str], ...]:
    """Rows of categories.csv: the groups (no `group`) first, then their kinds."""
    with (Path(__file__).parent / "categories.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
