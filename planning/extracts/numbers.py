"""Numbers of extracts, such as DL-2026-7K4M9Q-T: city, year, six random signs, one check sign."""

from __future__ import annotations

import secrets

# No 0, 1, I, L, O: a number is read from paper and typed. 31 is prime, which the check sign needs.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6
CITY = "DL"


def new_number(year: int) -> str:
    """Return a random number of a year; who holds one cannot guess the next."""
    serial = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return _written(f"{year:04}", serial)


def parse_number(text: str) -> str | None:
    """Return a number as it is kept, however it was typed; None when it is none or mistyped.

    One wrong sign and two neighbours swapped are always found.
    """
    plain = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum()).removeprefix(CITY)
    year, serial = plain[:4], plain[4:-1]
    if len(plain) != 4 + LENGTH + 1 or not year.isdigit() or not set(plain[4:]) <= set(SIGNS):
        return None
    number = _written(year, serial)
    return number if number[-1] == plain[-1] else None


def _written(year: str, serial: str) -> str:
    return f"{CITY}-{year}-{serial}-{_check(year + serial)}"


def _check(body: str) -> str:
    # Weights 2, 3, … modulo a prime: no two neighbours weigh the same. Digits of the year count as their value.
    values = (SIGNS.index(sign) if sign in SIGNS else int(sign) + 23 for sign in body)
    return SIGNS[sum(weight * value for weight, value in enumerate(values, start=2)) % len(SIGNS)]
