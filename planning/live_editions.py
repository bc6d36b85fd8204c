"""The live editions an answer rests on beside those its rows name: units, projects, rules of prices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from planning.extracts.answers import EditionUsed
from planning.sql import rows_of

# The layer that rules of prices are published with.
RULES = "prices"


@dataclass(frozen=True, kw_only=True)
class LiveEditions:
    """The live editions of units and projects, by their numbers, and those that hold rules of prices."""

    units: dict[int, EditionUsed]
    projects: tuple[EditionUsed, ...]
    rules: tuple[EditionUsed, ...]

    def further(self, units: Collection[int | None]) -> tuple[EditionUsed, ...]:
        """Return the editions of the projects and of some units."""
        return (*self.projects, *(used for number, used in self.units.items() if number in units))


def live_editions() -> LiveEditions:
    """Return what is live now."""
    units, projects, rules = {}, [], []
    for row in rows_of("live_editions"):
        layer = row.pop("layer")
        if layer == RULES:
            rules.append(EditionUsed(**row))
        elif layer == "projects":
            projects.append(EditionUsed(**{**row, "dataset": f"{layer}/{row['dataset']}"}))
        else:
            units[row["edition"]] = EditionUsed(**{**row, "dataset": f"{layer}/{row['dataset']}"})
    return LiveEditions(units=units, projects=tuple(projects), rules=tuple(rules))


def live_editions_at(revisions: tuple[int | None, ...]) -> LiveEditions:
    """Return what is live at the latest revisions of the three layers; None for one that never was published."""
    return _kept(revisions) if any(revisions) else live_editions()


# To read them costs a tenth of the database's whole work for an answer. A layer's revisions only grow, one publication
# at a time, so what is kept for the latest of the three holds until one of the layers is published again.
@lru_cache(maxsize=4)
def _kept(revisions: tuple[int | None, ...]) -> LiveEditions:
    return live_editions()
