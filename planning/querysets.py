"""Questions about many rows; every chain starts with what the public sees: `live()`."""

from __future__ import annotations

import re
from datetime import date
from typing import Self

from django.db.models import Q

from portal.text import fold
from tiles.models import EditionRowQuerySet


def in_force_on(on: date) -> Q:
    """Rows in force on a date; both ends belong to the time, an empty end is open."""
    return (Q(in_force_from=None) | Q(in_force_from__lte=on)) & (Q(in_force_until=None) | Q(in_force_until__gte=on))


class DatedQuerySet(EditionRowQuerySet):
    """Rows the law gave a beginning and perhaps an end."""

    def in_force(self, *, on: date) -> Self:
        """Rows in force on a date."""
        return self.filter(in_force_on(on))


class WardQuerySet(DatedQuerySet):
    """Administrative units, those of the past too."""

    def called(self, name: str) -> Self:
        """Units of this code or name, with or without "Phường", "Đà Lạt" at its end, diacritics and case."""
        wanted = _bare_ward(name)
        rows = self.values_list("pk", "code", "name")
        # A commune and a ward may share a name; the word before it tells which is meant.
        if kind := next((kind for word, kind in _KINDS.items() if fold(name).startswith(word)), ""):
            rows = rows.filter(kind__in=("", kind))
        return self.filter(pk__in=[pk for pk, code, full in rows if wanted and _fits(wanted, code, _bare_ward(full))])

    def with_predecessors(self) -> set[str]:
        """Codes of these units and of the units they were made of."""
        rows = self.values_list("code", "predecessors")
        return {part for code, predecessors in rows for part in (code, *predecessors) if part}


class ParcelQuerySet(EditionRowQuerySet):
    """Parcels of the cadastral map."""

    def numbered(self, *, ward: str = "", sheet: int | None = None, number: int | None = None) -> Self:
        """Live parcels of a map sheet and number; `ward` is an old or new code or name.

        Sheets restart at 1 in every old unit, so a new ward, or none, may give several answers.
        """
        from planning.models import Ward

        found = self.live()
        if ward:
            found = found.filter(ward__in=Ward.objects.live().called(ward).with_predecessors())
        if sheet is not None:
            found = found.filter(sheet=sheet)
        if number is not None:
            found = found.filter(number=number)
        return found.order_by("ward", "sheet", "number", "code")


_KIND_OF_WARD = re.compile(r"^(phuong|xa|thi tran|ward|commune|p\.?|x\.)\s*(?=\S)")

_KINDS = {"xa ": "commune", "phuong ": "ward", "commune ": "commune", "ward ": "ward"}


def _bare_ward(name: str) -> str:
    """Return what is left of a unit's name for comparison: "Phường 4", "P.4", "p4" → "4"."""
    plain = fold(name).replace("-", " ")
    return re.sub(r"\s+", " ", _KIND_OF_WARD.sub("", plain)).strip()


def _fits(wanted: str, code: str, name: str) -> bool:
    return wanted in (_bare_ward(code), name) or name.startswith(f"{wanted} ")
