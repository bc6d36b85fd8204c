"""English names of the categories that suppliers give to the lines of their plans."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from portal.text import fold


@cache
def _english() -> Mapping[str, str]:
    path = Path(__file__).parent / "facts" / "line_categories.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {fold(row["name_vi"]): row["name_en"] for row in csv.DictReader(file)}


def english_of(category: str) -> str:
    """Return the English name of a category as supplied; "" for one that is not known."""
    return _english().get(fold(category), "")
