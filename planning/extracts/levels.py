"""Which plans speak about a parcel: the one drawn at the largest scale first. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from planning.extracts.answers import Answer

LAND_USE = "land-use"
LEVELS = ("construction-detailed", "construction-subdivision", "construction-general")
# Where a plan leaves this part of the parcel undrawn, what a plan of less detail says there matters to a reader.
MUCH = 0.1


def rank(answer: Answer) -> int:
    """Return the place of a plan's level, 0 for the most detailed; a plan of no known level comes last."""
    return LEVELS.index(answer.theme) if answer.theme in LEVELS else len(LEVELS)


def undrawn(answer: Answer) -> float:
    """Return the part of the parcel on which a plan draws nothing."""
    return answer.gap_share if answer.zones else 1


def speaking(answers: Sequence[Answer], *, least_share: float) -> list[Answer]:
    """Return the construction plans that concern a parcel, the most detailed first, then by how much they draw.

    Left out are those of less detail than one that draws all but `least_share` of the parcel: it draws their uses anew.
    """
    concerned = [answer for answer in answers if answer.status == "concerned" and answer.theme != LAND_USE]
    finest = min((rank(answer) for answer in concerned if undrawn(answer) < least_share), default=len(LEVELS))
    kept = (answer for answer in concerned if rank(answer) <= finest or answer.theme not in LEVELS)
    return sorted(kept, key=lambda answer: (rank(answer), undrawn(answer)))
