"""What may be built, in plain words: the indicators of each zone applied to the parcel's piece in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from planning.extracts.answers import Answer, ZoneShare
from planning.extracts.extract import BuildingRule, BuildingRules, LineName, Restriction
from planning.extracts.levels import MUCH, rank, speaking, undrawn
from planning.uses import find_use

# What a figure says, and what its want says.
_TEXTS = {
    "density": (
        _("Built over: at most %(limit)s %% of the land, here %(amount)s m²."),
        _("Built over: the plan gives no figure."),
    ),
    "floors": (_("Floors: at most %(limit)s."), _("Floors: the plan gives no figure.")),
    "height": (_("Height: at most %(limit)s m."), _("Height: the plan gives no figure.")),
    "floor-area": (
        _("Floor area of all storeys: at most %(limit)s times the land, here %(amount)s m²."),
        _("Floor area of all storeys: the plan gives no figure."),
    ),
    "setback": (
        _("Back from the red line of the road: at least %(limit)s m."),
        _("Back from the red line of the road: the plan gives no figure."),
    ),
}


# What a plan keeps a piece for where it is no building land.
_KEPT = {
    "road": _("The plan keeps this piece for roads: not for building."),
    "water": _("The plan keeps this piece for water: not for building."),
    "green": _("The plan keeps this piece for greenery: no ground for houses."),
    "forest": _("The plan keeps this piece for forest: no ground for houses."),
    "field": _("The plan keeps this piece for agriculture: no ground for houses."),
    "cemetery": _("The plan keeps this piece for a cemetery: no ground for houses."),
}

_UNSTATED = _(
    "The plan gives no figure for this zone. That does not mean there is no limit: before you build, ask: %(office)s."
)


def building_rules(answers: Sequence[Answer], restrictions: Sequence[Restriction] = ()) -> tuple[BuildingRules, ...]:
    """Return the rules of every zone on the parcel of the plans that speak, with the building lines drawn there."""
    drawing = [answer for answer in speaking(answers, least_share=MUCH) if answer.zones]
    lines = _building_lines(restrictions)
    found = []
    for answer in drawing:
        finer = [other for other in drawing if rank(other) < rank(answer)]
        # No more of a piece counts than the finer plans leave.
        left_m2 = min((other.gap_m2 for other in finer), default=inf)
        zones = (replace(zone, area_m2=min(zone.area_m2, left_m2)) for zone in answer.zones)
        relation = _beyond(finer, left_m2) if finer else _beside(answer, drawing)
        found += [_of_zone(zone, answer, lines, relation) for zone in zones]
    return tuple(found)


def _beyond(finer: Sequence[Answer], left_m2: float) -> str:
    words = {"plans": _titles(finer), "area": number_format(round(left_m2, 1))}
    return gettext("Holds only where nothing is drawn by %(plans)s, at most %(area)s m² of the parcel.") % words


def _beside(answer: Answer, drawing: Sequence[Answer]) -> str:
    """Say that a plan and others of its level draw the same ground; "" where they do not."""
    level = [other for other in drawing if other.theme == answer.theme]
    if sum(1 - undrawn(other) for other in level) <= 1 + MUCH:
        return ""
    words = {"plans": _titles([other for other in level if other is not answer]), "office": answer.ask}
    return gettext("Some of this ground is also drawn by %(plans)s; which figures hold there, ask: %(office)s.") % words


def _titles(answers: Sequence[Answer]) -> str:
    return ", ".join(f"“{answer.plan.title}”" for answer in answers if answer.plan)


def _of_zone(zone: ZoneShare, answer: Answer, lines: Sequence[LineName], relation: str) -> BuildingRules:
    use = find_use("construction", zone.use)
    kept = _KEPT.get(use.ground if use else "", "")
    rules = tuple(_rules(zone))
    stated = any(rule.limit is not None for rule in rules)
    said = gettext(kept) if kept else ""
    if not kept and not stated:
        said = gettext(_UNSTATED) % {"office": answer.ask}
    return BuildingRules(
        plan=answer.plan,
        zone=zone.code,
        use=zone.use,
        use_name=zone.use_name,
        area_m2=zone.area_m2,
        rules=(*rules, *(() if kept or not stated else _of_lines(zone.setback_m, lines, answer.ask))),
        text=f"{said} {relation}".strip(),
    )


def _building_lines(restrictions: Sequence[Restriction]) -> list[LineName]:
    """Return the building lines that cut the parcel, each road's once."""
    cutting = (one for one in restrictions if (one.theme, one.status) == ("building-line", "concerned"))
    return [*{(line.name, line.width_m): line for one in cutting for line in one.lines}.values()]


def _of_lines(setback_m: float | None, lines: Sequence[LineName], office: str) -> Iterator[BuildingRule]:
    """Yield how far back each building line stands, and which is the farther one where the zone's figure differs."""
    for line in lines:
        back_m = line.width_m
        if back_m is None:
            said = gettext("A building line is drawn along %(road)s; how far back is not stated, ask: %(office)s.")
        elif setback_m is None or back_m == setback_m:
            said = gettext("The building line along %(road)s is drawn %(line)s m back from the red line.")
        elif back_m > setback_m:
            said = gettext(
                "The building line along %(road)s is drawn %(line)s m back from the red line, farther from the road "
                "than the %(zone)s m of the zone. Both are published: keep the farther one, %(line)s m, and ask: "
                "%(office)s."
            )
        else:
            said = gettext(
                "The building line along %(road)s is drawn %(line)s m back from the red line, nearer to the road than "
                "the %(zone)s m of the zone. Both are published: keep the farther one, %(zone)s m, and ask: %(office)s."
            )
        words = {
            "road": line.name or line.code,
            "line": "" if back_m is None else _plain(back_m),
            "zone": "" if setback_m is None else _plain(setback_m),
            "office": office,
        }
        yield BuildingRule(kind="building-line", limit=back_m, amount_m2=None, text=said % words)


def _rules(zone: ZoneShare) -> Iterator[BuildingRule]:
    density, ratio = zone.density_max_percent, zone.floor_area_ratio
    footprint_m2 = None if density is None else round(zone.area_m2 * density / 100, 1)
    floor_area_m2 = None if ratio is None else round(zone.area_m2 * ratio, 1)
    yield _rule("density", density, footprint_m2)
    yield _rule("floors", zone.floors_max)
    yield _rule("height", zone.height_max_m)
    yield _rule("floor-area", ratio, floor_area_m2)
    yield _rule("setback", zone.setback_m)


def _rule(kind: str, limit: float | None, amount_m2: float | None = None) -> BuildingRule:
    stated, missing = _TEXTS[kind]
    if limit is None:
        return BuildingRule(kind=kind, limit=None, amount_m2=None, text=gettext(missing))
    words = {"limit": _plain(limit), "amount": "" if amount_m2 is None else number_format(amount_m2)}
    return BuildingRule(kind=kind, limit=limit, amount_m2=amount_m2, text=gettext(stated) % words)


def _plain(value: float) -> str:
    return number_format(int(value) if value == int(value) else round(value, 2))
