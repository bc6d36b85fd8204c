"""Two states of facts as a comparison in words, in the active language. No database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from planning.templatetags.planning_words import indicators
from planning.uses import System, name_of
from portal.follow.compare import changed_topics, changed_uses
from portal.follow.facts import INDICATORS, LISTED, Facts

# What may be built in a use is a list by itself, so each use has a line of its own.
_NEXT: Final = "\n    "


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One topic of which something else is said now than before."""

    topic: str
    before: str
    now: str


def differences(before: Facts, after: Facts) -> Iterator[Difference]:
    """Yield the topics that differ: plans first, then lines, projects, conflicts, uses, price, ward and areas."""
    changed = changed_topics(before, after)
    for topic in sorted(changed, key=_rank):
        kind, _blank, code = topic.partition(" ")
        if kind == "law" and f"plan {code}" in before.keys() ^ after.keys():
            # Said where the plan's own topic has nothing to say.
            continue
        name = _name(topic, after.get(topic) or before.get(topic))
        old, new = before, after
        if kind == "uses":
            old = {topic: changed_uses(before[topic], after[topic])}
            new = {topic: changed_uses(after[topic], before[topic])}
        yield Difference(topic=name, before=_say(topic, old), now=_say(topic, new))


def _rank(topic: str) -> int:
    order = ("plan", "law", *LISTED, "uses", "price", "rules", "ward", "area")
    return order.index(topic.partition(" ")[0])


def _name(topic: str, value: Any) -> str:
    if topic.startswith(("plan ", "law ")):
        return str(value["title"])
    if topic.startswith("uses"):
        return " – ".join(filter(None, [value.get("title"), pgettext("topic of a letter", "Areas by use")]))
    return {
        "road-line": _("Land between the red line and the road, kept for the road"),
        "building-line": _("Land between building line and red line, where no building may stand"),
        "corridor": _("Land in a protection corridor"),
        "projects": _("Projects"),
        "conflicts": _("Uses on which the plans do not agree"),
        "levels": _("Uses on which construction plans of two levels do not agree"),
        "price": pgettext("topic of a letter", "Land price of the nearest street"),
        "rules": _("Land price by the rules in force"),
        "ward": pgettext("topic of a letter", "Ward"),
        "area": pgettext("topic of a letter", "Area"),
    }[topic]


def _say(topic: str, facts: Facts) -> str:
    value = facts.get(topic)
    kind, _blank, code = topic.partition(" ")
    if kind == "plan":
        # A plan without shares may be one that the law began or ended.
        law = facts.get(f"law {code}")
        if not value:
            return _say_law(law) if law else _("nothing")
        return _say_shares(value) if "uses" in value else _say_edition(value)
    if kind == "law":
        return _say_law(value or {})
    if not value:
        return _("nothing")
    if topic == "ward":
        return str(value)
    if topic in LISTED:
        return _NEXT.join(_say_row(topic, row) for row in value)
    say: dict[str, Callable[[Any], str]] = {
        "uses": _say_uses,
        "price": _say_price,
        "rules": _say_rules,
        "area": _say_area,
    }
    return say[kind](value)


def _say_shares(plan: Facts) -> str:
    parts = [_say_use(plan["system"], *row, unit="%") for row in plan["uses"]]
    if plan["gap"]:
        parts.append(_("%(percent)s %% without a use in this plan") % {"percent": _number(plan["gap"])})
    return _NEXT.join(filter(None, (*(parts or [_("no use on this parcel")]), plan["decision"])))


def _say_use(system: System, use: str, *said: Any, unit: str) -> str:
    """Say how much is drawn of a use, and what may be built there where that is known."""
    *indicating, amount = said
    name = f"{_number(amount)} {unit} {name_of(system, use)} ({use})"
    built = indicators(SimpleNamespace(**dict(zip(INDICATORS, indicating, strict=True)))) if indicating else ""
    return f"{name}: {built}" if built else name


def _say_row(topic: str, row: list[Any]) -> str:
    if topic == "projects":
        return _say_project(*row)
    if topic == "levels":
        return _say_level_conflict(*row)
    return _say_conflict(*row) if topic == "conflicts" else _say_line(topic, *row)


