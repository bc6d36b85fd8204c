"""Documents of plans: taken in, kept whole under their SHA-256, opened again. The only writer of PlanDocument."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from planning.models import Plan, PlanDocument
from portal.text import slug, storable
from tiles.editions import NotAllowedError
from tiles.models import Dataset

if TYPE_CHECKING:
    from portal.accounts.models import User

LARGEST = 200_000_000


@dataclass(frozen=True, kw_only=True)
class Format:
    """A kind of file that is kept: the type it is always served as, and the bytes it begins with."""

    content_type: str
    begins: bytes


FORMATS = {
    "pdf": Format(content_type="application/pdf", begins=b"%PDF-"),
    "jpg": Format(content_type="image/jpeg", begins=b"\xff\xd8\xff"),
    "txt": Format(content_type="text/plain; charset=utf-8", begins=b""),
}


def add_document(dataset: Dataset, path: Path, *, title: str, by: User, now: datetime) -> PlanDocument:
    """Keep a file as a document of the plan of a dataset; the same file under the same name twice is one document.

    Raises NotAllowedError with every reason: not a plan, unknown kind of file, name taken, no right.
    """
    name, reasons = document_name(path), []
    if dataset.layer not in ("zones", "land-use"):
        reasons.append(_("%(dataset)s is no plan. Name the dataset of a plan.") % {"dataset": dataset})
    if not by.has_perm("accounts.publish_edition"):
        reasons.append(_("%(user)s may not publish documents. Ask a reviewer.") % {"user": by})
    reasons += _faults(path)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        known = PlanDocument.objects.filter(dataset=dataset, name=name).first()
        if known and known.sha256 != sha256:
            reasons.append(_("The plan has another document called %(name)s. Rename the file.") % {"name": name})
        if reasons:
            raise NotAllowedError(*reasons)
        if known:
            return known
        file.seek(0)
        stored = _stored_name(sha256)
        if not storages["documents"].exists(stored):
            storages["documents"].save(stored, File(file))
    return PlanDocument.objects.create(
        dataset=dataset, name=name, title=title, sha256=sha256, size=path.stat().st_size, added=now, added_by=by
    )


def document_name(path: Path) -> str:
    """Return the name of a file as its address has it: letters, digits, hyphens and one ending."""
    ending = path.suffix.lower().removeprefix(".").replace("jpeg", "jpg")
    return f"{slug(path.stem)[:90] or 'document'}.{ending}"


def documents_of(plan: Plan) -> list[PlanDocument]:
    """Return the documents of a plan by name."""
    return list(plan.edition.dataset.documents.all())


def find_document(plan: Plan, name: str) -> PlanDocument | None:
    """Return a plan's document of a name, or None."""
    return PlanDocument.objects.filter(dataset=plan.edition.dataset, name=storable(name)).first()


def open_document(document: PlanDocument) -> IO[bytes]:
    """Open a kept document for reading."""
    return storages["documents"].open(_stored_name(document.sha256), "rb")


def content_type(document: PlanDocument) -> str:
    """Return the one type a document is served as."""
    return FORMATS[document.name.rpartition(".")[2]].content_type


def _faults(path: Path) -> list[str]:
    """Return why a file cannot be kept."""
    listed = ", ".join(FORMATS)
    known = FORMATS.get(document_name(path).rpartition(".")[2])
    if known is None:
        return [_("%(name)s cannot be kept. Send one of: %(kinds)s.") % {"name": path.name, "kinds": listed}]
    if path.stat().st_size > LARGEST:
        return [_("%(name)s is larger than 200 MB. Send it in parts.") % {"name": path.name}]
    with path.open("rb") as file:
        begins = file.read(1024)
    if not begins.startswith(known.begins) or (not known.begins and b"\0" in begins):
        return [_("%(name)s is not what its ending says. Export it again.") % {"name": path.name}]
    return []


def _stored_name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
