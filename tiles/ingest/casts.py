"""Values of a file as COPY texts of the database: numbers, dates and words as Vietnamese files write them."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

import numpy as np

from portal.text import fold, parse_number
from tiles.ingest.readers import Values

# (COPY text or None, code of the trouble or "", values of its message)
Cast = tuple[str | None, str, Mapping[str, Any]]
# Codes that leave the value usable.
HARMLESS: Final = frozenset({"unknown-word", "number-ambiguous"})
_ISO_DATE: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
_VIETNAMESE_DATE: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?")
_AMBIGUOUS: Final = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_UNGROUPED: Final = re.compile(r"[+-]?(\d{4,}|\d+\.(\d{1,2}|\d{4,}))")
_KNOWN_SHOWN: Final = 12
_ALIKE: Final = 0.75


def cast(values: Values, column: Mapping[str, Any], *, workbook: bool) -> tuple[list[str | None], dict[int, Cast]]:
    """Return a COPY text for every value, and what is wrong by index; equal values are cast once."""
    plain: list[Any] = values.tolist()
    if _numbers_as_stored(values, column):
        return list(map(str, plain)), {}
    if _texts_as_stored(plain, column):
        return [column["empty"] if text is None else text for text in plain], {}
    distinct = set(plain)
    # Number cells beside text cells reach us as text: 25.3 and 25300 tell that "25.300" may be either.
    mixed = workbook and any(isinstance(value, str) and _UNGROUPED.fullmatch(value) for value in distinct)
    one = _caster(column, mixed)
    done: dict[Any, Cast] = {value: one(value) for value in distinct}
    texts = [done[value][0] for value in plain]
    bad = {value for value, result in done.items() if result[1]}
    troubles = {index: done[value] for index, value in enumerate(plain) if value in bad} if bad else {}
    return texts, troubles


def _numbers_as_stored(values: Values, column: Mapping[str, Any]) -> bool:
    """Tell whether all values are numbers within the limits, which nearly all columns of numbers are."""
    kinds = {column["type"], column["target"]}
    allowed = "i" if "integer" in kinds else "if" if kinds == {"number"} else ""
    if values.dtype.kind not in allowed or column["scale"] != 1:
        return False
    low = -math.inf if column["minimum"] is None else column["minimum"]
    high = math.inf if column["maximum"] is None else column["maximum"]
    return bool(np.isfinite(values).all() and (values >= low).all() and (values <= high).all())


def _texts_as_stored(plain: list[Any], column: Mapping[str, Any]) -> bool:
    """Tell whether all values are texts that need no check but for their length, which nearly all names are."""
    if {column["type"], column["target"]} != {"text"} or column["values"] is not None:
        return False
    distinct = set(plain)
    if None in distinct:
        if column["required"]:
            return False
        distinct.remove(None)
    if not all(isinstance(text, str) for text in distinct):
        return False
    limit = math.inf if column["max_length"] is None else column["max_length"]
    return max(map(len, distinct), default=0) <= limit and needs_no_escape("".join(distinct))


def _caster(column: Mapping[str, Any], mixed: bool) -> Callable[[Any], Cast]:
    """Choose how to read one value of `column`."""
    read: Callable[[Any], Cast]
    if column["type"] in ("integer", "number"):
        read = lambda value: _number(value, column, mixed)  # noqa: E731 - the shortest closure
    elif column["type"] == "date":
        read = _date
    else:
        read = lambda value: _text(value, column)  # noqa: E731

    def one(value: Any) -> Cast:
        if value is None or (isinstance(value, float) and math.isnan(value)) or value == "NaT":
            return column["empty"], "value-missing" if column["required"] else "", {}
        return read(value)

    return one


def _number(value: Any, column: Mapping[str, Any], mixed: bool) -> Cast:
    number: Decimal | float
    trouble, values = "", {"value": value}
    if isinstance(value, str):
        try:
            number = parse_number(value)
        except ValueError:
            return None, "value-not-a-number", values
        if mixed and _AMBIGUOUS.fullmatch(value.strip()):
            trouble, values = "number-ambiguous", {"value": value, "read": str(number)}
    elif math.isfinite(value):
        number = value
    else:
        return None, "value-not-a-number", {"value": str(value)}
    low, high = column["minimum"], column["maximum"]
    if (low is not None and number < low) or (high is not None and number > high):
        return None, "value-out-of-range", {"value": value, "minimum": _bound(low, "-∞"), "maximum": _bound(high, "∞")}
    if column["scale"] != 1:
        number = _decimal(number) * _decimal(column["scale"])
    if column["type"] == "integer" and number != int(number):
        return None, "value-not-whole", {"value": value}
    if column["type"] == "integer" or column["target"] == "integer":
        return str(round(number)), trouble, values
    return format(_decimal(number).normalize(), "f") if column["target"] == "text" else str(number), trouble, values


def _decimal(number: Decimal | float) -> Decimal:
    """Return a number as it is written, not as it is stored: 0.1 is 0.1."""
    return number if isinstance(number, Decimal) else Decimal(repr(number))


def _bound(value: float | None, none: str) -> Any:
    """Show a limit without a needless fraction."""
    if value is None:
        return none
    return int(value) if float(value).is_integer() else value


def _date(value: Any) -> Cast:
    text = str(value).strip()
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _VIETNAMESE_DATE.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None, "value-not-a-date", {"value": text}
    try:
        return date(int(year), int(month), int(day)).isoformat(), "", {}
    except ValueError:
        return None, "value-not-a-date", {"value": text}


def _text(value: Any, column: Mapping[str, Any]) -> Cast:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_list = column["target"] == "list"
    words = [word for part in re.split(r"[,;]", str(value)) if (word := part.strip())] if is_list else [str(value)]
    trouble: str = ""
    values: Mapping[str, Any] = {}
    known: Mapping[str, str] | None = column["values"]
    if known is not None:
        if unknown := [word for word in words if fold(word) not in known]:
            trouble = "unknown-word" if column["unknown_level"] == "warning" else "unknown-code"
            values = {"value": ", ".join(unknown), "known": _some(known, like=unknown[0])}
            if trouble == "unknown-code":
                return None, trouble, values
        words = [known.get(fold(word), word) for word in words]
    limit, longest = column["max_length"], max(map(len, words), default=0)
    if limit is not None and longest > limit:
        return None, "value-too-long", {"length": longest, "maximum": limit}
    return escape(_array(words) if is_list else words[0]), trouble, values


def _array(words: list[str]) -> str:
    """Write words, each once, as an array of the database."""
    return "{" + ",".join('"' + re.sub(r'(["\\])', r"\\\1", word) + '"' for word in dict.fromkeys(words)) + "}"


def _some(known: Mapping[str, str], *, like: str) -> str:
    """Name some of the known words: those most like what was written, then what is stored where that may be written."""
    stored = sorted({code if fold(code) in known else word for word, code in known.items()})
    words = list(dict.fromkeys([*get_close_matches(fold(like), known, cutoff=_ALIKE), *stored]))
    return ", ".join(words[:_KNOWN_SHOWN]) + (" …" if len(words) > _KNOWN_SHOWN else "")


_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def escape(text: str) -> str:
    """Write a text as COPY reads it."""
    return text if needs_no_escape(text) else text.translate(_ESCAPES)


def needs_no_escape(text: str) -> bool:
    """Tell whether a text is written for COPY as it is: nearly all are."""
    return text.isprintable() and "\\" not in text
