"""What may be built, in plain words: the indicators of each zone applied to the parcel's piece in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.extracts.extract import Answer, BuildingRule, BuildingRules, ZoneShare


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
    yield _rule(
        "density",
        density,
        footprint_m2,
        _("Built over: at most %(limit)s %% of the land, here %(amount)s m²."),
        missing=_("Built over: the plan gives no figure."),
    )
    yield _rule(
        "floors",
        zone.floors_max,
        None,
        ngettext("Floors: at most %(limit)s.", "Floors: at most %(limit)s.", zone.floors_max or 0),
        missing=_("Floors: the plan gives no figure."),
    )
    yield _rule(
        "height",
        zone.height_max_m,
        None,
        _("Height: at most %(limit)s m."),
        missing=_("Height: the plan gives no figure."),
    )
    yield _rule(
        "floor-area",
        ratio,
        floor_area_m2,
        _("Floor area of all storeys: at most %(limit)s times the land, here %(amount)s m²."),
        missing=_("Floor area of all storeys: the plan gives no figure."),
    )
    yield _rule(
        "setback",
        zone.setback_m,
        None,
        _("Back from the red line of the road: at least %(limit)s m."),
        missing=_("Back from the red line of the road: the plan gives no figure."),
    )


def _rule(kind: str, limit: float | None, amount_m2: float | None, text: str, *, missing: str) -> BuildingRule:
    if limit is None:
        return BuildingRule(kind=kind, limit=None, amount_m2=None, text=missing)
    words = {"limit": _plain(limit), "amount": number_format(amount_m2) if amount_m2 is not None else ""}
    return BuildingRule(kind=kind, limit=limit, amount_m2=amount_m2, text=text % words)


def _plain(value: float) -> str:
    return number_format(int(value) if value == int(value) else round(value, 2))
