"""The extract as a document: what its page of HTML is made of, before it becomes a PDF."""

from __future__ import annotations

import re

import segno
from django.template.loader import render_to_string

from planning.extracts.extract import Extract
from planning.extracts.named import named
from planning.extracts.situation import Situation
from planning.models import FrozenExtract

_TEXT = re.compile(r">[^<]+")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:m²?|%|đ/m²)(?!\w))")


def render_document(extract: Extract, frozen: FrozenExtract, situation: Situation, *, verify_url: str) -> str:
    """Return the page of the document in the active language; no markup comes from outside."""
    context = {
        "extract": extract,
        "editions": named(extract.editions),
        "frozen": frozen,
        "situation": situation,
        "verify_url": verify_url,
        "qr": qr_code(verify_url),
    }
    page = render_to_string("planning/document/document.html", context)
    # No line ends between a number and its unit.
    return _TEXT.sub(lambda text: _BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", text[0]), page)


def qr_code(address: str) -> str:
    """Return the QR code of an address as the address of a picture."""
    picture: str = segno.make(address, error="m", micro=False).svg_data_uri(border=2, scale=4)
    return picture
