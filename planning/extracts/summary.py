"""The extract in one sentence, in the active language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from planning.extracts.answers import Answer, percents
from planning.extracts.levels import LAND_USE, MUCH, speaking, undrawn

# Less of a parcel than this rounds to nothing.
WORTH_A_WORD = 0.005


def summary(answers: Sequence[Answer]) -> str:
    """Return the uses of the plans that speak with their shares; says so when no plan concerns the parcel."""
    told = _told(answers)
    if not told and all(answer.status == "no-data" for answer in answers):
        return _("No plan of this date is published for this parcel: nothing can be said.")
    if not told:
        return _("No plan in force concerns this parcel, as far as the published data say.")
    if len(told) == 1 and (parts := uses_in_words(told[0])):
        return _("On this parcel: %(uses)s.") % {"uses": ", ".join(parts)}
    said = [_said(answer) for answer in told]
    leading = [answer for answer in told if answer.theme == told[0].theme]
    if sum(1 - undrawn(answer) for answer in leading) > 1 + WORTH_A_WORD:
        offices = dict.fromkeys(answer.ask for answer in leading if answer.ask)
        said.insert(
            len(leading),
            _("They draw the same ground; which one holds there, ask: %(offices)s.") % {"offices": "; ".join(offices)},
        )
    return " ".join(said)


def find_leading(answers: Sequence[Answer]) -> Answer | None:
    """Return the most detailed plan that draws half of the parcel, or the one that draws most of it, or None."""
    told = _told(answers)
    return next((answer for answer in told if undrawn(answer) <= 0.5), min(told, key=undrawn, default=None))


def _told(answers: Sequence[Answer]) -> list[Answer]:
    """Return the plans that speak, the most detailed first; the land-use plan where no construction plan does."""
    land_use = [answer for answer in answers if answer.status == "concerned" and answer.theme == LAND_USE]
    return speaking(answers, least_share=MUCH) or land_use


def _said(answer: Answer) -> str:
    title = answer.plan.title if answer.plan else ""
    if parts := uses_in_words(answer):
        return _("By the plan “%(plan)s”: %(uses)s.") % {"plan": title, "uses": ", ".join(parts)}
    return _("The plan “%(plan)s” draws no use on this parcel.") % {"plan": title}


def uses_in_words(answer: Answer) -> list[str]:
    """Return "62 % housing (OM)" for every use of a plan on the parcel, the largest first, and what no use covers."""
    shares: dict[str, float] = defaultdict(float)
    for zone in answer.zones:
        shares[_("%(name)s (%(use)s)") % {"name": zone.use_name, "use": zone.use}] += zone.share
    if answer.zones and answer.gap_share >= WORTH_A_WORD:
        shares[_("without a use in this plan")] = answer.gap_share
    whole = percents(list(shares.values()))
    parts = [f"{percent or '< 1'} % {words}" for words, percent in zip(shares, whole, strict=True)]
    if answer.overlap_share >= WORTH_A_WORD:
        # Why the shares are more than the whole.
        percent = round(answer.overlap_share * 100) or 1
        parts.append(_("of which %(percent)s %% is drawn with two uses at once") % {"percent": percent})
    return parts
