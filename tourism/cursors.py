"""Where a page of a list ended, as opaque text in the address of the next page."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Literal, get_args

Order = Literal["code", "distance", "likeness", "time"]
_ORDERS = get_args(Order)


@dataclass(frozen=True)
class Cursor:
    """The last thing of a page: what the list goes by, how far that is (None: by code), its code."""

    order: Order
    key: float | None
    code: str


def parse_cursor(text: str) -> Cursor:
    """Read what `render_cursor` made; raises ValueError."""
    try:
        order, key, code = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except TypeError:
        raise ValueError(text) from None
    is_key = key is None if order == "code" else isinstance(key, float)
    if order not in _ORDERS or not is_key or not isinstance(code, str) or not code.isprintable():
        raise ValueError(text)
    return Cursor(order, key, code)


def render_cursor(cursor: Cursor) -> str:
    """Return the cursor as opaque text."""
    told = json.dumps([cursor.order, cursor.key, cursor.code])
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
