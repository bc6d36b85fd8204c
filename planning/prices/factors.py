"""The factors of a price: for each kind of rule, which line holds for the land and by how much it multiplies.

Each function gets the lines of its kind and yields the line applied and its factor, or raises Needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from planning.prices.bands import bands_of
from planning.prices.question import Band, Question, Way
from planning.prices.rules import Kind, Rule, RuleSet

ONE = Decimal(1)
Lines = tuple[Rule, ...]
Applied = Iterator[tuple[Rule, Decimal]]


class Needs(Exception):  # noqa: N818 - no error: a question to the person
    """An input is missing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass
class Course:
    """One way through the rules: `way` is None for land no street prices, `result` (VND per m²) so far."""

    question: Question
    rules: RuleSet
    way: Way | None
    result: int | None = None
    bands: tuple[Band, ...] = ()

    def of(self, *kinds: str) -> Lines:
        """Return the lines of some kinds that hold for this land."""
        return self.rules.of(*kinds, use=self.question.use, areas=self.question.areas)


def to_dong(amount: Decimal) -> int:
    """Round to whole đồng, half up."""
    return int(amount.quantize(ONE, rounding=ROUND_HALF_UP))


def factor_of(rule: Rule) -> Decimal:
    """Return a line's factor; 1 when it states none."""
    return ONE if rule.factor is None else rule.factor


def _measured(lines: Lines, measure: Decimal | None, name: str) -> Applied:
    if measure is None:
        raise Needs(name)
    for line in lines:
        if line.spans(measure):
            yield line, factor_of(line)
            return


def _use(course: Course, lines: Lines) -> Applied:
    if course.way:
        yield lines[0], factor_of(lines[0])


def _frontage(course: Course, lines: Lines) -> Applied:
    """What each further frontage adds, up to the most the decision allows."""
    if not course.way:
        return
    frontages = course.question.frontages
    if frontages is None:
        raise Needs("frontages")
    if counted := [line for line in lines if (line.level or 0) <= frontages]:
        added = sum((factor_of(line) for line in counted), Decimal(0))
        caps = course.of(Kind.FRONTAGE_CAP)
        if caps and added > factor_of(caps[0]):
            yield caps[0], ONE + factor_of(caps[0])
        else:
            yield counted[-1], ONE + added


def _narrow(course: Course, lines: Lines) -> Applied:
    if course.way:
        yield from _measured(lines, course.way.frontage_m, "frontage_m")


def _height(course: Course, lines: Lines) -> Applied:
    """Land that lies higher or lower than the road."""
    if course.way:
        height_m = course.question.height_m
        yield from _measured(lines, None if height_m is None else abs(height_m), "height_m")


def _earth_alley(course: Course, lines: Lines) -> Applied:
    if course.way and _in_alley(course.way):
        if course.way.earth is None:
            raise Needs("surface")
        if course.way.earth:
            yield lines[0], factor_of(lines[0])


def _distance(course: Course, lines: Lines) -> Applied:
    """Land in an alley far from its street."""
    if course.way and _in_alley(course.way):
        yield from _measured(lines, course.way.distance_m, "distance_m")


def _in_alley(way: Way) -> bool:
    if way.alley_level is None:
        raise Needs("alley_level")
    return way.alley_level > 0


def _depth(course: Course, lines: Lines) -> Applied:
    """Bands of depth; the factor is the mean of the bands, weighted by their depth."""
    if not course.way:
        return
    depth_m = _depth_m(course.way, course.question.area_m2)
    if not course.result:
        return
    floors = course.of(Kind.DEPTH_FLOOR)
    floor = to_dong((course.way.segment.lowest or 0) * factor_of(floors[0])) if floors else 0
    further = next(iter(course.of(Kind.DEPTH_FURTHER)), None)
    course.bands = tuple(bands_of(depth_m, lines, further, price=course.result, floor=floor))
    if len(course.bands) > 1:
        total = sum((band.price_vnd_per_m2 * (band.to_m - band.from_m) for band in course.bands), Decimal(0))
        beyond = lines[-1].high is not None and depth_m > lines[-1].high
        yield (further if further and beyond else lines[-1]), total / depth_m / course.result


def _depth_m(way: Way, area_m2: Decimal | None) -> Decimal:
    """Return the depth behind a way, or the area divided by the frontage at it, to 0.1 m."""
    if way.depth_m is not None:
        return way.depth_m
    if area_m2 is not None and way.frontage_m:
        return (area_m2 / way.frontage_m).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    raise Needs("depth_m")


def _house(course: Course, lines: Lines) -> Applied:
    """Agricultural land in one parcel with a house."""
    if course.question.house is None:
        raise Needs("house")
    if course.question.house:
        yield lines[0], factor_of(lines[0])


def _coefficient(course: Course, lines: Lines) -> Applied:
    """The coefficient of the year; a year the decision does not name has no price."""
    year = course.question.on.year
    of_year = [line for line in lines if line.year == year]
    if not of_year:
        # A ward of another time has no line, though the year has.
        raise Needs("ward" if course.rules.has_year(year, use=course.question.use) else "on")
    if len(of_year) > 1 and of_year[0].areas:
        raise Needs("ward")
    yield of_year[0], factor_of(of_year[0])


def _floor(course: Course, lines: Lines) -> Applied:
    """The least price: an amount, or a share of the segment's lowest or a named position."""
    for line in lines:
        bound = _bound(course, line, lowest=True)
        if bound and course.result and course.result < bound:
            yield line, Decimal(bound) / course.result


def _cap(course: Course, lines: Lines) -> Applied:
    """The highest price: an amount, or a share of position 1 or a named position."""
    for line in lines:
        bound = _bound(course, line, lowest=False)
        if bound and course.result and course.result > bound:
            yield line, Decimal(bound) / course.result


def _bound(course: Course, line: Rule, *, lowest: bool) -> int | None:
    if line.price is not None:
        return line.price
    if not course.way:
        return None
    segment = course.way.segment
    if line.position is not None:
        of = segment.prices[line.position - 1]
    else:
        of = segment.lowest if lowest else segment.prices[0]
    return None if of is None else to_dong(of * factor_of(line))


def _rounding(course: Course, lines: Lines) -> Applied:
    """The price in whole steps of some đồng, half up; a price that would vanish stays as it is."""
    unit = lines[0].high
    if unit and course.result:
        rounded = (course.result / unit).quantize(ONE, rounding=ROUND_HALF_UP) * unit
        if rounded and rounded != course.result:
            yield lines[0], rounded / course.result


FACTORS: Mapping[str, Callable[[Course, Lines], Applied]] = {
    Kind.USE: _use,
    Kind.FRONTAGE: _frontage,
    Kind.NARROW: _narrow,
    Kind.HEIGHT: _height,
    Kind.EARTH_ALLEY: _earth_alley,
    Kind.DISTANCE: _distance,
    Kind.DEPTH: _depth,
    Kind.HOUSE: _house,
    Kind.COEFFICIENT: _coefficient,
    Kind.FLOOR: _floor,
    Kind.CAP: _cap,
    Kind.ROUNDING: _rounding,
}
