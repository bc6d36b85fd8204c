"""Where plans disagree about a parcel: construction and land-use plan, and construction plans of two levels. Pure.

Two uses disagree when the table of uses (`planning.compatibility`, demonstration data) knows both and finds no room
for the one in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from planning.compatibility import agree, fits
from planning.extracts.answers import Answer, ZoneShare
from planning.extracts.extract import Conflict, ConflictSide, LevelConflict
from planning.extracts.levels import LAND_USE, LEVELS, rank, speaking

Piece = tuple[Answer, ZoneShare]
Pair = tuple[Piece, Piece]
# m² of a zone and another area in common, for pairs of their codes.
Common = Callable[[Sequence[tuple[str, str]]], Mapping[tuple[str, str], float]]


def conflicts(
    answers: Sequence[Answer], *, parcel_m2: float, least_m2: float, common: Common
) -> tuple[Conflict, ...] | None:
    """Return every disagreement with the land-use plan of at least `least_m2`, the most detailed plan's first.

    A plan of less detail is left out where a more detailed one fills the parcel: its uses are drawn anew there.

    None when it cannot be examined: one of the two families has no published data here. `common` measures the pairs
    that the shares alone cannot.
    """
    if not (_known(answers, land_use=True) and _known(answers, land_use=False)):
        return None
    land = [answer for answer in answers if answer.theme == LAND_USE]
    pairs = _disagreeing(speaking(answers, least_share=least_m2 / parcel_m2), land, agree)
    return tuple(
        Conflict(
            construction=_side(*zone),
            land_use=_side(*area),
            **_told(zone[0], area[0], area_m2, parcel_m2),
        )
        for zone, area, area_m2 in _measured(pairs, parcel_m2, least_m2, common)
    )


def level_conflicts(
    answers: Sequence[Answer], *, parcel_m2: float, least_m2: float, common: Common
) -> tuple[LevelConflict, ...]:
    """Return where a construction plan disagrees with the one of the next less detailed level, as `conflicts` does."""
    drawn = {theme: [one for one in answers if one.theme == theme and one.zones] for theme in LEVELS}
    spoken = speaking(answers, least_share=least_m2 / parcel_m2)
    pairs = (
        pair
        for detailed, broader in pairwise(theme for theme in LEVELS if drawn[theme])
        for pair in _disagreeing([one for one in spoken if one.theme == detailed], drawn[broader], fits)
    )
    return tuple(
        LevelConflict(
            detailed=_side(*zone),
            broader=_side(*around),
            **_told(zone[0], around[0], area_m2, parcel_m2),
        )
        for zone, around, area_m2 in _measured(pairs, parcel_m2, least_m2, common)
    )


def _known(answers: Sequence[Answer], *, land_use: bool) -> bool:
    return any(answer.status != "no-data" for answer in answers if (answer.theme == LAND_USE) == land_use)


def _disagreeing(
    plans: Sequence[Answer], others: Sequence[Answer], agreed: Callable[[str, str], bool | None]
) -> Iterator[Pair]:
    areas = [(other, area) for other in others for area in other.zones]
    for plan in plans:
        for zone in plan.zones:
            for other, area in areas:
                if agreed(zone.use, area.use) is False:
                    yield (plan, zone), (other, area)


def _measured(
    pairs: Iterator[Pair], parcel_m2: float, least_m2: float, common: Common
) -> list[tuple[Piece, Piece, float]]:
    """Return the pairs that share at least `least_m2`, with the m²: the most detailed plan's first, then the largest.

    The database is asked only where neither piece is the whole parcel.
    """
    found = list(pairs)
    doubtful = [
        (zone.code, area.code)
        for (_plan, zone), (_other, area) in found
        if not (_whole(zone, parcel_m2) or _whole(area, parcel_m2))
    ]
    asked = common(doubtful) if doubtful else {}
    measured = []
    for (plan, zone), (other, area) in found:
        pair = (zone.code, area.code)
        area_m2 = asked.get(pair, 0) if pair in doubtful else min(zone.area_m2, area.area_m2)
        if area_m2 >= least_m2:
            measured.append(((plan, zone), (other, area), area_m2))
    return sorted(measured, key=lambda one: (rank(one[0][0]), -one[2]))


def _whole(piece: ZoneShare, parcel_m2: float) -> bool:
    return piece.area_m2 >= parcel_m2 - 0.01


def _told(plan: Answer, other: Answer, area_m2: float, parcel_m2: float) -> dict[str, Any]:
    """Return what every disagreement tells: its m², its share of the parcel, the offices of both plans."""
    ask = tuple(dict.fromkeys(one.ask for one in (plan, other) if one.ask))
    return {"area_m2": round(area_m2, 2), "share": round(area_m2 / parcel_m2, 6), "ask": ask}


def _side(answer: Answer, piece: ZoneShare) -> ConflictSide:
    return ConflictSide(
        theme=answer.theme,
        plan=answer.plan,
        code=piece.code,
        use=piece.use,
        use_name=piece.use_name,
        decision=answer.decision,
        in_force_from=answer.in_force_from,
        in_force_until=answer.in_force_until,
        office=answer.office,
    )
