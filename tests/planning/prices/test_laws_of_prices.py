"""What holds of every price, whatever the land and the table."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from planning.prices.bands import bands_of
from planning.prices.engine import value
from planning.prices.question import Question, Segment, Way
from planning.prices.rules import RuleSet
from tests.planning.prices.rule_sets import rule_set, segment

prices = st.integers(10_000, 200_000_000)
cells = st.one_of(st.none(), prices)
segments = st.builds(segment, prices, cells, cells, cells)


def measures(low: str, high: str) -> st.SearchStrategy[Decimal | None]:
    return st.one_of(st.none(), st.decimals(low, high, places=1))


ways = st.builds(
    Way,
    segment=segments,
    position=st.one_of(st.none(), st.integers(1, 4)),
    alley_level=st.one_of(st.none(), st.integers(0, 5)),
    alley_width_m=measures("0.5", "12"),
    earth=st.one_of(st.none(), st.booleans()),
    distance_m=measures("0", "500"),
    frontage_m=measures("0.5", "100"),
    depth_m=measures("0.5", "500"),
)
questions = st.builds(
    Question,
    on=st.dates(date(2019, 1, 1), date(2027, 12, 31)),
    use=st.sampled_from(["ODT", "ONT", "TMD", "SKC", "CLN", "HNK", "NTS", "RSX", "BCS", "DGD", ""]),
    areas=st.sampled_from([(), ("p4",), ("ta-nung",), ("xuan-huong-da-lat",), ("xuan-truong-da-lat",)]),
    ways=st.lists(ways, max_size=3).map(tuple),
    area_m2=measures("0.1", "100000"),
    frontages=st.one_of(st.none(), st.integers(1, 6)),
    height_m=measures("-20", "20"),
    detailed_plan=st.one_of(st.none(), st.booleans()),
    house=st.one_of(st.none(), st.booleans()),
    adjacent_vnd_per_m2=st.one_of(st.none(), prices),
)
rule_sets = st.sampled_from(["2026", "2020"]).map(rule_set)


@given(questions, rule_sets)
def test_no_amount_is_negative_and_either_a_price_or_a_question_comes_back(question: Question, rules: RuleSet) -> None:
    found = value(question, rules)
    assert all(step.result >= 0 and step.factor >= 0 for step in found.steps)
    assert (found.amount_vnd is None) is bool(found.missing)
    assert found.amount_vnd is None or found.amount_vnd >= 0


@given(questions, rule_sets)
def test_steps_multiply_to_the_result(question: Question, rules: RuleSet) -> None:
    found = value(question, rules)
    for before, step in zip(found.steps, found.steps[1:], strict=False):
        assert step.result == int((before.result * step.factor).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if found.amount_vnd is not None and question.area_m2 is not None:
        assert found.steps[-1].result == found.price_vnd_per_m2
        exact = found.steps[-1].result * question.area_m2
        assert abs(found.amount_vnd - exact) <= Decimal("0.5")


@given(questions, rule_sets)
def test_the_order_of_application_is_the_decisions(question: Question, rules: RuleSet) -> None:
    orders = [step.order for step in value(question, rules).steps]
    assert orders == sorted(orders)


@given(questions, rule_sets, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_in_the_file_changes_nothing(question: Question, rules: RuleSet, random) -> None:  # type: ignore[no-untyped-def]
    lines = list(rules.rules)
    random.shuffle(lines)
    assert value(question, RuleSet(tuple(lines))) == value(question, rules)


@given(st.decimals("0.5", "2000", places=1), prices, st.integers(0, 10_000_000))
def test_bands_fill_the_depth_and_never_rise(depth_m: Decimal, price: int, floor: int) -> None:
    rules = rule_set("2026")
    lines, further = rules.of("depth", use="ODT"), rules.of("depth-further", use="ODT")[0]
    bands = list(bands_of(depth_m, lines, further, price=price, floor=floor))
    assert bands[0].from_m == 0
    assert bands[-1].to_m == depth_m
    assert [band.to_m for band in bands[:-1]] == [band.from_m for band in bands[1:]]
    found = [band.price_vnd_per_m2 for band in bands]
    assert found == sorted(found, reverse=True)


@given(segments)
def test_a_blank_cell_is_never_read_as_nothing(of: Segment) -> None:
    assert of.lowest
    assert len([one for one in of.odd if one.startswith("blank")]) == of.prices.count(None)
