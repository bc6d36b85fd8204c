"""Where a construction plan and the land-use plan disagree about a parcel. Pure.

Two uses disagree when the table of agreeing uses (`planning.compatibility`, demonstration data) knows both and does
not list them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from planning.compatibility import agree
from planning.extracts.answers import Answer, ZoneShare
from planning.extracts.extract import Conflict, ConflictSide
from planning.extracts.levels import LAND_USE, rank, speaking

# m² of a zone and a land-use area in common, for pairs of their codes.
Common = Callable[[Sequence[tuple[str, str]]], Mapping[tuple[str, str], float]]


def conflicts(
    answers: Sequence[Answer], *, parcel_m2: float, least_m2: float, common: Common
) -> tuple[Conflict, ...] | None:
    """Return every disagreement of at least `least_m2`, the largest of the most detailed plan first.

    A plan of less detail is left out where a more detailed one fills the parcel: its uses are drawn anew there.

    None when it cannot be examined: one of the two families has no published data here. `common` measures the pairs
    that the shares alone cannot.
    """
    if not (_known(answers, land_use=True) and _known(answers, land_use=False)):
        return None
    pairs = list(_disagreeing(speaking(answers, least_share=least_m2 / parcel_m2), answers))
    doubtful = [
        (zone.code, area.code)
        for (_plan, zone), (_land, area) in pairs
        if not (_whole(zone, parcel_m2) or _whole(area, parcel_m2))
    ]
    measured = common(doubtful) if doubtful else {}
    found = []
    for (plan, zone), (land, area) in pairs:
        pair = (zone.code, area.code)
        area_m2 = measured.get(pair, 0) if pair in doubtful else min(zone.area_m2, area.area_m2)
        if area_m2 >= least_m2:
            found.append((rank(plan), -area_m2, _conflict(plan, zone, land, area, area_m2, parcel_m2)))
    return tuple(conflict for _level, _area, conflict in sorted(found, key=lambda one: one[:2]))


def _known(answers: Sequence[Answer], *, land_use: bool) -> bool:
    return any(answer.status != "no-data" for answer in answers if (answer.theme == LAND_USE) == land_use)


def _disagreeing(
    construction: Sequence[Answer], answers: Sequence[Answer]
) -> Iterator[tuple[tuple[Answer, ZoneShare], tuple[Answer, ZoneShare]]]:
    areas = [(answer, area) for answer in answers if answer.theme == LAND_USE for area in answer.zones]
    for plan in construction:
        for zone in plan.zones:
            for land, area in areas:
                if agree(zone.use, area.use) is False:
                    yield (plan, zone), (land, area)


def _whole(piece: ZoneShare, parcel_m2: float) -> bool:
    return piece.area_m2 >= parcel_m2 - 0.01


def _conflict(
    plan: Answer, zone: ZoneShare, land: Answer, area: ZoneShare, area_m2: float, parcel_m2: float
) -> Conflict:
    return Conflict(
        construction=_side(plan, zone),
        land_use=_side(land, area),
        area_m2=round(area_m2, 2),
        share=round(area_m2 / parcel_m2, 6),
        ask=tuple(dict.fromkeys(office for office in (plan.ask, land.ask) if office)),
    )


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
