"""The extract as a document: what its page of HTML is made of, before it becomes a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import segno
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from planning.extracts.answers import Answer, ZoneShare
from planning.extracts.extract import Extract
from planning.extracts.situation import Situation
from planning.models import FrozenExtract


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a plan's table: m² and percent, rounded so that the column adds up to what stands below it."""

    area_m2: float
    percent: float
    zone: ZoneShare | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanTable:
    """A plan's answer and its lines."""

    answer: Answer
    lines: tuple[Line, ...]
    area_m2: float


def render_document(extract: Extract, frozen: FrozenExtract, situation: Situation, *, verify_url: str) -> str:
    """Return the page of the document in the active language; no markup comes from outside."""
    context = {
        "extract": extract,
        "frozen": frozen,
        "situation": situation,
        "tables": [plan_table(answer, extract.area_measured_m2) for answer in extract.concerned],
        "others": [answer for answer in extract.answers if answer.status != "concerned"],
        "verify_url": verify_url,
        "qr": qr_code(verify_url),
    }
    return render_to_string("planning/document/document.html", context)


def qr_code(address: str) -> str:
    """Return the QR code of an address as the address of a picture."""
    picture: str = segno.make(address, error="m", micro=False).svg_data_uri(border=2, scale=4)
    return picture


def plan_table(answer: Answer, area_m2: float) -> PlanTable:
    """Return the table of a plan: its uses, then the gap, then the overlap taken off; 100 % in all."""
    pieces: list[tuple[float, ZoneShare | None, str]] = [(zone.area_m2, zone, "") for zone in answer.zones]
    if answer.gap_m2 >= 0.05:
        pieces.append((answer.gap_m2, None, _("The plan draws nothing here (gap)")))
    if answer.overlap_m2 >= 0.05:
        pieces.append((-answer.overlap_m2, None, _("Drawn with two uses, counted in both above (overlap)")))
    areas = adding_up([area for area, _zone, _text in pieces], to=area_m2)
    percents = adding_up([100 * area / area_m2 for area, _zone, _text in pieces], to=100)
    return PlanTable(
        answer=answer,
        lines=tuple(
            Line(area_m2=area, percent=percent, zone=zone, text=text)
            for (_area, zone, text), area, percent in zip(pieces, areas, percents, strict=True)
        ),
        area_m2=area_m2,
    )


def adding_up(values: Sequence[float], *, to: float) -> list[float]:
    """Return values in tenths that add up to a total rounded likewise (largest remainder), a tenth off each at most.

    Values that do not add up to the total by more than their rounding keep their own sum.
    """
    whole = [floor(value * 10) for value in values]
    missing = round(to * 10) - sum(whole)
    if 0 <= missing <= len(values):
        by_remainder = sorted(range(len(values)), key=lambda i: whole[i] - values[i] * 10)
        for i in by_remainder[:missing]:
            whole[i] += 1
        return [tenths / 10 for tenths in whole]
    return [round(value, 1) for value in values]
