"""Telephone numbers as Vietnam writes them."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, shortnumberinfo

_REGION = "VN"
_PARTED = re.compile(r"[;,/]|\s-\s|\bor\b|\bhoặc\b")


@lru_cache(maxsize=16384)
def parse_phone(text: str) -> str:
    """Return a number in one form, +842633822663 or 113, however it is written; "" when it is none."""
    try:
        number = phonenumbers.parse(text, _REGION)
    except NumberParseException:
        return ""
    if phonenumbers.is_possible_number(number):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    digits = re.sub(r"\D", "", text)
    return digits if shortnumberinfo.is_valid_short_number_for_region(number, _REGION) else ""


def split_phones(text: str) -> list[tuple[str, str]]:
    """Return each number of a text as written, and as a telephone dials it ("" when it is none)."""
    parts = [part.strip() for part in _PARTED.split(text)]
    return [(part, re.sub(r"[^\d+]", "", part) if parse_phone(part) else "") for part in parts if part]
