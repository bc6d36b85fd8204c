import pytest
from django.core.files.storage import default_storage

from portal.desk import photos
from tests.portal.desk.make import hand_in
from tests.portal.pictures import HOSTILE, animation, for_print, photo


def test_every_refusal_is_told_in_words():
    assert {reason for _make, reason in HOSTILE.values()} <= set(photos.PROBLEMS)


@pytest.mark.django_db
def test_a_bad_photo_never_loses_the_report_and_is_told():
    report = hand_in(photos=(HOSTILE["bomb"][0](), photo(), b"no photo", photo()))
    assert report.photo_problems == ["too-many", "too-many-pixels", "not-a-photo"]
    kept = report.photos.get()
    assert (kept.width, kept.height) == (60, 40)
    assert default_storage.open(kept.name).read(2) == b"\xff\xd8"


@pytest.mark.django_db
def test_names_of_photos_tell_nothing():
    first, second = hand_in(photos=(photo(),)), hand_in(photos=(photo(),))
    tokens = {report.photos.get().token for report in (first, second)}
    assert len(tokens) == 2
    assert min(len(token) for token in tokens) >= 32


@pytest.mark.django_db
def test_what_moves_or_is_for_print_is_kept_as_a_still_photo():
    report = hand_in(photos=(animation(), for_print()))
    assert (report.photo_problems, report.photos.count()) == ([], 2)
