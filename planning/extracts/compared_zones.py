"""What a plan draws on two parcels: its zones line by line, and how they differ in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.extracts.answers import Answer
from planning.extracts.rounding import tenths


@dataclass
class _Drawn:
    area_m2: float = 0
    percent: float = 0

    def rounded(self) -> tuple[float, float]:
        return tenths(round(self.area_m2, 2)), tenths(round(self.percent, 4))


def zone_lines(answer: Answer) -> Iterator[str]:
    """Yield every zone of a plan on a parcel: its name, use, m² and share; then what the plan leaves open."""
    for zone in answer.zones:
        yield f"{zone.name or zone.code}: {zone.use_name} ({zone.use}), {_size(zone.area_m2, zone.percent)}"
    if answer.gap_m2 >= 0.05:
        yield f"{_without()}: {_size(answer.gap_m2, answer.gap_percent)}"


def differences_in_words(first: Answer, second: Answer) -> list[str]:
    """Return how two parcels differ in one plan, use by use, as the rounded lines show it; [] when they do not."""
    ours, theirs = _by_use(first), _by_use(second)
    said = []
    for use in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(use), theirs.get(use)
        if other is None and one:
            said.append(_("%(use)s: only on the first parcel.") % {"use": use})
        elif one is None:
            said.append(_("%(use)s: only on the second parcel.") % {"use": use})
        elif other and (words := _in_words(one, other)):
            said.append(f"{use}: {words}.")
    return said


def _in_words(one: _Drawn, other: _Drawn) -> str:
    (area, percent), (other_area, other_percent) = one.rounded(), other.rounded()
    return ", ".join(filter(None, (_area_in_words(other_area - area), _share_in_words(other_percent - percent))))


def _area_in_words(more: float) -> str:
    words = {"area": number(abs(round(more, 1)))}
    if not round(more, 1):
        return ""
    return _("%(area)s m² more on the second") % words if more > 0 else _("%(area)s m² less on the second") % words


def _share_in_words(more: float) -> str:
    words = {"points": number(abs(round(more, 1)))}
    if not round(more, 1):
        return ""
    if more > 0:
        return _("its share is %(points)s percentage points larger") % words
    return _("its share is %(points)s percentage points smaller") % words


def _by_use(answer: Answer) -> dict[str, _Drawn]:
    drawn: dict[str, _Drawn] = {}
    for zone in answer.zones:
        use = drawn.setdefault(f"{zone.use_name} ({zone.use})", _Drawn())
        use.area_m2 += zone.area_m2
        use.percent += zone.percent
    if answer.gap_m2 >= 0.05:
        drawn[_without()] = _Drawn(answer.gap_m2, answer.gap_percent)
    return drawn


def _without() -> str:
    return _("without a use in this plan")


def _size(area_m2: float, percent: float) -> str:
    return f"{number(area_m2)}\N{NO-BREAK SPACE}m², {number(percent)}\N{NO-BREAK SPACE}%"


def number(value: float) -> str:
    """Return a number to a tenth without needless zeros, as the active language writes it."""
    rounded = tenths(value)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)
