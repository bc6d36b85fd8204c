"""Planning facts in plain words, for templates."""

from typing import Protocol

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from planning.extracts import rounding
from planning.extracts.answers import Answer
from planning.extracts.extract import LineName
from planning.line_names import english_of

register = template.Library()


class Indicated(Protocol):
    """A zone or a piece of one with its building indicators; None where the plan states none."""

    density_max_percent: float | None
    floors_max: int | None
    floor_area_ratio: float | None
    height_max_m: float | None
    setback_m: float | None


@register.filter
def indicators(zone: Indicated) -> str:
    """Return what may be built there in plain words, "" when the plan states nothing."""
    floors = zone.floors_max
    texts = [
        (zone.density_max_percent, _("at most %(value)s %% built over")),
        (floors, ngettext("at most %(value)s floor", "at most %(value)s floors", floors or 0)),
        (zone.floor_area_ratio, _("floor area at most %(value)s times the land")),
        (zone.height_max_m, _("at most %(value)s m high")),
        (zone.setback_m, _("%(value)s m back from the road")),
    ]
    return "; ".join(text % {"value": _plain(value)} for value, text in texts if value is not None)


@register.filter
def category(line: LineName) -> str:
    """Return what kind of line it is: in English with the supplier's word, which stands alone where it is not known."""
    if not line.category:
        return line.code
    english = english_of(line.category) if get_language() == "en" else ""
    if english:
        return format_html('{} (<span lang="vi">{}</span>)', english, line.category)
    return format_html('<span lang="vi">{}</span>', line.category)


@register.filter
def adds_up(answer: Answer, parcel_m2: float) -> bool:
    """Tell whether the lines of a plan's table come to the parcel's area as they are shown."""
    return rounding.adds_up(answer, parcel_m2)


def _plain(value: float) -> str:
    """Return a number without needless zeros, as the active language writes it."""
    return number_format(int(value) if value == int(value) else round(value, 2))
