"""What may be built, in plain words: the indicators of each zone applied to the parcel's piece in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from planning.extracts.answers import Answer, ZoneShare
from planning.extracts.extract import BuildingRule, BuildingRules

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


def building_rules(answers: Sequence[Answer]) -> tuple[BuildingRules, ...]:
    """Return the rules of every zone on the parcel of the most detailed construction plan that concerns it."""
    themes = ("construction-detailed", "construction-subdivision", "construction-general", "construction-other")
    for theme in themes:
        concerned = [answer for answer in answers if answer.theme == theme and answer.status == "concerned"]
        if any(answer.zones for answer in concerned):
            return tuple(_of_zone(zone, answer) for answer in concerned for zone in answer.zones)
    return ()


def _of_zone(zone: ZoneShare, answer: Answer) -> BuildingRules:
    return BuildingRules(
        plan=answer.plan,
        zone=zone.code,
        use=zone.use,
        use_name=zone.use_name,
        area_m2=zone.area_m2,
        rules=tuple(_rules(zone)),
    )


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
