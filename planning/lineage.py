"""What became of a parcel whose number is no more: its parcels of today, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from planning.models import Parcel, ParcelLineage
from planning.sql import statement
from portal.text import storable


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A parcel code that is no more: what happened to it first, when, by which document, and its parcels of today."""

    code: str
    kind: str
    changed: date
    document: str
    successors: tuple[str, ...]

    @property
    def moved_to(self) -> str:
        """The one parcel that took its place; empty when there are several or none."""
        return self.successors[0] if len(self.successors) == 1 else ""

    @property
    def kind_name(self) -> str:
        """The kind in words of the active language."""
        return str(ParcelLineage.Kind(self.kind).label)


def find_gone(code: str) -> Gone | None:
    """Return what became of a code without a live parcel; None when no lineage knows it."""
    with connection.cursor() as cursor:
        cursor.execute(statement("successors"), {"code": storable(code)})
        steps = cursor.fetchall()
    first = next((step for step in steps if step[0] == code), None)
    if first is None:
        return None
    _predecessor, _successor, kind, changed, document, _there = first
    there = dict.fromkeys(step[1] for step in steps if step[5])
    return Gone(code=code, kind=kind, changed=changed, document=document, successors=tuple(sorted(there)))


def find_as_written(code: str) -> str:
    """Return a code that was typed in capital letters as the portal writes it; "" when nothing is called so."""
    written = storable(code.lower())
    if written == code:
        return ""
    known = Parcel.objects.current().filter(code=written).exists() or find_gone(written)
    return written if known else ""


def parcels_called(codes: tuple[str, ...]) -> list[Parcel]:
    """Return the live parcels of these codes, in the order of sheet and number."""
    return list(Parcel.objects.current().filter(code__in=codes).order_by("ward", "sheet", "number"))
