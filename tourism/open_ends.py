"""Opening hours without an end, 20:00+ and 11:00-22:00+: unknown from where nobody knows on, never closed.

The library lets them end at midnight, or where the “+” stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_QUOTED = re.compile(r'("[^"]*")')
_TIME = r"\d{1,2}:\d\d"
_OPEN_END = re.compile(r"(\d{1,2}):(\d\d)\s*\+")
_PART = rf"{_TIME}(?:\s*-\s*{_TIME})?\s*\+?"
_TIMES = re.compile(rf"{_PART}(?:\s*,\s*{_PART})*")


@lru_cache(maxsize=4096)
def end_hours(text: str) -> str:
    """Return opening hours in which those without an end have one, as opening_hours.js guesses: unknown till then."""
    if not _OPEN_END.search(_QUOTED.sub("", text)):
        return text
    return " || ".join(_change_times(text, change) for change in (_known, _unknown))


def _change_times(text: str, change: Callable[[re.Match[str]], str]) -> str:
    return "".join(part if part.startswith('"') else _TIMES.sub(change, part) for part in _QUOTED.split(text))


def _known(times: re.Match[str]) -> str:
    parts = (part.strip() for part in times[0].split(","))
    kept = [part.rstrip("+ ") for part in parts if "-" in part or not part.endswith("+")]
    return ",".join(kept) or _unknown(times)


def _unknown(times: re.Match[str]) -> str:
    ends = [_end(int(found[1]), int(found[2])) for found in _OPEN_END.finditer(times[0])]
    return f"{','.join(ends)} unknown" if ends else times[0]


def _end(hour: int, minute: int) -> str:
    more = 8 if hour >= 22 else 10
    return f"{hour:02}:{minute:02}-" + (f"{hour + more}:{minute:02}" if hour >= 17 else "24:00")
