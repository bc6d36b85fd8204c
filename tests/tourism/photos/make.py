"""The cast of the tests on photos: the tourist office and what it adds."""

from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from tests.portal.pictures import photo
from tests.tourism.events.make import make_steward
from tourism.models import Place
from tourism.photos import changes
from tourism.photos.models import Photo


def make_photo(place: Place, raw: bytes = b"", *, by: User | None = None, **facts: Any) -> Photo:
    """A photo of a place by the one writer, or what `facts` make of it."""
    told = {"author": "Trần Lan", "licence": "CC-BY-4.0", "source": "Sở Du lịch", "alt_vi": "Mặt hồ", **facts}
    raw = raw or photo((900, 600), quality=60 + Photo.objects.count())
    [kept], _refused = changes.add(
        place, [("ho.jpg", raw)], changes.Facts(**told), by=by or make_steward(), now=timezone.now()
    )
    return kept
