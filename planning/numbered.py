"""A parcel by map sheet and number: "thửa đất số 345, tờ bản đồ số 12, phường 4", "12/345 p4".

Sheets restart at 1 in every old unit, so without the old unit the pair may mean several parcels: it is asked for, never
guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from planning.models import Parcel, Ward
from planning.ward_names import find_unit, without_city
from portal.text import fold, fold_letters, nfc

# Between a word and its number: "số", "số hiệu", "No.", a colon.
_OF = r"(?:\s*(?:so(?:\s+hieu)?\b|number\b|no\b\.?))?[\s:.=-]*"
_SHEET = re.compile(rf"\b(?:so\s+)?(?:to(?:\s+(?:ban\s+do|bd))?|tbd|(?:map\s+)?sheet){_OF}(\d{{1,6}})\b")
_NUMBER = re.compile(rf"\b(?:so\s+)?(?:thua(?:\s+dat)?|parcel){_OF}(\d{{1,8}})\b")
_PAIR = re.compile(r"^(\d{1,6})\s*/\s*(\d{1,8})\b")
# "tổ 12" is an address, so a sheet alone has to be called one.
_HALF = re.compile(rf"\b(?:thua(?:\s+dat)?|to\s+(?:ban\s+do|bd)|tbd|parcel|(?:map\s+)?sheet){_OF}\d{{1,8}}\b")
_MAX_LENGTH = 500
_JOIN = re.compile(r"^[\s,;.\-]+|[\s,;.\-]+$")


@dataclass(frozen=True)
class Numbered:
    """A sheet, a number on it, and the unit as it was typed; empty when none was."""

    sheet: int
    number: int
    ward: str

    def parcels(self) -> QuerySet[Parcel]:
        """Return the live parcels this may mean."""
        return Parcel.objects.numbered(ward=self.ward, sheet=self.sheet, number=self.number)

    def codes(self) -> list[str]:
        """Return the codes this may mean, whether or not they exist; a new unit numbers by its old ones' sheets."""
        units = Ward.objects.live()
        wanted = units.called(self.ward) if self.ward else units
        return sorted(f"{unit}-{self.sheet}-{self.number}" for unit in wanted.with_predecessors())


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several parcels of the same numbers: the unit whose sheets number it, and the unit it is in now."""

    parcel: Parcel
    ward: str
    ward_now: str


def parse_numbered(text: str) -> Numbered | None:
    """Read sheet, number and perhaps a unit; None when the text has not both numbers."""
    typed = nfc(text[:_MAX_LENGTH])
    plain = fold_letters(typed)
    if pair := _PAIR.match(plain):
        sheet, number, unit = int(pair[1]), int(pair[2]), _JOIN.sub("", typed[pair.end() :])
    else:
        sheets, numbers = _SHEET.search(plain), _NUMBER.search(plain)
        if not (sheets and numbers):
            return None
        sheet, number, unit = int(sheets[1]), int(numbers[1]), find_unit(_cut(typed, sheets, numbers))
    if not (0 < sheet < 2**31 and 0 < number < 2**31):
        return None
    return Numbered(sheet, number, unit if without_city(fold(unit)) else "")


def is_half_numbered(text: str) -> bool:
    """Tell whether a text names a parcel's number or its sheet without the other."""
    return parse_numbered(text) is None and bool(_HALF.search(fold_letters(nfc(text[:_MAX_LENGTH]))))


def ask_for_both() -> str:
    """Ask for the sheet and the number."""
    return _(
        "Every map sheet numbers its parcels from 1, so a parcel is found by sheet, number and ward together. Write "
        "them as the certificate does, such as: tờ 12 thửa 345 phường 4."
    )


def _cut(typed: str, *found: re.Match[str]) -> str:
    """Return what is left of a text beside what was found in it."""
    for each in sorted(found, key=lambda each: -each.start()):
        typed = f"{typed[: each.start()]},{typed[each.end() :]}"
    return typed


def find_choices(numbered: Numbered) -> list[Choice]:
    """Return the parcels among which somebody must choose; empty when at most one is meant."""
    parcels = sorted(numbered.parcels()[:100], key=_by_ward)
    if len(parcels) < 2:
        return []
    units = list(Ward.objects.live())
    names = {unit.code: unit.name for unit in units}
    # A unit of the past lives on in the one that was made of it.
    now = {old: unit.name for unit in units if unit.in_force_until is None for old in unit.predecessors if old}
    return [
        Choice(
            parcel=parcel,
            ward=names.get(parcel.ward, parcel.ward),
            ward_now=now.get(parcel.ward, ""),
        )
        for parcel in parcels
    ]


def ask_for_ward(*, sheet: int, number: int, count: int) -> str:
    """Ask which of `count` units the certificate names."""
    text = _(
        "Parcel %(number)s of sheet %(sheet)s exists in %(count)s old wards and communes, because each numbered its "
        "own sheets. Which one does the certificate name?"
    )
    return text % {"number": number, "sheet": sheet, "count": count}


def explain_missing(numbered: Numbered) -> str:
    """Say why no parcel has these numbers: an unknown unit, or no such parcel in it."""
    values = {"number": numbered.number, "sheet": numbered.sheet, "ward": numbered.ward}
    if not numbered.ward:
        return _("No published sheet %(sheet)s has a parcel %(number)s.") % values
    units = list(Ward.objects.live().called(numbered.ward).values_list("name", flat=True))
    if not units:
        return _("No ward or commune, old or new, is called “%(ward)s”.") % values
    values["ward"] = ", ".join(sorted(units))
    return _("In %(ward)s no published sheet %(sheet)s has a parcel %(number)s.") % values


def _by_ward(parcel: Parcel) -> tuple[int, str, str]:
    """Phường 2 before Phường 10, then the named ones."""
    digits = re.search(r"\d+$", parcel.ward)
    return int(digits[0]) if digits else 2**31, parcel.ward, parcel.code
