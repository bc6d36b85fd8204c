"""The only writer of photos: files are made anew, every change is kept with who made it, the layer's revision grows."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

import pghistory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.photos import PhotoRefusedError, Picture, remake
from tiles import revisions
from tourism.models import Place
from tourism.photos.models import SIZES, Photo

if TYPE_CHECKING:
    from portal.accounts.models import User

PROBLEMS: Final[dict[str, Promise]] = {
    "too-large": gettext_lazy("it is larger than 10 MB. Save it smaller and choose it again."),
    "too-many-pixels": gettext_lazy(
        "it has, or unfolds to, more than 40 million pixels. Save it smaller, such as 4000 × 3000, and choose it again."
    ),
    "not-a-photo": gettext_lazy("it is no JPEG, PNG or WebP picture. Save it as JPEG and choose it again."),
    "broken": gettext_lazy("it is damaged or could not be read. Copy it from the camera once more."),
    "animated": gettext_lazy("it moves. Save one still picture of it."),
    "print-colours": gettext_lazy("its colours are for print (CMYK). Save it with the colours of a screen (RGB)."),
    "known": gettext_lazy("the place has this very photo already; it may be hidden."),
}


class NotAllowedError(Exception):
    """The change is refused; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is told of a photo."""

    author: str
    licence: str
    source: str
    alt_vi: str = ""
    alt_en: str = ""
    taken_on: date | None = None


class Refused(NamedTuple):
    """A file that was not kept, and why."""

    name: str
    reason: Promise


def add(
    place: Place, files: Iterable[tuple[str, bytes]], facts: Facts, *, by: User, now: datetime
) -> tuple[list[Photo], list[Refused]]:
    """Keep named files as photos of a place; return those kept and those refused.

    While nothing says what a photo shows, it is hidden.
    """
    kept: list[Photo] = []
    refused: list[Refused] = []
    made: dict[str, tuple[str, list[Picture]]] = {}
    known = set(Photo.objects.filter(place=place.code).values_list("digest", flat=True))
    for name, raw in files:
        digest = sha256(raw).hexdigest()
        try:
            if digest in known or digest in made:
                raise PhotoRefusedError("known")
            made[digest] = name, remake(raw, form="WEBP", sides=[*SIZES.values()], strict=True)
        except PhotoRefusedError as problem:
            refused.append(Refused(name, PROBLEMS[problem.reason]))
    if not made:
        return kept, refused
    with _changing(place.code, by=by, now=now) as last:
        for digest, (name, pictures) in made.items():
            more = {"position": last + len(kept) + 1, "by": by, "added": now}
            photo, new = Photo.objects.get_or_create(
                place=place.code, digest=digest, defaults=_fields(pictures, facts) | more
            )
            if not new:
                # Sent twice at once.
                refused.append(Refused(name, PROBLEMS["known"]))
                continue
            # Last: a written file cannot be rolled back.
            for size, picture in zip(SIZES, pictures, strict=True):
                default_storage.save(photo.name(size), ContentFile(picture.body))
            kept.append(photo)
    return kept, refused


def describe(photo: Photo, facts: Facts, *, by: User, now: datetime) -> None:
    """Change what is told of a photo; raises NotAllowedError when nothing would say what it shows."""
    if not facts.alt_vi:
        raise NotAllowedError(_("Say in Vietnamese what the photo shows: some visitors hear it instead."))
    with _changing(photo.place, by=by, now=now):
        for name, value in asdict(facts).items():
            setattr(photo, name, value)
        photo.save(update_fields=[*asdict(facts)])


def hide(photo: Photo, *, by: User, now: datetime) -> None:
    """Take a photo from the public; its files and its history stay."""
    with _changing(photo.place, by=by, now=now):
        photo.hidden = True
        photo.save(update_fields=["hidden"])


def show(photo: Photo, *, by: User, now: datetime) -> None:
    """Show a photo to the public; raises NotAllowedError while nothing says what it shows."""
    if not photo.alt_vi:
        raise NotAllowedError(_("Say in Vietnamese what the photo shows, save it, then show it."))
    with _changing(photo.place, by=by, now=now):
        photo.hidden = False
        photo.save(update_fields=["hidden"])


def move(photo: Photo, *, steps: int, by: User, now: datetime) -> None:
    """Move a photo among those of its place: minus one is one place towards the front."""
    with _changing(photo.place, by=by, now=now):
        order = list(Photo.objects.select_for_update().filter(place=photo.place))
        at = order.index(photo)
        order.insert(max(0, at + steps), order.pop(at))
        for position, each in enumerate(order, 1):
            if each.position != position:
                each.position = position
                each.save(update_fields=["position"])


@contextmanager
def _changing(place: str, *, by: User, now: datetime) -> Iterator[int]:
    """Keep what is done inside with who did it, as one change of the layer; yields the last position."""
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username()):
        revisions.lock("places")
        yield Photo.objects.filter(place=place).aggregate(last=Max("position"))["last"] or 0
        revisions.grow("places", by=by, reason=f"{place} photos", now=now)


def _fields(pictures: list[Picture], facts: Facts) -> dict[str, object]:
    large, small = pictures
    return {
        **asdict(facts),
        "token": secrets.token_urlsafe(24),
        "width": large.width,
        "height": large.height,
        "small_width": small.width,
        "small_height": small.height,
        "hidden": not facts.alt_vi,
    }
