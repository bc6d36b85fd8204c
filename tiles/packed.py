"""Answers that are kept gzipped."""

import gzip

from django.http import HttpRequest, HttpResponse


def respond(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """Return a gzipped body as it is to who can unpack it, unpacked to everybody else."""
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        return HttpResponse(body, content_type=content_type, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(body), content_type=content_type)
