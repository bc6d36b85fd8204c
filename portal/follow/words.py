"""Two states of facts as a comparison in words, in the active language. No database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from planning.templatetags.planning_words import indicators
from planning.uses import name_of
from portal.follow.facts import INDICATORS, Facts


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One topic of which something else is said now than before."""

    topic: str
    before: str
    now: str


def differences(before: Facts, after: Facts) -> Iterator[Difference]:
    """Yield the topics that differ: plans first, then uses, price, ward and areas."""
    topics = sorted({*before, *after}, key=lambda topic: (_rank(topic), topic))
    for topic in topics:
        old, new = before.get(topic), after.get(topic)
        if old != new:
            yield Difference(topic=_name(topic, new or old), before=_say(topic, old), now=_say(topic, new))


def _rank(topic: str) -> int:
    order = ("plan", "uses", "price", "ward", "area")
    return order.index(topic.partition(" ")[0])


def _name(topic: str, value: Any) -> str:
    if topic.startswith("plan "):
        return str(value["title"])
    return {
        "uses": pgettext("topic of a letter", "Areas by use"),
        "price": pgettext("topic of a letter", "Land price of the nearest street"),
        "ward": pgettext("topic of a letter", "Ward"),
        "area": pgettext("topic of a letter", "Area"),
    }[topic]


def _say(topic: str, value: Any) -> str:
    if value is None:
        return _("nothing")
    if topic.startswith("plan "):
        return _say_shares(value) if "uses" in value else _say_edition(value)
    if topic == "ward":
        return str(value)
    say: dict[str, Callable[[Any], str]] = {"uses": _say_uses, "price": _say_price, "area": _say_area}
    return say[topic](value)


def _say_shares(plan: Facts) -> str:
    parts = []
    for use, *said, percent in plan["uses"]:
        built = indicators(SimpleNamespace(**dict(zip(INDICATORS, said, strict=True))))
        name = f"{_number(percent)} % {name_of(plan['system'], use)} ({use})"
        parts.append(f"{name}: {built}" if built else name)
    if plan["gap"]:
        parts.append(_("%(percent)s %% without a use in this plan") % {"percent": _number(plan["gap"])})
    shares = "; ".join(parts) or _("no use on this parcel")
    return f"{shares}. {plan['decision']}" if plan["decision"] else shares


def _say_edition(plan: Facts) -> str:
    parts = [_("edition %(number)s") % {"number": plan["edition"]}, plan["decision"]]
    if plan["from"]:
        parts.append(_("in force from %(day)s") % {"day": _day(plan["from"])})
    if plan["until"]:
        parts.append(_("in force until %(day)s") % {"day": _day(plan["until"])})
    return ", ".join(filter(None, parts))


def _say_uses(value: Facts) -> str:
    return "; ".join(f"{name_of(value['system'], use)} ({use}) {_number(area_ha)} ha" for use, area_ha in value["uses"])


def _say_price(value: Facts) -> str:
    prices = [
        _("position %(number)s: %(amount)s đ/m²") % {"number": number, "amount": number_format(amount)}
        for number, amount in enumerate(value["prices"], start=1)
        if amount is not None
    ]
    if not value["street"] and len(prices) == 1:
        prices = [_("%(amount)s đ/m²") % {"amount": number_format(value["prices"][0])}]
    return ". ".join(filter(None, [": ".join(filter(None, [value["street"], ", ".join(prices)])), value["decision"]]))


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
