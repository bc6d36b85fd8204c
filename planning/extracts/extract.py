"""The extract as values: what one parcel's answer is made of. No database, no HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from planning.extracts.answers import Answer, EditionUsed, LawStatus, PlanName, Status
from planning.extracts.history import Changes, History


@dataclass(frozen=True, kw_only=True)
class WardNames:
    """The unit in force on the extract's date, and the unit whose map sheets number the parcel."""

    code: str
    name: str
    cadastral_code: str
    cadastral_name: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """An answer that lacks: the input of the price's address, and what to ask."""

    input: str
    question: str


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """An answer about the price that a person gave: the input of the price's address, its value, both in words."""

    input: str
    value: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Price:
    """How the state prices the parcel, in VND per m².

    `basis` "street": by the row of the street the parcel is reached by, positions 1 to 4; "area": by a rule for all
    land of a use, which `text` says; "open": which of them is not known. `position` and `price_vnd_per_m2` are None as
    long as an answer in `missing` lacks. `given` are the answers of a person, which go before what the map proposes;
    `adjoins`: the parcel lies at the street itself. `distance_m` is measured to the street's centre line.
    """

    basis: Literal["street", "area", "open"]
    code: str
    street: str
    from_street: str
    to_street: str
    distance_m: float | None
    prices_vnd_per_m2: tuple[int | None, ...]
    text: str
    table: str
    decision: str
    in_force_from: date | None
    in_force_until: date | None
    position: int | None
    price_vnd_per_m2: int | None
    missing: tuple[Question, ...]
    url: str
    adjoins: bool = False
    given: tuple[GivenAnswer, ...] = ()
    amount_vnd: int | None = None


@dataclass(frozen=True, kw_only=True)
class Nearby:
    """A project or a place near the parcel, distance in metres."""

    code: str
    title: str
    kind: str
    distance_m: float
    url: str


@dataclass(frozen=True, kw_only=True)
class LineName:
    """A line of a plan; `width_m` is the road's from red line to red line, the setback, or the corridor's each side."""

    code: str
    name: str
    category: str
    width_m: float | None


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """What lines of plans, or projects, mean for the parcel: theme road-line, building-line, corridor or projects.

    `area_m2` is the part of the parcel behind the lines (EPSG:5899), None when it cannot be measured.
    """

    theme: str
    status: Status
    text: str
    plan: PlanName | None = None
    decision: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None
    area_m2: float | None = None
    share: float | None = None
    lines: tuple[LineName, ...] = ()
    edition: EditionUsed | None = None

    @property
    def percent(self) -> float:
        """The share as a percentage."""
        return (self.share or 0) * 100


@dataclass(frozen=True, kw_only=True)
class OtherPlan:
    """A plan that draws the parcel but is not in force on the extract's date."""

    theme: str
    plan: PlanName
    decision: str
    in_force_from: date | None
    in_force_until: date | None
    law_status: LawStatus


@dataclass(frozen=True, kw_only=True)
class BuildingRule:
    """One indicator in words. `limit` None: the plan gives no figure; `amount_m2` is what it comes to here."""

    kind: str
    limit: float | None
    amount_m2: float | None
    text: str


@dataclass(frozen=True, kw_only=True)
class BuildingRules:
    """What may be built on the parcel's piece in one zone, before road land, setbacks and corridors are taken off.

    `text`: what the piece is kept for where it is no building land, and where another plan has a say.
    """

    plan: PlanName | None
    zone: str
    use: str
    use_name: str
    area_m2: float
    rules: tuple[BuildingRule, ...]
    text: str = ""

    @property
    def stated(self) -> bool:
        """Tell whether the plan gives any figure for the zone."""
        return any(rule.limit is not None for rule in self.rules)


@dataclass(frozen=True, kw_only=True)
class ConflictSide:
    """What one plan says in a conflict: its level by theme, decision, dates, office; the zone's code and use."""

    theme: str
    plan: PlanName | None
    code: str
    use: str
    use_name: str
    decision: str
    in_force_from: date | None
    in_force_until: date | None
    office: str


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A part of the parcel on which two plans do not agree; `ask`: the offices that answer."""

    area_m2: float
    share: float
    ask: tuple[str, ...]

    @property
    def percent(self) -> float:
        """The share as a percentage."""
        return self.share * 100


@dataclass(frozen=True, kw_only=True)
class Conflict(Disagreement):
    """One between a construction plan and the land-use plan."""

    construction: ConflictSide
    land_use: ConflictSide


@dataclass(frozen=True, kw_only=True)
class LevelConflict(Disagreement):
    """One between construction plans of two levels."""

    detailed: ConflictSide
    broader: ConflictSide


@dataclass(frozen=True, kw_only=True)
class AreaDifference:
    """Measured less registered area, in m² and as a percentage of the registered one, and what it means."""

    difference_m2: float
    percent: float
    level: Literal["agrees", "differs", "differs-much"]
    text: str


@dataclass(frozen=True, kw_only=True)
class Extract:
    """All that is known about one parcel on one date.

    `conflicts` None: not examined, for want of one of the two plans; `history` None: not asked for. `on_note` says what
    a date in the future means; `changes` what changed since the date that was asked about. Areas in m² (EPSG:5899);
    `sliver_m2` is the size under which a piece is not listed but counted as gap. `in_force_until` is the last day of a
    parcel that is no more.
    """

    code: str
    ward: WardNames
    sheet: int
    number: int
    area_registered_m2: float | None
    area_measured_m2: float
    land_use: str
    land_use_name: str
    address: str
    geometry: dict[str, Any]
    on: date
    created: datetime
    summary: str
    editions: tuple[EditionUsed, ...]
    answers: tuple[Answer, ...]
    conflicts: tuple[Conflict, ...] | None
    price: Price | None
    projects_near: tuple[Nearby, ...]
    places_near: tuple[Nearby, ...]
    history: History | None
    disclaimer: str
    verify_url: str | None
    on_note: str = ""
    changes: Changes | None = None
    area_difference: AreaDifference | None = None
    sliver_m2: float = 0
    restrictions: tuple[Restriction, ...] = ()
    building: tuple[BuildingRules, ...] = ()
    other_plans: tuple[OtherPlan, ...] = ()
    level_conflicts: tuple[LevelConflict, ...] = ()
    in_force_until: date | None = None

    @property
    def concerned(self) -> tuple[Answer, ...]:
        """The answers of plans that concern the parcel."""
        return tuple(answer for answer in self.answers if answer.status == "concerned")
