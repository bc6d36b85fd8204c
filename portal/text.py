"""Vietnamese text and numbers: NFC, folding for search, 2.159,6; which of two languages is told."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import get_language

_SPACES = re.compile(r"\s+")
# Controls, soft and zero-width marks, and those that turn the direction of writing; not the combining marks Vietnamese
# is typed with. What joins or parts letters of scripts from Arabic to Khmer stays between these: they need it.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
    "|(?<![\u0600-\u19ff])[\u200b-\u200d]|[\u200b-\u200d](?![\u0600-\u19ff])"
)
_STRAIGHT = str.maketrans({"đ": "d", "Đ": "D", "ð": "d"})


def told(vietnamese: str, english: str) -> str:
    """Return the English text where English is read and there is one, else the Vietnamese."""
    return (english if get_language() == "en" else "") or vietnamese


def nfc(text: str) -> str:
    """Return `text` composed (NFC), without outer blanks and control characters."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():  # nearly every text: a hundred letters are looked at in one step
        return composed.strip()
    return "".join(c for c in composed if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def visible(text: str) -> str:
    """Return `text` without what nobody sees: control characters, zero-width ones, those that turn its direction."""
    return _UNSEEN.sub("", text)


def plain(text: str) -> str:
    """Return a text from outside as it is kept: composed, and of letters one sees, in the order they are read."""
    return nfc(visible(text))


def storable(text: str) -> str:
    """Return `text` as PostgreSQL takes it, which refuses the character NUL; what holds one equals nothing stored."""
    return text.replace("\0", "\ufffd")


def fold(text: str) -> str:
    """Return `text` for comparison: no diacritics, lower case, single blanks; equals city_fold in SQL."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_STRAIGHT))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SPACES.sub(" ", plain.lower()).strip()


def fold_letters(text: str) -> str:
    """Return composed `text` folded letter for letter: as long as it is, so that what is found can be quoted."""
    return "".join(fold(letter)[:1] or " " for letter in text)


def slug(text: str) -> str:
    """Return `text` as an address part: "Phường 1" → "phuong-1"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def parse_number(text: str) -> Decimal:
    """Read a number in Vietnamese (2.159,6) or English (2,159.6) notation.

    A single separator followed by exactly three digits groups thousands, as on Vietnamese papers.
    Raises ValueError when `text` is no number.
    """
    raw = text.strip().replace(" ", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?\d[\d.,]*", raw):
        raise ValueError(text)
    dots, commas = raw.count("."), raw.count(",")
    if dots and commas:
        decimal_mark = max(".", ",", key=raw.rfind)
    elif dots + commas > 1 or re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", raw):
        decimal_mark = ""
    else:
        decimal_mark = "." if dots else ","
    for mark in ".,":
        if mark != decimal_mark:
            raw = raw.replace(mark, "")
    try:
        return Decimal(raw.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error


# độ, phút, giây spelt out, and the d some programs write for the degree sign.
_WORDS = ((re.compile(r"(?<=\d)\s*(?:độ|d(?=\s*\d))", re.IGNORECASE), "°"),
          (re.compile(r"(?<=\d)\s*phút", re.IGNORECASE), "'"),
          (re.compile(r"(?<=\d)\s*giây", re.IGNORECASE), '"'))  # fmt: skip
_LETTER = r"[NSEWBĐDT](?![a-zà-ỹđ])"
_ANGLE = re.compile(
    rf"(?:(?P<before>{_LETTER})\s*)?(?P<sign>(?<!\d)-)?(?<![\d.,])(?P<degrees>\d{{1,3}})\s*[°º˚]\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['′’ʹ](?!')\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|′′|’’))?"
    rf"(?:\s*(?P<after>{_LETTER}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Angle:
    """Decimal degrees, south and west below 0; `letter` is N, E or empty when the text does not tell."""

    degrees: float
    letter: str


def find_angles(text: str) -> list[Angle]:
    """Return the angles of a text, 11°56'25,4"B or 108 độ 26.513 phút; with 60 minutes it is none."""
    for word, sign in _WORDS:
        text = word.sub(sign, text)
    angles = (_angle(found) for found in _ANGLE.finditer(text))
    return [angle for angle in angles if angle]


def _angle(found: re.Match[str]) -> Angle | None:
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60:
        return None
    value = degrees + minutes / 60 + seconds / 3600
    letter = (found["after"] or found["before"] or "").upper()
    # Bắc, Nam, Đông, Tây.  N is north in every paper with coordinates of Vietnam.
    if found["sign"] or letter in ("S", "W", "T"):
        value = -value
    return Angle(value, "N" if letter in ("N", "S", "B") else "E" if letter else "")
