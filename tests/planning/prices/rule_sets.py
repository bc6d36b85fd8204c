"""The two demonstration rule sets as a delivery would bring them, and land to price by them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import Any

from fixtures import tables
from planning.prices.question import Question, Segment, Way
from planning.prices.rules import RuleSet, Source, parse_rule
from planning.sources.prices import RULE_KINDS
from portal.text import fold

TABLE = Source(dataset="2026", edition=1, row=1, decision="Nghị quyết 99")


@cache
def rule_set(table: str) -> RuleSet:
    """The lines of fixtures/facts/price_rules.csv of one table: "2026" or "2020"."""
    rows = [row for row in tables.rows("price_rules") if row["table"] == table]
    return RuleSet(
        tuple(
            parse_rule(rule_row(number, row), dataset=f"quy-tac-{table}", edition=2)
            for number, row in enumerate(rows, start=1)
        )
    )


def rule_row(number: int, row: dict[str, str]) -> Any:
    """A row of PriceRule as the import would write it."""
    whole = {name: int(row[name]) if row[name] else None for name in ("order", "position", "level", "year")}
    measures = {name: float(row[name]) if row[name] else None for name in ("low", "high", "percent")}
    return SimpleNamespace(
        **{name: row[name] for name in ("uses", "areas", "text_vi", "text_en", "clause")},
        **whole,
        **measures,
        kind=RULE_KINDS[fold(row["kind"])],
        price=int(row["price"]) * 1000 if row["price"] else None,
        decision="",
        in_force_from=None,
        in_force_until=None,
        row=number,
    )


def segment(*prices: int | None, street: str = "Phan Đình Phùng") -> Segment:
    """A row of a price table, đồng per m²."""
    return Segment(
        code="gia-1", street=street, from_street="Đầu đường", to_street="Hùng Vương", prices=prices, source=TABLE
    )


def metres(number: float | str | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def way(of: Segment, **known: Any) -> Way:
    """A way by the street itself unless told otherwise."""
    for name in ("alley_width_m", "distance_m", "frontage_m", "depth_m"):
        known[name] = metres(known.get(name))
    return Way(segment=of, **{"alley_level": 0, "earth": False, **known})


def land(*ways: Way, on: date, **known: Any) -> Question:
    """100 m² of urban residential land, 20 m deep, 5 m wide, level with the road."""
    values: dict[str, Any] = {
        "use": "ODT",
        "area_m2": 100,
        "frontages": 1,
        "frontage_m": 5,
        "depth_m": 20,
        "height_m": 0,
        "detailed_plan": False,
        **known,
    }
    for name in ("area_m2", "frontage_m", "depth_m", "height_m"):
        values[name] = metres(values[name])
    # Every way has the same frontage and depth unless it says its own.
    common = {name: values.pop(name) for name in ("frontage_m", "depth_m")}
    ways = tuple(replace(one, **{name: m for name, m in common.items() if getattr(one, name) is None}) for one in ways)
    return Question(on=on, ways=ways, **values)
