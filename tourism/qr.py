"""QR codes of addresses."""

from io import BytesIO

import segno
from django.http import HttpResponse


def respond_qr(address: str) -> HttpResponse:
    """Answer with the QR code of an address as SVG."""
    picture = BytesIO()
    segno.make(address, error="l", micro=False).save(picture, kind="svg", omitsize=True)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})
