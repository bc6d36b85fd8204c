"""What one plan says about a parcel, as values. No database, no HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from portal.text import told

Status = Literal["concerned", "not-concerned", "no-data"]
LawStatus = Literal["in-force", "ended", "not-yet"]


@dataclass(frozen=True, kw_only=True)
class EditionUsed:
    """Says who: the dataset and its published edition."""

    dataset: str
    edition: int
    published: datetime | None


@dataclass(frozen=True, kw_only=True)
class PlanName:
    """A plan and its address."""

    code: str
    title: str
    url: str


def plan_name(row: Mapping[str, Any]) -> PlanName:
    """Return the plan of a row of `plan_answers`, by its English title where the reader is English and there is one."""
    return PlanName(code=row["plan"], title=told(row["title"], row["title_en"]), url=f"/plans/{row['plan']}")


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document of a plan."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ZoneShare:
    """A piece of the parcel in one area of a plan: m² (EPSG:5899), share of the parcel, what may be built."""

    code: str
    use: str
    use_name: str
    colour: str
    hatch: str
    area_m2: float
    share: float
    name: str = ""
    url: str = ""
    density_max_percent: float | None = None
    floors_max: int | None = None
    floor_area_ratio: float | None = None
    height_max_m: float | None = None
    setback_m: float | None = None
    stage: str = ""

    @property
    def percent(self) -> float:
        """The share as a percentage."""
        return self.share * 100


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one plan, or the want of one, says. Shares + gap - overlap = 1; slivers are part of the gap.

    `office` approved the plan; `ask` is the office that answers questions about it.
    """

    theme: str
    status: Status
    plan: PlanName | None = None
    decision: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None
    scale: str = ""
    office: str = ""
    documents: tuple[Document, ...] = ()
    zones: tuple[ZoneShare, ...] = ()
    gap_m2: float = 0
    overlap_m2: float = 0
    slivers_m2: float = 0
    edition: EditionUsed | None = None
    law_status: LawStatus | None = None
    ask: str = ""

    @property
    def gap_share(self) -> float:
        """The part of the parcel on which the plan draws nothing."""
        return self.gap_m2 / self._parcel_m2 if self._parcel_m2 else 0

    @property
    def overlap_share(self) -> float:
        """The part of the parcel on which the plan draws more than one use."""
        return self.overlap_m2 / self._parcel_m2 if self._parcel_m2 else 0

    @property
    def gap_percent(self) -> float:
        """The gap as a percentage."""
        return self.gap_share * 100

    @property
    def overlap_percent(self) -> float:
        """The overlap as a percentage."""
        return self.overlap_share * 100

    @property
    def _parcel_m2(self) -> float:
        return sum(zone.area_m2 for zone in self.zones) + self.gap_m2 - self.overlap_m2


def law_status(in_force_from: date | None, in_force_until: date | None, *, on: date) -> LawStatus:
    """Tell what the law says of a plan on a date; both ends belong to its time, a missing end is open."""
    if in_force_from and on < in_force_from:
        return "not-yet"
    return "ended" if in_force_until and on > in_force_until else "in-force"


def percents(shares: list[float]) -> list[int]:
    """Return whole percents that add up as the shares do (largest remainder)."""
    whole = [int(share * 100) for share in shares]
    missing = round(sum(shares) * 100) - sum(whole)
    by_remainder = sorted(range(len(shares)), key=lambda i: whole[i] - shares[i] * 100)
    for i in by_remainder[: max(missing, 0)]:
        whole[i] += 1
    return whole
