"""Photos of reports: whatever comes in is kept as a new JPEG of at most 2048 px."""

import secrets
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.desk.models import Photo, Report
from portal.photos import remake

MAX_SIDE: Final = 2048

PROBLEMS: Final[dict[str, Promise]] = {
    "too-large": _("A photo could not be kept: it is larger than 10 MB. Send a smaller copy to the agency."),
    "too-many-pixels": _("A photo could not be kept: it has more than 40 million pixels. Send a smaller copy."),
    "not-a-photo": _("A photo could not be kept: only JPEG, PNG and WebP are accepted."),
    "broken": _("A photo could not be kept: the file is damaged or could not be read. Take it again."),
    "too-many": _("Only the first three photos were kept."),
}


def keep(report: Report, raw: bytes) -> Photo:
    """Clean the photo and keep it under an unguessable name; raises PhotoRefusedError."""
    [made] = remake(raw, form="JPEG", sides=[MAX_SIDE])
    photo = Photo(report=report, token=secrets.token_urlsafe(24), width=made.width, height=made.height)
    default_storage.save(photo.name, ContentFile(made.body))
    photo.save()
    return photo
