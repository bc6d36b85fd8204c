"""The inputs of a price as a person gives them, and how they become a question to the engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from planning.prices.question import Question, Segment, Way


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What is given or proposed; None or "" is open. Names are those of the addresses, metres and VND."""

    use: str = ""
    ward: str = ""
    area_m2: Decimal | None = None
    position: int | None = None
    alley_level: int | None = None
    alley_width_m: Decimal | None = None
    surface: str = ""
    distance_m: Decimal | None = None
    frontages: int | None = None
    frontage_m: Decimal | None = None
    depth_m: Decimal | None = None
    height_m: Decimal | None = None
    plan_500: str = ""
    house: str = ""
    adjacent_vnd_per_m2: int | None = None
    other_position: int | None = None

    def over(self, proposed: Inputs) -> Inputs:
        """Return these inputs, with the proposed ones where these are open."""
        given = {name: value for name, value in vars(self).items() if value not in (None, "")}
        return replace(proposed, **given)


def ask(inputs: Inputs, *, on: date, segment: Segment | None, others: tuple[Way, ...] = ()) -> Question:
    """Return the question to the engine; `others` are further ways to the parcel."""
    ways: tuple[Way, ...] = ()
    if segment:
        earth = {"earth": True, "paved": False}.get(inputs.surface)
        first = Way(
            segment=segment,
            position=inputs.position,
            alley_level=inputs.alley_level,
            alley_width_m=inputs.alley_width_m,
            earth=earth,
            distance_m=inputs.distance_m,
            frontage_m=inputs.frontage_m,
            depth_m=inputs.depth_m,
        )
        ways = (first, *others)
    return Question(
        on=on,
        use=inputs.use,
        areas=(inputs.ward,) if inputs.ward else (),
        ways=ways,
        area_m2=inputs.area_m2,
        frontages=inputs.frontages,
        height_m=inputs.height_m,
        detailed_plan=_yes(inputs.plan_500),
        house=_yes(inputs.house),
        adjacent_vnd_per_m2=inputs.adjacent_vnd_per_m2,
    )


def _yes(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)
