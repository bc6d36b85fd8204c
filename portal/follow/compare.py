"""Which topics say something else than before. Pure; what was measured may move by a rounding without being news."""

from __future__ import annotations

import math
from typing import Any, Final

from planning.shares import SLIVER_M2
from portal.follow.facts import LINES, LISTED, Facts

# By how much a measured number may move: per cent, hectares, metres; m² as limits that do not quite meet.
_ROUNDING: Final = {
    "plan": 0.1,
    "uses": 0.01,
    "area": SLIVER_M2,
    **dict.fromkeys(LINES, SLIVER_M2),
    "projects": 1,
    "conflicts": SLIVER_M2,
    "levels": SLIVER_M2,
}


def changed_topics(before: Facts, after: Facts) -> list[str]:
    """Return the topics of which something else is said now; none that an earlier release did not look at."""
    unknown = {topic for topic in LISTED if before and topic not in before}
    # A plan that is new or gone is told as such.
    unknown |= {topic for topic in before.keys() ^ after.keys() if topic.partition(" ")[0] in ("law", "rules", "uses")}
    topics = sorted({*before, *after} - unknown)
    return [topic for topic in topics if not _same(topic, before.get(topic), after.get(topic))]


def changed_uses(value: Facts, other: Facts) -> Facts:
    """Return of what a plan draws the rows that the other drawing has not, or with another area."""
    known = {_exact(row[:-1]): row[-1] for row in other["uses"]}
    rows = [row for row in value["uses"] if not _near(known.get(_exact(row[:-1])), row[-1], within=_ROUNDING["uses"])]
    return {**value, "uses": rows}


def _same(topic: str, before: Any, after: Any) -> bool:
    kind = topic.partition(" ")[0]
    if kind == "law":
        # Its dates are told with its edition.
        return bool(before["law"] == after["law"])
    old, old_measured = _apart(kind, before)
    new, new_measured = _apart(kind, after)
    # A share of nothing is a share that is not there.
    missing = 0 if kind == "plan" else math.inf
    return old == new and all(
        _near(old_measured.get(row, missing), new_measured.get(row, missing), within=_ROUNDING.get(kind, 0))
        for row in {*old_measured, *new_measured}
    )


def _apart(kind: str, value: Any) -> tuple[Any, dict[Any, float | None]]:
    """Return what has to be the same to the letter, and what was measured, by its row."""
    rows: list[Any] = []
    if isinstance(value, dict) and "uses" in value:
        rows = [*value["uses"], ["gap", value.get("gap", 0)]]
        value = {key: said for key, said in value.items() if key not in ("uses", "gap")}
    elif kind in LISTED:
        rows, value = value or [], None
    elif kind == "area" and value:
        rows, value = [value], None
    return value, {_exact(row[:-1]): row[-1] for row in rows}


def _exact(value: Any) -> Any:
    return tuple(map(_exact, value)) if isinstance(value, list | tuple) else value


def _near(old: float | None, new: float | None, *, within: float) -> bool:
    if old is None or new is None:
        return old is new
    # Both have one decimal: their difference is a little off it.
    return old == new or abs(old - new) < within + 0.01
