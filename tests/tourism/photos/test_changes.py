"""The one writer of photos: what it keeps, what it refuses, and that nothing is lost."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone
from PIL import Image

from tests.portal.pictures import HOSTILE, animation, for_print, photo
from tests.tourism.events.make import make_steward
from tests.tourism.make import make_place
from tests.tourism.photos.make import make_photo
from tiles import revisions
from tourism.models import PlaceChange
from tourism.photos import changes
from tourism.photos.models import SIZES, Photo, versions_of

pytestmark = pytest.mark.django_db
FACTS = changes.Facts(author="Trần Lan", licence="CC0-1.0", source="Sở Du lịch", alt_vi="Mặt hồ")


def send(*raws: bytes, facts: changes.Facts = FACTS) -> tuple[list[Photo], list[changes.Refused]]:
    place = make_place("lake")
    files = [(f"{number}.jpg", raw) for number, raw in enumerate(raws)]
    return changes.add(place, files, facts, by=make_steward(), now=timezone.now())


def test_a_photo_is_kept_in_two_sizes_without_a_trace_of_its_file() -> None:
    [kept], refused = send(photo((3000, 2000), comment=b"CANARY") + b"CANARY")
    assert refused == []
    assert (kept.width, kept.height, kept.small_width, kept.small_height) == (1600, 1067, 640, 427)
    for size in SIZES:
        with default_storage.open(kept.name(size)) as file:
            body = file.read()
        assert b"CANARY" not in body
        assert body[:4] == b"RIFF"
    with default_storage.open(kept.name("small")) as file:
        assert Image.open(file).size == (640, 427)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(name: str) -> None:
    make, reason = HOSTILE[name]
    kept, [refused] = send(make())
    assert (kept, Photo.objects.count()) == ([], 0)
    assert refused == ("0.jpg", changes.PROBLEMS[reason])


def test_bad_files_never_cost_the_good_ones() -> None:
    kept, refused = send(HOSTILE["bomb"][0](), photo(), animation(), for_print(), photo(), photo((80, 60)))
    assert [one.position for one in kept] == [1, 2]
    assert [(one.name, one.reason) for one in refused] == [
        ("0.jpg", changes.PROBLEMS["too-many-pixels"]),
        ("2.jpg", changes.PROBLEMS["animated"]),
        ("3.jpg", changes.PROBLEMS["print-colours"]),
        ("4.jpg", changes.PROBLEMS["known"]),
    ]


def test_a_photo_nobody_described_is_hidden_until_somebody_does() -> None:
    [kept], _ = send(photo(), facts=changes.Facts(author="Lan", licence="city", source="Sở"))
    assert kept.hidden
    who: dict[str, Any] = {"by": make_steward(), "now": timezone.now()}
    with pytest.raises(changes.NotAllowedError):
        changes.show(kept, **who)
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.update(hidden=False)
    with pytest.raises(changes.NotAllowedError):
        changes.describe(kept, changes.Facts(author="Lan", licence="city", source="Sở"), **who)
    changes.describe(kept, FACTS, **who)
    changes.show(kept, **who)
    assert Photo.objects.shown().get().alt_vi == "Mặt hồ"


def test_photos_are_moved_to_the_front_and_back() -> None:
    place = make_place("lake")
    first, second, third = (make_photo(place) for _ in range(3))
    who: dict[str, Any] = {"by": make_steward(), "now": timezone.now()}
    changes.move(third, steps=-1, **who)
    assert list(Photo.objects.all()) == [first, third, second]
    changes.move(first, steps=-1, **who)
    changes.move(second, steps=1, **who)
    assert list(Photo.objects.all()) == [first, third, second]
    changes.move(first, steps=1, **who)
    assert list(Photo.objects.all()) == [third, first, second]


def test_every_version_stays_with_who_made_it() -> None:
    kept = make_photo(make_place("lake"))
    changes.hide(kept, by=make_steward(), now=timezone.now())
    later, first = versions_of("lake")
    assert (first.hidden, later.hidden) == (False, True)
    assert {one.pgh_context.metadata["username"] for one in (later, first)} == {"lan"}
    assert default_storage.exists(kept.name("large"))
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        first.delete()


def test_who_keeps_a_copy_of_the_register_hears_of_photos_and_of_nothing_else() -> None:
    lake, market = make_place("lake"), make_place("market")
    revisions.grow("places", by=None, reason="made", now=timezone.now())
    before = dict(PlaceChange.objects.values_list("code", "changed"))
    number = revisions.current("places").number
    kept = make_photo(lake)
    assert revisions.current("places").number == number + 1
    changed = dict(PlaceChange.objects.values_list("code", "changed"))
    assert changed[lake.code] > before[lake.code]
    assert changed[market.code] == before[market.code]
    changes.hide(kept, by=make_steward(), now=timezone.now())
    assert PlaceChange.objects.get(code="lake").changed > changed[lake.code]
