"""Finding a parcel by a number that is no more: old certificates carry it still."""

from __future__ import annotations

from django.utils.translation import gettext as _

from planning.models import ParcelLineage
from tiles.registry import Hit


def search_gone(code: str, *, sheet: int | None = None, number: int | None = None, limit: int) -> list[Hit]:
    """Find codes that are no more, by the whole code or by sheet and number in any unit."""
    steps = ParcelLineage.objects.live().order_by("predecessor", "changed")
    found = steps.filter(predecessor=code)
    if sheet and number and not found:
        found = steps.filter(predecessor__endswith=f"-{sheet}-{number}")
    first = {step.predecessor: step for step in reversed(found)}
    return [_hit(first[old]) for old in sorted(first)[:limit]]


def _hit(step: ParcelLineage) -> Hit:
    return Hit(
        kind="parcel",
        code=step.predecessor,
        title=_("Parcel %(code)s is no more") % {"code": step.predecessor},
        subtitle=f"{step.get_kind_display()}, {step.changed:%d/%m/%Y}",
        url=f"/parcels/{step.predecessor}",
        layer="parcels",
        score=1,
    )
