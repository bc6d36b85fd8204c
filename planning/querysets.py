"""Questions about many rows; every chain starts with what the public sees: `live()`."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import Q

from planning.ward_names import read_ward, read_ward_and_city
from portal.text import storable
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
        """Units of this code or name, with or without "Phường", "thành phố Đà Lạt", diacritics and case."""
        rows = [(pk, kind, read_ward(code).bare, read_ward(full).bare)
                for pk, kind, code, full in self.values_list("pk", "kind", "code", "name")]  # fmt: skip
        # An exact code means nothing else, even where a unit of another kind has the same name.
        if (exact := self.filter(code=storable(name.strip()))).exists():
            return exact
        for wanted in read_ward_and_city(name):
            # A commune and a ward may share a name; the word beside it tells which is meant.
            found = [
                pk for pk, kind, *names in rows if kind in ("", wanted.kind or kind) and _fits(wanted.bare, *names)
            ]
            if found:
                return self.filter(pk__in=found)
        return self.none()

    def with_predecessors(self) -> set[str]:
        """Codes of these units and of the units they were made of."""
        rows = self.values_list("code", "predecessors")
        return {part for code, predecessors in rows for part in (code, *predecessors) if part}


class ParcelQuerySet(DatedQuerySet):
    """Parcels of the cadastral map, those of the past too."""

    def current(self) -> Self:
        """Live parcels that were not split, merged or renumbered away."""
        return self.live().filter(in_force_until=None)

    def numbered(self, *, ward: str = "", sheet: int | None = None, number: int | None = None) -> Self:
        """Parcels of today of a map sheet and number; `ward` is an old or new code or name.

        Sheets restart at 1 in every old unit, so a new ward, or none, may give several answers.
        """
        from planning.models import Ward

        found = self.current()
        if ward:
            found = found.filter(ward__in=Ward.objects.live().called(ward).with_predecessors())
        if sheet is not None:
            found = found.filter(sheet=sheet)
        if number is not None:
            found = found.filter(number=number)
        return found.order_by("ward", "sheet", "number", "code")


def _fits(wanted: str, code: str, name: str) -> bool:
    return wanted in (code, name) or name.startswith(f"{wanted} ")
