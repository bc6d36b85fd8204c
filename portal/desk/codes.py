"""Tracking codes: DL-7K3M-9QXF-2CH, ten random characters and one check character (Crockford base 32)."""

import re
import secrets
from typing import Final

PREFIX: Final = "DL"
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH: Final = 10  # 50 bits

_READ_AS = str.maketrans("ILO", "110")
_BLANKS = re.compile(r"[\s\-‐‑–—]+")


def make_code() -> str:
    """Return a new unguessable code."""
    random = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return _grouped(random + check_character(random))


def parse_code(text: str) -> str:
    """Return the code as kept, from what a person typed; raises ValueError when its check character is wrong."""
    body = _BLANKS.sub("", text[:40]).upper().removeprefix(PREFIX).translate(_READ_AS)
    if len(body) != RANDOM_LENGTH + 1 or not set(body) <= set(ALPHABET) or check_character(body[:-1]) != body[-1]:
        raise ValueError(text)
    return _grouped(body)


def check_character(body: str) -> str:
    """Return the check character of `body`: the hybrid system of ISO 7064 with modulus 33, 32."""
    product = len(ALPHABET)
    for character in body:
        product = (product + ALPHABET.index(character)) % 32 or 32
        product = product * 2 % 33
    return ALPHABET[(1 - product) % 32]


def _grouped(body: str) -> str:
    return f"{PREFIX}-{body[:4]}-{body[4:8]}-{body[8:]}"
