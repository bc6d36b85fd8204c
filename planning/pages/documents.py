"""The one gate to the documents of plans."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning.documents import content_type, find_document, open_document
from planning.lookup import find_plan
from tiles.api import NothingHere


@require_safe
def document(request: HttpRequest, code: str, name: str) -> FileResponse:
    """Hand over a document of a published plan, always as a file to keep and of its one type."""
    plan = find_plan(code)
    found = find_document(plan, name) if plan else None
    if found is None:
        raise NothingHere(_("No published plan has this document. The plan's page lists its documents."))
    response = FileResponse(
        open_document(found), as_attachment=True, filename=f"{code}-{found.name}", content_type=content_type(found)
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=3600"
    return response
