"""What the difference between the registered and the measured area of a parcel means. Pure."""

from __future__ import annotations

from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from planning.extracts.extract import AreaDifference
from planning.extracts.rounding import tenths

# Demonstration values, no law: up to here the areas agree, up to there a new survey explains the difference.
AGREE_PART, AGREE_M2 = 0.01, 0.5
NOTABLE_PART = 0.05
_TEXTS = {
    "agrees": _("Registered and measured area agree (within %(agree)s %% or %(agree_m2)s m²)."),
    "differs": _(
        "The areas differ by %(percent)s %%: more than %(agree)s %%, at most %(notable)s %%. An older survey or "
        "rounding often explains it. The shares here are of the measured area."
    ),
    "differs-much": _(
        "The areas differ by %(percent)s %%, more than %(notable)s %%. Certificate and map may not show the same "
        "land: compare the corners, and ask the land registration office before you rely on either."
    ),
}


def area_difference(registered_m2: float | None, measured_m2: float) -> AreaDifference | None:
    """Compare the certificate's area with the map's (m², EPSG:5899); None when no area is registered."""
    if not registered_m2 or not measured_m2:
        return None
    difference_m2 = measured_m2 - registered_m2
    part = abs(difference_m2) / registered_m2
    if part <= AGREE_PART or abs(difference_m2) <= AGREE_M2:
        level: Literal["agrees", "differs", "differs-much"] = "agrees"
    else:
        level = "differs" if part <= NOTABLE_PART else "differs-much"
    return AreaDifference(
        difference_m2=round(difference_m2, 2), percent=round(part * 100, 2), level=level, text=_words(level, part)
    )


def _words(level: str, part: float) -> str:
    return gettext(_TEXTS[level]) % {
        "percent": number_format(tenths(round(part * 100, 2))),
        "agree": number_format(AGREE_PART * 100, 0),
        "agree_m2": number_format(AGREE_M2),
        "notable": number_format(NOTABLE_PART * 100, 0),
    }
