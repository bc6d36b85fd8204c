"""What changed between a frozen answer and today's, in plain words. Pure: both are plain JSON values.

A document is kept for good while the portal learns to say more, and words what it says anew: compared is what both
answers have, by its values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.extracts.rounding import tenths

Values = dict[str, Any]
# How something is worded or shown, and who tells more; the values it is made of stand beside it.
_SHOWN: Final = frozenset({"text", "question", "colour", "hatch", "url", "ask"})


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that is said differently: `about` what, then and now in words."""

    about: str
    then: str
    now: str


def same(then: Any, now: Any) -> bool:
    """Tell whether two answers agree in all that both say."""
    if isinstance(then, dict) and isinstance(now, dict):
        return all(same(then[name], now[name]) for name in (then.keys() & now.keys()) - _SHOWN)
    if isinstance(then, list) and isinstance(now, list):
        return len(then) == len(now) and all(same(one, other) for one, other in zip(then, now, strict=True))
    return bool(then == now)


def changes(then: Values, now: Values) -> list[Change]:
    """Return what is said differently, a line each; empty when nothing is."""
    then, now = _known_to(now, then), _known_to(then, now)
    found = [*_about_parcel(then, now), *_about_plans(then, now), *_about_price(then, now)]
    # That a parcel is no more is said by the note on the date.
    told = {"editions", "answers", "price", "summary", "disclaimer", "in_force_until", *_parcel_names()}
    for name, value in then.items():
        if name not in told and not same(value, now[name]):
            about = _other_names().get(name, name)
            found.append(Change(about=about, then=_count(value), now=_count(now[name])))
    return found


def new_editions(then: Values, now: Values, *, since: datetime) -> list[Change]:
    """Return the datasets that were published anew since the answer was kept; one it did not name, by its moment."""
    before, after = ({one["dataset"]: one for one in values["editions"]} for values in (then, now))
    return [
        Change(about=dataset, then=_edition(before.get(dataset)), now=_edition(after.get(dataset)))
        for dataset in dict.fromkeys((*before, *after))
        if not same(before.get(dataset), after.get(dataset))
        and (dataset in before or _published(after[dataset]) > since)
    ]


def _published(edition: Values) -> datetime:
    moment = edition["published"]
    return datetime.fromisoformat(moment) if moment else datetime.min.replace(tzinfo=UTC)


def _known_to(other: Values, values: Values) -> Values:
    """Return an answer without what the other has no word for: names, and themes and indicators that say nothing."""
    common = {name: value for name, value in values.items() if name in other}
    for name in ("answers", "restrictions"):
        if name in common:
            themes = {row["theme"] for row in other[name]}
            common[name] = [row for row in common[name] if row["theme"] in themes or row["status"] == "concerned"]
    if "building" in common:
        kinds = {rule["kind"] for zone in other["building"] for rule in zone["rules"]}
        common["building"] = [
            {**zone, "rules": [rule for rule in zone["rules"] if rule["kind"] in kinds]} for zone in common["building"]
        ]
    return common


def _parcel_names() -> dict[str, str]:
    return {
        "code": _("Code"),
        "ward": _("Ward"),
        "sheet": _("Map sheet"),
        "number": _("Parcel number"),
        "area_registered_m2": _("Registered area"),
        "area_measured_m2": _("Measured area"),
        "land_use": _("Land code"),
        "land_use_name": _("Land code"),
        "address": _("Address"),
        "geometry": _("Outline"),
    }


def _other_names() -> dict[str, str]:
    return {
        "projects_near": _("Projects nearby"),
        "places_near": _("Places nearby"),
        "history": _("History"),
        "conflicts": _("Conflicts between plans"),
        "level_conflicts": _("Conflicts between construction plans"),
        "building": _("What may be built"),
        "restrictions": _("Road lines, setbacks, protection, projects"),
        "area_difference": _("Difference"),
        "other_plans": _("Plans not in force on this date"),
        "sliver_m2": _("Smallest piece that is listed"),
        "on_note": _("Date"),
    }


def _about_parcel(then: Values, now: Values) -> Iterator[Change]:
    for name, about in _parcel_names().items():
        if name in then and not same(before := then[name], after := now[name]):
            if name == "geometry":
                yield Change(about=about, then=_("as drawn in the document"), now=_("drawn anew"))
            else:
                yield Change(about=about, then=_plain(before), now=_plain(after))


def _about_plans(then: Values, now: Values) -> Iterator[Change]:
    before, after = _by_plan(then), _by_plan(now)
    for key in dict.fromkeys((*before, *after)):
        ours, theirs = before.get(key), after.get(key)
        if ours is None or theirs is None or not same(_without_edition(ours), _without_edition(theirs)):
            yield Change(about=_title(ours or theirs or {}), then=_answer(ours), now=_answer(theirs))


def _about_price(then: Values, now: Values) -> Iterator[Change]:
    if "price" in then and not same(then["price"], now["price"]):
        yield Change(about=_("Land price"), then=_price(then["price"]), now=_price(now["price"]))


def _by_plan(values: Values) -> dict[str, Values]:
    # A theme without a plan is told by its name.
    return {(answer.get("plan") or {}).get("code") or answer["theme"]: answer for answer in values["answers"]}


def _without_edition(answer: Values) -> Values:
    return {name: value for name, value in answer.items() if name != "edition"}


def _title(answer: Values) -> str:
    return str((answer.get("plan") or {}).get("title") or theme_name(answer.get("theme", "")))


def theme_name(theme: str) -> str:
    """Return the name of a theme in the active language."""
    names = {
        "construction-general": _("General construction plan"),
        "construction-subdivision": _("Subdivision plan"),
        "construction-detailed": _("Detailed plan"),
        "land-use": _("Land-use plan"),
    }
    return names.get(theme, _("Construction plan") if theme.startswith("construction") else theme)


def _answer(answer: Values | None) -> str:
    if answer is None:
        return _("not named")
    if answer["status"] == "no-data":
        return _("no data")
    if answer["status"] == "not-concerned":
        return _("does not concern this parcel")
    parts = [f"{zone['use_name']} ({zone['use']}) {_number(zone['area_m2'])} m²" for zone in answer["zones"]]
    if answer["gap_m2"]:
        parts.append(_("without a use %(area)s m²") % {"area": _number(answer["gap_m2"])})
    return "; ".join([*parts, answer["decision"]]).strip("; ") or "–"


def _price(price: Values | None) -> str:
    if price is None:
        return _("no price table in force")
    said = []
    if price["street"]:
        amounts = ", ".join("–" if amount is None else number_format(amount) for amount in price["prices_vnd_per_m2"])
        said.append(f"{price['street']}: {amounts} đ/m² ({price['table']})")
    if (amount := price.get("price_vnd_per_m2")) is not None:
        said.append(_("%(amount)s đ/m²") % {"amount": number_format(amount)})
    return "; ".join(said) or _("not decided")


def _edition(edition: Values | None) -> str:
    return _("not used") if edition is None else _("edition %(number)s") % {"number": edition["edition"]}


def _count(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one.get("title", "")) for one in value if isinstance(one, dict) and one.get("title")) or (
            str(len(value)) if value else "–"
        )
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name", "")) or "–"
    if isinstance(value, float):
        return f"{_number(value)} m²"
    return str(value) if value not in (None, "") else "–"


def _number(value: float) -> str:
    return number_format(tenths(value), 1)
