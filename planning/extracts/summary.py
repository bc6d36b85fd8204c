"""The extract in one sentence, in the active language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from planning.extracts.answers import Answer, percents

# Less of a parcel than this rounds to nothing.
WORTH_A_WORD = 0.005
# The plan drawn at the largest scale speaks first.
_ORDER = ("construction-detailed", "construction-subdivision", "construction-general", "land-use")


def summary(answers: Sequence[Answer]) -> str:
    """Return the uses of the most detailed plans with their shares; says so when no plan concerns the parcel."""
    leading = _leading(answers)
    if not leading and all(answer.status == "no-data" for answer in answers):
        return _("No plan of this date is published for this parcel: nothing can be said.")
    if not leading:
        return _("No plan in force concerns this parcel, as far as the published data say.")
    if len(leading) == 1 and (parts := uses_in_words(leading[0])):
        return _("On this parcel: %(uses)s.") % {"uses": ", ".join(parts)}
    said = [_said(answer) for answer in leading]
    if sum(1 - _undrawn(answer) for answer in leading) > 1 + WORTH_A_WORD:
        offices = dict.fromkeys(answer.ask for answer in leading if answer.ask)
        said.append(
            _("They draw the same ground; which one holds there, ask: %(offices)s.") % {"offices": "; ".join(offices)}
        )
    return " ".join(said)


def find_leading(answers: Sequence[Answer]) -> Answer | None:
    """Return the most detailed plan that concerns the parcel, of several the one that draws most of it, or None."""
    return next(iter(_leading(answers)), None)


def _leading(answers: Sequence[Answer]) -> list[Answer]:
    """Return the plans of the most detailed level that concerns the parcel, the one that draws most of it first."""
    concerned = [answer for answer in answers if answer.status == "concerned"]
    most_detailed = min(map(_rank, concerned), default=0)
    return sorted((one for one in concerned if _rank(one) == most_detailed), key=_undrawn)


def _rank(answer: Answer) -> int:
    return _ORDER.index(answer.theme) if answer.theme in _ORDER else len(_ORDER)


def _undrawn(answer: Answer) -> float:
    return answer.gap_share if answer.zones else 1


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
