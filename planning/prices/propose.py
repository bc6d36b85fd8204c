"""Inputs proposed from the geometry of a parcel and the roads beside it, each with why. The resident corrects them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.lookup import ParcelFacts
from planning.prices.inputs import Inputs
from planning.prices.question import Segment, Way
from planning.prices.rules import Kind, RuleSet, Source
from planning.sql import rows_of

# Of 1,169 parcels of the demonstration city none is priced otherwise with five roads; each costs a tenth of a lookup.
ROADS = 3
# A parcel lies at a road when no more than this is between it and the road's edge: pavement, ditch.
REACH_M = 5
# Corners of a frontage lie this much farther from a winding road than its nearest point, at most.
SLACK_M = 2
# A shorter piece of outline at a road is a corner, not a frontage.
FRONTAGE_M = 2
TENTH = Decimal("0.1")


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A road near a parcel and the price row of its street: metres in EPSG:5899."""

    road: str
    level: int | None
    width_m: float | None
    surface: str
    distance_m: float
    depth_m: float | None
    frontage_m: float | None
    from_street_m: float
    segment: Segment
    in_force_from: date | None
    in_force_until: date | None
    published: datetime | None

    @property
    def touches(self) -> bool:
        """Tell whether the parcel lies at the road's edge."""
        return self.distance_m <= (self.width_m or 0) / 2 + REACH_M

    @property
    def fronts(self) -> bool:
        """Tell whether a side of the parcel, not a corner, lies at the road."""
        return self.touches and (self.frontage_m or 0) >= FRONTAGE_M

    @property
    def earth(self) -> bool | None:
        """Tell whether the alley is not paved; None when its surface is not known."""
        return None if not self.surface else self.surface in ("đất", "ground", "dirt", "earth", "unpaved")

    @property
    def way(self) -> Way:
        """The way to the parcel by this road."""
        return Way(
            segment=self.segment,
            alley_level=self.level,
            alley_width_m=tenth(self.width_m),
            earth=self.earth,
            distance_m=tenth(self.from_street_m),
            frontage_m=tenth(self.frontage_m) if self.fronts else None,
            depth_m=tenth(self.depth_m) if self.fronts else None,
        )


