"""Photos: whatever comes in leaves as a new JPEG of at most 2048 px without a trace of the file it was."""

import secrets
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.desk.models import Photo, Report

MAX_BYTES: Final = 10 * 2**20
WALL_S: Final = 15

_CHILD: Final = str(Path(__file__).with_name("photo_child.py"))

PROBLEMS: Final[dict[str, Promise]] = {
    "too-large": _("A photo could not be kept: it is larger than 10 MB. Send a smaller copy to the agency."),
    "too-many-pixels": _("A photo could not be kept: it has more than 40 million pixels. Send a smaller copy."),
    "not-a-photo": _("A photo could not be kept: only JPEG, PNG and WebP are accepted."),
    "broken": _("A photo could not be kept: the file is damaged or could not be read. Take it again."),
    "too-many": _("Only the first three photos were kept."),
}


class PhotoRefusedError(Exception):
    """The file is not kept; `reason` is a key of PROBLEMS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class CleanPhoto:
    """A photo made anew: JPEG bytes and size in pixels."""

    jpeg: bytes
    width: int
    height: int


def clean(raw: bytes) -> CleanPhoto:
    """Make the photo anew from its pixels in a limited child process; raises PhotoRefusedError."""
    if len(raw) > MAX_BYTES:
        raise PhotoRefusedError("too-large")
    try:
        child = subprocess.run(
            [sys.executable, "-I", _CHILD], input=raw, capture_output=True, timeout=WALL_S, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        raise PhotoRefusedError("broken") from None
    if child.returncode != 0:
        reason = child.stderr.decode(errors="replace")
        raise PhotoRefusedError(reason if reason in PROBLEMS else "broken")
    width, height = struct.unpack(">HH", child.stdout[:4])
    return CleanPhoto(child.stdout[4:], width, height)


def keep(report: Report, raw: bytes) -> Photo:
    """Clean the photo and keep it under an unguessable name; raises PhotoRefusedError."""
    made = clean(raw)
    photo = Photo(report=report, token=secrets.token_urlsafe(24), width=made.width, height=made.height)
    default_storage.save(photo.name, ContentFile(made.jpeg))
    photo.save()
    return photo
