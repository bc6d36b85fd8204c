"""Vietnamese text older than Unicode: cp1258, TCVN3 (ABC) and VNI, decoded whole.

GDAL's own converters lose the last letter of every DBF value in these encodings, so bytes are decoded here.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from typing import Final

# TCVN 5712:1993, bytes 0x80 to 0xFF. Capitals with marks were a matter of the font and cannot be told.
_TCVN3: Final = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"
    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
# VNI writes a letter and then, as a second byte, its marks.
_VNI_MARKS: Final = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _CIRCUMFLEX, "á": _CIRCUMFLEX + _ACUTE, "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK, "ã": _CIRCUMFLEX + _TILDE, "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS: Final = {
    "ô": "o" + _HORN, "ö": "u" + _HORN, "ñ": "đ",
    "í": "i" + _ACUTE, "ì": "i" + _GRAVE, "æ": "i" + _HOOK, "ó": "i" + _TILDE, "ò": "i" + _DOT,
    "î": "y" + _DOT,
}  # fmt: skip
_VNI_PAIR: Final = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])", re.IGNORECASE)


def _decode_tcvn3(raw: bytes) -> str:
    return "".join(chr(byte) if byte < 0x80 else _TCVN3[byte - 0x80] for byte in raw)


def _vni_letter(match: re.Match[str]) -> str:
    base, mark, single = match.groups()
    lower = (base or single).lower()
    letter = _VNI_LETTERS.get(lower, lower) + _VNI_MARKS.get((mark or "").lower(), "")
    return letter.upper() if (base or single).isupper() else letter


def _decode_vni(raw: bytes) -> str:
    # latin-1 and cp1252 agree on every byte VNI uses.
    return _VNI_PAIR.sub(_vni_letter, raw.decode("latin-1"))


_NAMES: Final = {
    "utf8": "utf-8", "utf8sig": "utf-8", "65001": "utf-8", "unicode": "utf-8",
    "cp1258": "cp1258", "windows1258": "cp1258", "1258": "cp1258",
    "tcvn3": "tcvn3", "abc": "tcvn3", "tcvn": "tcvn3", "tcvn5712": "tcvn3", "tcvn57121": "tcvn3",
    "vni": "vni", "vniwindows": "vni", "vniwin": "vni",
    "cp1252": "cp1252", "windows1252": "cp1252", "1252": "cp1252",
    "latin1": "latin-1", "iso88591": "latin-1", "88591": "latin-1",
    "utf16": "utf-16",
}  # fmt: skip
# What a planner may pass as --encoding.
ENCODINGS: Final = ("utf-8", "cp1258", "tcvn3", "vni", "cp1252", "latin-1", "utf-16")


def find_encoding(name: str) -> str | None:
    """Return our name of an encoding that a supplier, a .cpg file or a planner names, None when unknown."""
    return _NAMES.get(re.sub(r"[^a-z0-9]", "", name.lower()))


def decode(raw: bytes, encoding: str) -> str:
    """Decode `raw` to composed Unicode; `encoding` is one of ENCODINGS. Raises UnicodeDecodeError."""
    special: dict[str, Callable[[bytes], str]] = {"tcvn3": _decode_tcvn3, "vni": _decode_vni}
    text = special[encoding](raw) if encoding in special else codecs.decode(raw, encoding)
    return unicodedata.normalize("NFC", text)


def previews(raw: bytes) -> dict[str, str]:
    """Return how `raw` would read in each old encoding, for a person to choose from."""
    found: dict[str, str] = {}
    for encoding in ("cp1258", "tcvn3", "vni"):
        try:
            found[encoding] = decode(raw, encoding)
        except UnicodeDecodeError:
            continue
    return found
