"""The extract as a document: what its page of HTML is made of, before it becomes a PDF."""

from __future__ import annotations

import segno
from django.template.loader import render_to_string

from planning.extracts.extract import Extract
from planning.extracts.situation import Situation
from planning.models import FrozenExtract


def render_document(extract: Extract, frozen: FrozenExtract, situation: Situation, *, verify_url: str) -> str:
    """Return the page of the document in the active language; no markup comes from outside."""
    context = {
        "extract": extract,
        "frozen": frozen,
        "situation": situation,
        "verify_url": verify_url,
        "qr": qr_code(verify_url),
    }
    return render_to_string("planning/document/document.html", context)


def qr_code(address: str) -> str:
    """Return the QR code of an address as the address of a picture."""
    picture: str = segno.make(address, error="m", micro=False).svg_data_uri(border=2, scale=4)
    return picture