def _say_line(kind: str, plan: str, lines: list[Any], area_m2: float | None) -> str:
    named = ", ".join(f"{name}{_say_width(kind, width)}" for name, width in lines)
    if area_m2 is None:
        area = _("a line crosses the parcel, how much it cuts off cannot be measured")
    else:
        area = f"{_number(area_m2)} m²"
    return f"{area}: {named} – {plan}"


def _say_width(kind: str, width_m: float | None) -> str:
    if width_m is None:
        return ""
    text = {
        "road-line": _("road %(width)s m wide"),
        "building-line": _("%(width)s m back"),
        "corridor": _("%(width)s m on each side"),
    }[kind]
    return f" ({text % {'width': _number(width_m)}})"


def _say_project(name: str, metres: int) -> str:
    if metres:
        return _("%(project)s, %(metres)s m away") % {"project": name, "metres": _number(metres)}
    return _("%(project)s, on the parcel") % {"project": name}


def _say_conflict(plan: str, use: str, land_use: str, area_m2: float) -> str:
    return _("%(area)s m²: %(use)s (%(code)s) in %(plan)s, but %(land)s (%(land_code)s) in the land-use plan") % {
        "area": _number(area_m2),
        "use": name_of("construction", use),
        "code": use,
        "plan": plan,
        "land": name_of("land-use", land_use),
        "land_code": land_use,
    }


def _say_level_conflict(plan: str, use: str, broader: str, around: str, area_m2: float) -> str:
    return _("%(area)s m²: %(use)s (%(code)s) in %(plan)s, but %(around)s (%(around_code)s) in %(broader)s") % {
        "area": _number(area_m2),
        "use": name_of("construction", use),
        "code": use,
        "plan": plan,
        "around": name_of("construction", around),
        "around_code": around,
        "broader": broader,
    }


def _say_edition(plan: Facts) -> str:
    parts = [_("edition %(number)s") % {"number": plan["edition"]}, plan["decision"]]
    if plan["from"]:
        parts.append(_("in force from %(day)s") % {"day": _day(plan["from"])})
    if plan["until"]:
        parts.append(_("in force until %(day)s") % {"day": _day(plan["until"])})
    return ", ".join(filter(None, parts))


def _say_law(law: Facts) -> str:
    if law["law"] == "not-yet":
        return _("not in force yet, from %(day)s") % {"day": _day(law["from"])}
    if law["law"] == "ended":
        return _("no longer in force, it was until %(day)s") % {"day": _day(law["until"])}
    days = [
        law["from"] and _("in force from %(day)s") % {"day": _day(law["from"])},
        law["until"] and _("in force until %(day)s") % {"day": _day(law["until"])},
    ]
    return ", ".join(filter(None, days)) or _("in force")


def _say_uses(value: Facts) -> str:
    return _NEXT.join(_say_use(value["system"], *row, unit="ha") for row in value["uses"]) or _("nothing")


def _say_price(value: Facts) -> str:
    prices = [
        _("position %(number)s: %(amount)s đ/m²") % {"number": number, "amount": number_format(amount)}
        for number, amount in enumerate(value["prices"], start=1)
        if amount is not None
    ]
    if not value["street"] and len(prices) == 1:
        prices = [_("%(amount)s đ/m²") % {"amount": number_format(value["prices"][0])}]
    return ". ".join(filter(None, [": ".join(filter(None, [value["street"], ", ".join(prices)])), value["decision"]]))


def _say_rules(value: Facts) -> str:
    price = value["price"]
    said = _("not decided") if price is None else _("%(amount)s đ/m²") % {"amount": number_format(price)}
    return f"{said}. {', '.join(value['decisions'])}"


def _say_area(value: list[Any]) -> str:
    registered, measured = value
    text = _("measured %(area)s m²") % {"area": _number(measured)}
    if registered is None:
        return text
    return _("registered %(area)s m²") % {"area": _number(registered)} + ", " + text


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def _number(value: float) -> str:
    """Return a number without needless zeros, as the active language writes it."""
    return number_format(int(value) if value == int(value) else value)
