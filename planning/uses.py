"""Codes of uses, their names and colours: two systems that never share a legend.

Construction plans: Circular 16/2025/TT-BXD, Annex I item 04. Land-use plans: Circular 08/2024/TT-BTNMT and, for
older papers, its predecessors. Both are dated tables; a colour alone identifies no use, so the code is always shown.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.translation import get_language

from portal.text import fold

System = Literal["construction", "land-use"]
_FILES: dict[System, str] = {"construction": "construction_uses.csv", "land-use": "land_uses.csv"}
UNKNOWN_COLOUR = "#c0c0c0"


@dataclass(frozen=True, kw_only=True)
class Use:
    """One use: colour as #rrggbb, hatch for black and white, the days the code was valid (open when None).

    `ground`: what a use that is no building land keeps the ground for, such as road; "" for all others.
    """

    code: str
    name_vi: str
    name_en: str
    colour: str
    hatch: str
    valid_from: date | None
    valid_until: date | None
    note: str
    ground: str

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_vi if (get_language() or "vi").startswith("vi") else self.name_en


@cache
def uses_of(system: System) -> Mapping[str, Use]:
    """Return every use of a system by its code, those of the past too."""
    path = Path(__file__).parent / "facts" / _FILES[system]
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Use(
                **{name: row[name] for name in ("code", "name_vi", "name_en", "colour", "hatch", "note")},
                ground=row.get("ground", ""),
                valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
                valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            )
            for row in csv.DictReader(file)
        }


def system_of(layer_id: str) -> System:
    """Return the system of codes a layer of plans uses."""
    return "land-use" if layer_id == "land-use" else "construction"


def find_use(system: System, code: str) -> Use | None:
    """Return the use of a code, or None."""
    return uses_of(system).get(code)


def colour_of(system: System, code: str) -> str:
    """Return the colour of a code; grey when the code is unknown."""
    use = find_use(system, code)
    return use.colour if use else UNKNOWN_COLOUR


def name_of(system: System, code: str, given: str = "") -> str:
    """Return the name of a code in the active language; what the supplier wrote when the code is unknown."""
    use = find_use(system, code)
    return use.name if use else given or code


def name_of_land(codes: str) -> str:
    """Return the name of a land code as parcels carry it; combined codes such as "ODT+CLN" are joined."""
    return " + ".join(name_of("land-use", code.strip()) for code in codes.split("+") if code.strip())


def known_words(system: System) -> dict[str, str]:
    """Return the folded codes and Vietnamese names of a system with the code they stand for."""
    words: dict[str, str] = {}
    for use in uses_of(system).values():
        words.setdefault(fold(use.name_vi), use.code)
    return words | {fold(code): code for code in uses_of(system)}
