"""How people write an administrative unit: "Phường 1", "P.1", "F1", "phường I", "phường một", "Xuan Huong ward"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.text import fold, fold_letters

_BEFORE = re.compile(r"^(?P<word>(?:phuong|xa|thi tran|ward|commune|p|f)(?= |\d)|[pfx]\.) ?(?=\S)")
_AFTER = re.compile(r" (?P<word>ward|commune)$")
_KINDS = {"phuong": "ward", "ward": "ward", "xa": "commune", "commune": "commune"}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_WORDS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai")
_NUMBERS = {word: str(number) for words in (_ROMAN, _WORDS) for number, word in enumerate(words, start=1)}
# The city, the province and "cũ" after a unit: they tell nothing.
_CITY = re.compile(
    r"(?:^|(?<=[\s,;.]))(?:(?:(?:thanh pho|t\.?p)\.?\s*)?da ?lat(?: city)?"
    r"|(?:tinh )?lam dong(?: province)?|viet ?nam|\(cu\)|cu)[\s,;.]*$"
)
# What stands before a unit in a certificate's address.
_LABEL = re.compile(r"^(?:dia\s+chi(?:\s+thua\s+dat)?|tai|thuoc)\b[\s:]*")
_MAX_LENGTH = 200


@dataclass(frozen=True)
class WardName:
    """A unit as it was written: its kind, where a word tells it, and what is left of the name for comparison.

    `marked`: whether anything said that this is a unit at all.
    """

    kind: str
    bare: str
    marked: bool


def read_ward(name: str) -> WardName:
    """Read a unit's name or code: "Phường 4", "P.04", "phường bốn", "p4" all leave "4"."""
    plain = re.sub(r"[\s,;–-]+", " ", fold(name)).strip(" .:")
    before, after = _BEFORE.search(plain), _AFTER.search(plain)
    mark = before or after
    if not mark:
        return WardName("", re.sub(r"^0+(?=\d)", "", plain), marked=False)
    bare = plain[before.end() :] if before else plain[: mark.start()]
    # Without the word before it "nam" is the south and "x" a letter.
    bare = _NUMBERS.get(bare, re.sub(r"^0+(?=\d)", "", bare))
    return WardName(_KINDS.get(mark["word"], ""), bare, marked=True)


def read_ward_and_city(name: str) -> list[WardName]:
    """Return what a name may mean: as it is, and without the city and the province at its end."""
    plain = fold(name[:_MAX_LENGTH])
    readings = dict.fromkeys(read_ward(text) for text in (plain, without_city(plain)))
    return [reading for reading in readings if reading.bare]


def without_city(plain: str) -> str:
    """Return a folded text without "thành phố Đà Lạt, tỉnh Lâm Đồng" at its end."""
    while (shorter := _CITY.sub("", plain)) != plain:
        plain = shorter.rstrip(" ,;.")
    return plain


def find_unit(text: str) -> str:
    """Return the part of an address that names the unit, as it was typed; all of it when no part says so."""
    parts = []
    for part in re.split(r"[,;\n]", text):
        typed = part.strip(" \t.:-–()")
        if label := _LABEL.match(fold_letters(typed)):
            typed = typed[label.end() :]
        if without_city(fold(typed)):
            parts.append(typed)
    return next((part for part in parts if read_ward(part).marked), ", ".join(parts))
