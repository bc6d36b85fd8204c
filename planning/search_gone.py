"""Finding a parcel by a number that is no more: old certificates carry it still."""

from __future__ import annotations

from django.utils.translation import gettext as _

from planning.lineage import Gone, find_gone
from planning.models import Parcel, ParcelLineage, Ward
from planning.numbered import Numbered
from tiles.registry import Hit


def search_gone(code: str, numbered: Numbered | None, *, limit: int) -> list[Hit]:
    """Find codes that are no more, by the whole code or by sheet and number in the unit asked for, else in any."""
    found = _first_steps([code]) or (_first_steps(numbered.codes()) if numbered else [])
    wards = dict(Ward.objects.live().values_list("code", "name")) if found else {}
    return [_hit(step, wards) for step in found[:limit]]


def find_gone_numbered(numbered: Numbered) -> list[Gone]:
    """Return what became of the parcels that once had these numbers."""
    found = (find_gone(step.predecessor) for step in _first_steps(numbered.codes()))
    return [gone for gone in found if gone]


def _first_steps(codes: list[str]) -> list[ParcelLineage]:
    """Return the first step of each code that has one and is on the map no more."""
    steps = ParcelLineage.objects.live().filter(predecessor__in=codes).order_by("predecessor", "-changed")
    first = {step.predecessor: step for step in steps}
    there = set(Parcel.objects.current().filter(code__in=first).values_list("code", flat=True)) if first else set()
    return [step for code, step in first.items() if code not in there]


def _hit(step: ParcelLineage, wards: dict[str, str]) -> Hit:
    ward = step.predecessor.rsplit("-", 2)[0]
    return Hit(
        kind="parcel",
        code=step.predecessor,
        title=_("Parcel %(code)s is no more") % {"code": step.predecessor},
        subtitle=", ".join([wards.get(ward, ward), step.get_kind_display(), f"{step.changed:%d/%m/%Y}"]),
        url=f"/parcels/{step.predecessor}",
        layer="parcels",
        score=1,
    )
