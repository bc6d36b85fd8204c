"""What land cost over the years: the tables times their coefficients, as the engine answers on each day."""

from datetime import date, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from planning.prices.engine import value
from planning.prices.past import DatedRule, Past, PastPrice, Unit, by_coefficient
from planning.prices.question import Question
from planning.prices.rules import RuleSet
from tests.planning.prices.rule_sets import metres, rule_set, segment, way

MERGER = date(2025, 7, 1)
TABLES = {"2020": (date(2020, 1, 1), date(2025, 12, 31)), "2026": (date(2026, 1, 1), None)}


@cache
def dated() -> tuple[DatedRule, ...]:
    return tuple(
        DatedRule(rule=rule, in_force_from=begins, in_force_until=ends)
        for table, (begins, ends) in TABLES.items()
        for rule in rule_set(table).rules
    )


def past(use: str, before: str, after: str) -> Past:
    units = (
        Unit(code=before, in_force_from=None, in_force_until=MERGER - timedelta(days=1)),
        Unit(code=after, in_force_from=MERGER, in_force_until=None),
    )
    return Past(use=use, rules=dated(), units=units)


TOWN = past("HNK", "p3", "xuan-huong-da-lat")
# The commune went to a ward, which has another line and another coefficient.
VILLAGE = past("HNK", "ta-nung", "cam-ly-da-lat")


def test_farm_land_has_a_history_with_the_coefficient_of_each_year() -> None:
    earlier, later = TOWN.of_land(english=True)
    assert (earlier.prices, earlier.text) == ((210_000,), "Agricultural land, wards")
    assert (earlier.in_force_from, earlier.in_force_until) == TABLES["2020"]
    assert [(one.in_force_from, one.in_force_until, one.factor) for one in earlier.coefficients] == [
        (date(2020, 1, 1), date(2021, 12, 31), 1.1),
        (date(2022, 1, 1), date(2022, 12, 31), 1.2),
        (date(2023, 1, 1), date(2023, 12, 31), 1.3),
        (date(2024, 1, 1), date(2024, 12, 31), 1.4),
        (date(2025, 1, 1), date(2025, 12, 31), 1.5),
    ]
    assert (later.prices, later.coefficients, later.in_force_until) == ((400_000,), (), None)


def test_land_that_came_to_another_unit_has_its_line_and_coefficient_from_then_on() -> None:
    told = [(one.in_force_from, one.prices[0]) for one in VILLAGE.of_land(english=False)]
    assert told == [(date(2020, 1, 1), 120_000), (MERGER, 210_000), (date(2026, 1, 1), 400_000)]
    last_year = [part for one in VILLAGE.of_land(english=False) for part in by_coefficient(one)][-3:]
    assert [(one.in_force_from, one.prices[0]) for one in last_year] == [
        (date(2025, 1, 1), 144_000),
        (MERGER, 315_000),
        (date(2026, 1, 1), 400_000),
    ]


def test_a_street_is_told_year_by_year_and_a_blank_stays_blank() -> None:
    begins, ends = TABLES["2020"]
    table = PastPrice(
        table="2020", decision="", in_force_from=begins, in_force_until=ends, prices=(10_890_000, None, 7, 0)
    )
    [told] = past("ODT", "p3", "xuan-huong-da-lat").with_coefficients([table])
    parts = list(by_coefficient(told))
    assert [part.prices[0] for part in parts] == [11_979_000, 13_068_000, 14_157_000, 15_246_000, 16_335_000]
    assert {part.prices[1] for part in parts} == {None}
    assert parts[-1].in_force_until == ends


def test_where_the_unit_is_not_known_the_price_is_open() -> None:
    [told] = Past(use="ODT", rules=dated(), units=()).with_coefficients(
        [PastPrice(table="", decision="", in_force_from=None, in_force_until=None, prices=(5,))]
    )
    assert [part.prices[0] for part in by_coefficient(told)] == [5, None, 5]


@given(
    on=st.dates(date(2020, 1, 1), date(2027, 12, 31)),
    use=st.sampled_from(["CLN", "HNK", "NKH", "NTS", "RSX", "ODT"]),
    units=st.sampled_from([("p3", "xuan-huong-da-lat"), ("ta-nung", "cam-ly-da-lat"), ("p7", "lang-biang-da-lat")]),
)
def test_on_every_day_the_history_is_what_the_engine_answers(on: date, use: str, units: tuple[str, str]) -> None:
    land = past(use, *units)
    price = segment(20_000_000)
    if use == "ODT":
        table = {"table": "", "decision": "", "prices": (20_000_000,)}
        spans = [PastPrice(**table, in_force_from=a, in_force_until=b) for a, b in TABLES.values()]
        history = land.with_coefficients(spans)
    else:
        history = land.of_land(english=False)
    parts = [part for one in history for part in by_coefficient(one)]
    [told] = [one for one in parts if (one.in_force_from or on) <= on <= (one.in_force_until or on)]
    rules = RuleSet(tuple(one.rule for one in dated() if (one.in_force_from or on) <= on <= (one.in_force_until or on)))
    question = Question(
        on=on, use=use, areas=(units[on >= MERGER],), ways=(way(price, frontage_m=5, depth_m=20),), frontages=1,
        height_m=metres(0), area_m2=metres(100), detailed_plan=False, house=False,
    )  # fmt: skip
    assert value(question, rules).price_vnd_per_m2 == told.prices[0]
