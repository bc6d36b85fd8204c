"""Which agency handles a report: rules are data, the choice is pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Reports of `field` in `ward` go to `agency`; an empty field or ward means any."""

    id: int
    field: str
    ward: str
    agency: str
    priority: int = 0

    def fits(self, *, field: str, ward: str) -> bool:
        """Tell whether the rule speaks about such a report."""
        return self.field in ("", field) and self.ward in ("", ward)


def choose(rules: Iterable[Rule], *, field: str, ward: str) -> Rule | None:
    """Return the rule to follow, None when none fits.

    The highest priority wins, then the rule that names the ward, then the one that names the field, then the oldest.
    """
    fitting = [rule for rule in rules if rule.fits(field=field, ward=ward)]
    return min(
        fitting,
        key=lambda rule: (-rule.priority, not rule.ward, not rule.field, rule.id),
        default=None,
    )
