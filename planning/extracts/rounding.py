"""How areas and shares are rounded wherever a person reads them: page, document, comparison, sentences."""

from decimal import ROUND_HALF_UP, Decimal

from planning.extracts.answers import Answer

TENTH = Decimal("0.1")


def tenths(value: float) -> float:
    """Return a value to a tenth, halves up, as `floatformat` writes it: 13.45 is 13.5, which `round` makes 13.4."""
    return float(Decimal(repr(value)).quantize(TENTH, ROUND_HALF_UP))


def adds_up(answer: Answer, parcel_m2: float) -> bool:
    """Tell whether the lines of a plan's table, rounded one by one, come to what stands below them."""
    areas = [zone.area_m2 for zone in answer.zones]
    percents = [zone.percent for zone in answer.zones]
    if answer.gap_m2 >= 0.05:
        areas.append(answer.gap_m2)
        percents.append(answer.gap_percent)
    if answer.overlap_m2 >= 0.05:
        areas.append(-answer.overlap_m2)
        percents.append(-answer.overlap_percent)
    return _total(areas) == tenths(parcel_m2) and _total(percents) == 100


def _total(values: list[float]) -> float:
    return round(sum(tenths(value) for value in values), 1)
