"""The price of a piece of land: the rules of a day applied in their fixed order, every step kept.

Pure: no database, no HTTP, no clock. Money is whole đồng, factors are Decimal. An input a rule needs and nobody gave
is asked for, never guessed; a blank cell of a table is "not stated", never 0.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from planning.prices.factors import FACTORS, ONE, Course, Needs, factor_of, to_dong
from planning.prices.question import Question, Segment, Step, Valuation, Way
from planning.prices.rules import Kind, Rule, RuleSet


def value(question: Question, rules: RuleSet) -> Valuation:
    """Return the price and every step to it, or what is missing."""
    if not rules.by_street(question.use):
        return _finish(_follow(Course(question, rules, None)), question)
    if not question.use:
        return Valuation(missing=("use",))
    if not rules.of(Kind.USE, use=question.use):
        # No price is stated for this use; as what it is valued is not ours to choose.
        return Valuation(missing=("priced_use",))
    if not question.ways:
        return Valuation(missing=("segment",))
    return _best([_follow(Course(question, rules, way)) for way in question.ways], question, rules)


def _best(ways: list[Valuation], question: Question, rules: RuleSet) -> Valuation:
    """Return the dearest of several ways to the parcel, as the rule on several ways says."""
    if len(ways) == 1:
        return _finish(ways[0], question)
    if unknown := [name for way in ways for name in way.missing]:
        return replace(ways[0], missing=tuple(dict.fromkeys(unknown)), price_vnd_per_m2=None)
    several = rules.of(Kind.HIGHEST, use=question.use)
    if not several:
        return Valuation(missing=("segment",))
    best = max(ways, key=lambda way: way.price_vnd_per_m2 or 0)
    last = _compared(_step(several[0], ONE, best.price_vnd_per_m2 or 0), ways)
    return _finish(replace(best, steps=(*best.steps, last)), question)


def _compared(step: Step, ways: list[Valuation]) -> Step:
    """Return a step whose text names what each way came to."""
    prices = [(way.segment.street if way.segment else "", way.price_vnd_per_m2 or 0) for way in ways]
    vi = "; ".join(f"{street} {price:,} đ/m²".replace(",", ".") for street, price in prices)
    en = "; ".join(f"{street} {price:,} đ/m²" for street, price in prices)
    return replace(step, text_vi=f"{step.text_vi} ({vi})", text_en=f"{step.text_en} ({en})")


def _finish(found: Valuation, question: Question) -> Valuation:
    if found.price_vnd_per_m2 is None:
        return found
    if question.area_m2 is None:
        return replace(found, missing=("area_m2",))
    return replace(found, amount_vnd=to_dong(found.price_vnd_per_m2 * question.area_m2))


def _follow(course: Course) -> Valuation:
    """Apply every rule; steps end at the first unknown input, all unknown ones are collected to be asked at once."""
    steps: list[Step] = []
    missing: list[str] = []
    position = None
    try:
        steps, position = _begin(course)
        course.result = steps[-1].result
    except Needs as need:
        missing.append(need.name)
    if any(not course.of(kind) and course.rules.depends_on_area(kind, use=course.question.use) for kind in FACTORS):
        missing.append("ward")
    for kind in _kinds(course):
        try:
            for rule, factor in FACTORS[kind](course, course.of(kind)):
                if course.result is not None and not missing:
                    course.result = to_dong(course.result * factor)
                    steps.append(_step(rule, factor, course.result))
        except Needs as need:
            missing.append(need.name)
    return Valuation(
        steps=tuple(steps),
        bands=() if missing else course.bands,
        missing=tuple(dict.fromkeys(missing)),
        price_vnd_per_m2=None if missing else course.result,
        segment=course.way.segment if course.way else None,
        position=position,
    )


def _kinds(course: Course) -> list[str]:
    """Return the kinds of factor in the order the decision applies them."""
    found = [(lines[0].order, kind) for kind in FACTORS if (lines := course.of(kind))]
    return [kind for _order, kind in sorted(found)]


def _begin(course: Course) -> tuple[list[Step], int | None]:
    """Return the first steps, where the price comes from, and the position on a street."""
    if course.way:
        return _begin_on_street(course, course.way)
    if unused := course.of(Kind.UNUSED):
        adjacent = course.question.adjacent_vnd_per_m2
        if adjacent is None:
            raise Needs("adjacent_vnd_per_m2")
        factor = factor_of(unused[0])
        return [_step(unused[0], factor, to_dong(adjacent * factor))], None
    rows = course.of(Kind.AGRICULTURAL)
    if not rows or (len(rows) > 1 and rows[0].areas):
        # No unit was given, or two: which one the land lies in decides.
        raise Needs("ward")
    return [_step(rows[0], ONE, rows[0].price or 0)], None


def _begin_on_street(course: Course, way: Way) -> tuple[list[Step], int]:
    rule = _position_rule(course, way)
    position = (rule.position if rule else way.position) or 1
    price = way.segment.prices[position - 1] if 0 < position <= len(way.segment.prices) else None
    if price is None:
        raise Needs("stated_position")
    steps = [_base(way.segment, position, price)]
    if rule:
        factor = factor_of(rule) if rule.kind == Kind.ALLEY_SHARE else ONE
        steps.append(_step(rule, factor, to_dong(price * factor)))
    return steps, position


def _position_rule(course: Course, way: Way) -> Rule | None:
    """Return the line that gives the position or the alley's share; None on the street or at a position given."""
    if way.position is not None:
        return None
    if plans := course.of(Kind.PLAN_500):
        if course.question.detailed_plan is None:
            raise Needs("detailed_plan")
        if course.question.detailed_plan:
            return plans[0]
    if way.alley_level is None:
        raise Needs("alley_level")
    if way.alley_level == 0:
        return None
    lines = course.of(Kind.POSITION, Kind.ALLEY_SHARE)
    # An alley of a higher order than the decision names counts as the last it names.
    level = min(way.alley_level, max((line.level or 0 for line in lines), default=0))
    lines = tuple(line for line in lines if line.level == level)
    if way.alley_width_m is None and any(line.low is not None or line.high is not None for line in lines):
        raise Needs("alley_width_m")
    for line in lines:
        if line.spans(way.alley_width_m or Decimal(0)):
            return line
    raise Needs("position")


def _base(segment: Segment, position: int, price: int) -> Step:
    ends = (segment.from_street, segment.to_street)
    return Step(
        rule="base",
        text_vi="{}, đoạn từ {} đến {}, vị trí {}".format(segment.street, *ends, position),
        text_en="{}, from {} to {}, position {}".format(segment.street, *ends, position),
        factor=ONE,
        result=price,
        source=segment.source,
    )


def _step(rule: Rule, factor: Decimal, result: int) -> Step:
    return Step(
        rule=rule.kind,
        text_vi=rule.text_vi,
        text_en=rule.text_en,
        factor=factor,
        result=result,
        source=rule.source,
        order=rule.order,
    )
