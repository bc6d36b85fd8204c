"""Who answers questions about a plan, by its layer and level: a dated table, demonstration data, no law.

It is not who approved the plan: a prime minister approves a general plan, and the city that approved the detailed ones
ceased on 1/7/2025.
"""

from collections.abc import Mapping, Sequence
from csv import DictReader
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Rows = Sequence[Mapping[str, str]]


@cache
def _table() -> Rows:
    path = Path(__file__).parent / "facts" / "offices.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(DictReader(file))


def office_to_ask(layer: str, level: str, *, on: date) -> str:
    """Return the office that answers on a date, in the active language; the ward's own where the table knows none."""
    day = on.isoformat()
    for row in _table():
        begun, over = row["valid_from"] <= day, row["valid_until"] and row["valid_until"] < day
        if (row["layer"], row["level"]) == (layer, level) and begun and not over:
            return row["office_en" if get_language() == "en" else "office_vi"]
    return _("the People's Committee of the ward (commune) the land lies in")