@dataclass(frozen=True, kw_only=True)
class Why:
    """An input that was proposed, and why."""

    input: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Proposed inputs, ways and reasons; `roads` are the roads near, the nearest first."""

    inputs: Inputs
    roads: tuple[Beside, ...]
    why: tuple[Why, ...]

    @property
    def ways(self) -> tuple[Beside, ...]:
        """The roads the parcel is reached by, at most two; of one price row the street goes before its alleys."""
        best: dict[str, Beside] = {}
        for road in sorted((road for road in self.roads if road.fronts), key=lambda road: road.level or 0):
            best.setdefault(road.segment.code, road)
        found = sorted(best.values(), key=lambda road: road.distance_m)
        return tuple(found[:2]) or self.roads[:1]

    @property
    def by_segment(self) -> dict[str, Beside]:
        """The road that stands for each price row: the way by it, or the nearest."""
        return {road.segment.code: road for road in (*reversed(self.roads), *self.ways)}


def propose(parcel: ParcelFacts, rules: RuleSet, *, on: date, segment_code: str = "") -> Proposal:
    """Propose what the map tells about a parcel; what it does not tell stays open.

    With a segment it is told of the way by that one, without of the way the parcel most likely has.
    """
    roads = tuple(roads_beside(parcel.pk, on=on))
    bare = Proposal(inputs=Inputs(), roads=roads, why=())
    ways = bare.ways
    if segment_code:
        chosen = bare.by_segment.get(segment_code)
        ways = (chosen,) if chosen else ()
    known: dict[str, Any] = {}
    why: list[Why] = []
    for name, value, text in (
        *_of_land(parcel, rules),
        *(_of_way(ways[0]) if ways else ()),
        *_of_frontages(roads),
        *_of_frontage(ways),
    ):
        why.append(Why(input=name, text=text))
        if value is not None:
            known[name] = value
    return Proposal(inputs=Inputs(**known), roads=roads, why=tuple(why))


def roads_beside(parcel_id: int, *, on: date) -> Iterator[Beside]:
    """Yield the roads nearest to a parcel whose street has a price on a date."""
    for row in rows_of("price_ways", {"roads": str(ROADS)}, parcel=parcel_id, on=on, slack_m=SLACK_M, reach_m=REACH_M):
        source = Source(**{name: row.pop(name) for name in ("dataset", "edition", "row", "decision")})
        ends = {name: row.pop(name) for name in ("code", "street", "from_street", "to_street")}
        segment = Segment(**ends, prices=tuple(row.pop("prices")), source=source)
        yield Beside(**row, segment=segment)


def codes_of(land_use: str) -> list[str]:
    """Return the codes of a combined land use, ODT+CLN."""
    return [code.strip() for code in land_use.split("+") if code.strip()]


def other_codes(land_use: str, use: str, rules: RuleSet) -> list[str]:
    """Return the priced codes of a combined land use beside the one that is priced; [] when that is none of its own."""
    codes = codes_of(land_use)
    return [code for code in codes if code != use and code in rules.uses] if use in codes else []


def first_use(land_use: str) -> str:
    """Return the use a parcel is priced as before anybody says otherwise; "" when its land use is not known."""
    return next(iter(codes_of(land_use)), "")


Proposed = Iterator[tuple[str, Any, str]]


def _of_land(parcel: ParcelFacts, rules: RuleSet) -> Proposed:
    yield "ward", parcel.ward_then_code, _("The parcel lies in %(ward)s.") % {"ward": parcel.ward_then_name}
    codes = codes_of(parcel.land_use)
    if codes and codes[0] in rules.uses:
        yield "use", codes[0], _("The cadastral map gives the land code %(code)s.") % {"code": parcel.land_use}
    if len(codes) == 1 and parcel.area_registered_m2:
        yield "area_m2", tenth(parcel.area_registered_m2), _("Registered area of the parcel.")
    elif len(codes) == 1:
        yield "area_m2", tenth(parcel.area_measured_m2), _("Area measured on the map; none is registered.")
    elif codes:
        yield "area_m2", None, _("The parcel has several uses; the certificate says how many m² each has.")
    if rules.of(Kind.PLAN_500, use=codes[0] if codes else ""):
        if parcel.in_detailed_plan:
            yield "plan_500", "yes", _("A published detailed plan covers the parcel.")
        else:
            yield "plan_500", "no", _("No published detailed plan covers the parcel.")


def _of_way(road: Beside) -> Proposed:
    facts = {"road": road.road, "distance": metres(road.distance_m)}
    if not road.touches:
        yield (
            "segment",
            None,
            _("%(road)s is the nearest road, %(distance)s m away; the parcel does not lie at it.") % facts,
        )
        return
    yield "segment", None, _("The parcel lies at %(road)s.") % facts
    if road.level == 0:
        yield "alley_level", 0, _("%(road)s is a street with prices of its own.") % facts
    elif road.level is not None:
        facts["order"] = str(road.level)
        yield "alley_level", road.level, _("%(road)s is an alley of order %(order)s.") % facts
        yield "distance_m", tenth(road.from_street_m), _("In a straight line from the street to the parcel.")
        if road.width_m:
            text = _("Width of %(road)s in the road data; the rules want the narrowest place.") % facts
            yield "alley_width_m", tenth(road.width_m), text
        if road.earth is not None:
            surface = "earth" if road.earth else "paved"
            yield "surface", surface, _("Surface in the road data: %(surface)s.") % {"surface": road.surface}


def _of_frontages(roads: tuple[Beside, ...]) -> Proposed:
    if names := list(dict.fromkeys(road.road for road in roads if road.fronts)):
        yield "frontages", len(names), _("Sides of the parcel lie at: %(roads)s.") % {"roads": ", ".join(names)}


def _of_frontage(ways: tuple[Beside, ...]) -> Proposed:
    """Yield frontage and depth as the first way has them; the reason tells those of the other way too."""
    fronts = [road for road in ways if road.fronts]
    if not fronts or fronts[0] is not ways[0]:
        return
    first, *others = fronts
    facts = {"road": first.road}
    texts = (
        ("frontage_m", _("Length of the outline along %(road)s.") % facts),
        ("depth_m", _("From the front to the corner farthest from %(road)s.") % facts),
    )
    for name, text in texts:
        beside = [_("%(road)s: %(length)s m.") % {"road": one.road, "length": _metres_of(one, name)} for one in others]
        yield name, getattr(first.way, name), " ".join([text, *beside])


def _metres_of(road: Beside, name: str) -> str:
    return metres(float(getattr(road.way, name) or 0))


def tenth(number: float | None) -> Decimal | None:
    """Return a measure to 0.1."""
    return None if number is None else Decimal(number).quantize(TENTH, rounding=ROUND_HALF_UP)


def metres(number: float) -> str:
    """Write metres as the active language does."""
    return number_format(round(number, 1), decimal_pos=1)
