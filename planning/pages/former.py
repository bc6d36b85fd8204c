"""What a page shows of parcels that are no more: their outlines over those of today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planning.extracts.sketch import outlines
from planning.former import Former


def drawn(former: Sequence[Former], now: Sequence[bytes]) -> dict[str, Any]:
    """Return the parcels and their picture for `components/_former.html`; empty when none was ever published."""
    if not former:
        return {}
    return {"parcels": former, "picture": outlines({str(one.number): one.outline for one in former}, now)}
