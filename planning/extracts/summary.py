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
    """Return the uses of the most detailed plan with their shares; says so when no plan concerns the parcel."""
    answer = find_leading(answers)
    if answer is None:
        return _("No plan in force concerns this parcel, as far as the published data say.")
    parts = uses_in_words(answer)
    if not parts:
        title = answer.plan.title if answer.plan else ""
        return _("The plan “%(plan)s” draws no use on this parcel.") % {"plan": title}
    return _("On this parcel: %(uses)s.") % {"uses": ", ".join(parts)}


def find_leading(answers: Sequence[Answer]) -> Answer | None:
    """Return the most detailed plan that concerns the parcel, or None."""
    concerned = (answer for answer in answers if answer.status == "concerned")
    return min(concerned, key=lambda answer: _ORDER.index(answer.theme) if answer.theme in _ORDER else 9, default=None)


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
