"""Questions to the person, rule kinds and odd cells in plain words of the active language."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from planning.models.price_rules import PriceRule
from planning.prices.question import Segment, Step

# The engine's name of a missing input → the input of the address; the rest are called alike.
ADDRESSED = {"detailed_plan": "plan_500", "stated_position": "position", "priced_use": "use"}

QUESTIONS: dict[str, Callable[[], str]] = {
    "use": lambda: _("For which use of the land?"),
    "priced_use": lambda: _("The rules state no price for this use. As which use is the land valued?"),
    "segment": lambda: _("At which street, between which crossings, does the parcel lie?"),
    "position": lambda: _("Which position? The rules do not name this alley."),
    "stated_position": lambda: _("Which other position? The table states no price for this one; a blank is not 0."),
    "alley_level": lambda: _("Is the parcel reached by the street itself or by an alley, and of which order?"),
    "alley_width_m": lambda: _("How wide is the alley at its narrowest place (carriageway, pavement and ditch)?"),
    "surface": lambda: _("Is the alley paved or of earth?"),
    "distance_m": lambda: _("How many metres along the alley is the parcel from the street?"),
    "frontages": lambda: _("How many sides of the parcel lie at a street or alley?"),
    "frontage_m": lambda: _("How many metres of the parcel lie along the road?"),
    "depth_m": lambda: _("How many metres deep is the parcel, from the front to the back?"),
    "height_m": lambda: _("How many metres does the parcel lie above or below the road? 0 when level."),
    "detailed_plan": lambda: _("Does the parcel lie in an area with a 1/500 detailed plan?"),
    "house": lambda: _("Is there a house in the same parcel?"),
    "adjacent_vnd_per_m2": lambda: _("What is the price of the dearest adjacent land, đ/m²?"),
    "ward": lambda: _("In which ward does the land lie?"),
    "area_m2": lambda: _("How many m² of this use?"),
    "on": lambda: _("For which date? The rules state no coefficient for this year."),
}


def question(name: str) -> str:
    """Return what to ask when an input is missing."""
    return QUESTIONS[name]()


def addressed(name: str) -> str:
    """Return the name of the input in addresses."""
    return ADDRESSED.get(name, name)


def text_of(step: Step) -> str:
    """Return the rule's text in the active language."""
    return step.text_vi if (get_language() or "vi").startswith("vi") else step.text_en


def name_of_rule(kind: str) -> str:
    """Return the name of a kind of rule."""
    return _("price table") if kind == "base" else str(PriceRule.Kind(kind).label)


def odd_text(odd: str) -> str:
    """Return in words what is odd in a row: "blank-3", "dearer-3"."""
    what, _dash, position = odd.partition("-")
    if what == "blank":
        return _("position %(position)s is not stated") % {"position": position}
    return _("position %(position)s is dearer than the one before") % {"position": position}


def span(segment: Segment) -> str:
    """Return "Phan Đình Phùng, from … to …" in the active language."""
    facts = {"street": segment.street, "from_street": segment.from_street, "to_street": segment.to_street}
    return _("%(street)s, from %(from_street)s to %(to_street)s") % facts
