"""What somebody wants to report, before it is kept."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

# The sentence beside the send button; a change of its text is a new version.
CONSENT_VERSION: Final = "2026-11"
MAX_TEXT: Final = 4000
MAX_PHOTOS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a report is about: an object of a layer, as it was called and published when it was seen."""

    layer: str
    code: str
    title: str
    revision: int | None = None
    lon: float | None = None
    lat: float | None = None

    @property
    def address(self) -> str:
        """The object as `layer/code`."""
        return f"{self.layer}/{self.code}"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One report as it came in; `lon`, `lat` are WGS 84, photos are raw bytes."""

    field: str
    text: str
    lang: str = "vi"
    subject: Subject | None = None
    lon: float | None = None
    lat: float | None = None
    place_text: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    photos: tuple[bytes, ...] = ()

    def digest(self) -> str:
        """Return the SHA-256 of what the sender wrote: equal drafts, equal digests."""
        content = [
            self.field,
            self.text,
            self.lang,
            self.subject.address if self.subject else "",
            self.lon,
            self.lat,
            self.place_text,
            self.name,
            self.phone,
            self.email,
            [hashlib.sha256(photo).hexdigest() for photo in self.photos],
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
