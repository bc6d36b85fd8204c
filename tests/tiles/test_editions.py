"""From a file to the public, and back."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from planning.models import Parcel
from tests.planning.make import make_edition
from tiles import cache, editions, revisions
from tiles.editions import NotAllowedError
from tiles.models import Dataset, Edition, Revision

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def planner() -> Any:
    return get_user_model().objects.get(username="planner")


@pytest.fixture
def reviewer() -> Any:
    return get_user_model().objects.get(username="reviewer")


@pytest.fixture
def ward(planner: Any) -> Dataset:
    """A dataset of parcels that the small city publishes."""
    return Edition.objects.filter(dataset__layer="parcels", state="live", rows__gt=20).first().dataset  # type: ignore[union-attr]


@pytest.fixture
def changed_file(ward: Dataset, tmp_path: Path) -> Path:
    """The ward's file once more, its first five parcels gone."""
    return rewritten(ward, tmp_path, lambda fields, geometry: ([f[5:] for f in fields], geometry[5:]))


def rewritten(dataset: Dataset, folder: Path, change: Any) -> Path:
    import pyogrio

    live = Edition.objects.get(dataset=dataset, state="live")
    stored = editions.stored_path(live.delivery)
    meta, _ids, geometry, fields = pyogrio.raw.read(stored, layer="ThuaDat")
    fields, geometry = change(fields, geometry)
    target = folder / "changed.gpkg"
    pyogrio.raw.write(
        target,
        geometry,
        fields,
        list(meta["fields"]),
        geometry_type="Polygon",
        crs=meta["crs"],
        layer="ThuaDat",
        driver="GPKG",
    )
    return target


def staged(dataset: Dataset, file: Path, planner: Any) -> Edition:
    now = timezone.now()
    return editions.stage(editions.receive(dataset, file, by=planner, now=now), by=planner, now=now)


def ready(dataset: Dataset, file: Path, planner: Any, reviewer: Any) -> Edition:
    edition = staged(dataset, file, planner)
    editions.check(edition, now=timezone.now())
    return editions.approve(edition, by=reviewer, now=timezone.now())


def test_the_same_file_twice_is_the_same_delivery(ward: Dataset, changed_file: Path, planner: Any) -> None:
    first = editions.receive(ward, changed_file, by=planner, now=timezone.now())
    assert editions.receive(ward, changed_file, by=planner, now=timezone.now()) == first


def test_nobody_sees_a_staged_edition(ward: Dataset, changed_file: Path, planner: Any) -> None:
    before = set(Parcel.objects.current().values_list("code", flat=True))
    edition = staged(ward, changed_file, planner)
    assert edition.state == "staged"
    assert Parcel.objects.of(edition).count() == edition.rows > 0
    assert set(Parcel.objects.current().values_list("code", flat=True)) == before


def test_publishing_and_rolling_back_is_the_same_move(
    ward: Dataset, changed_file: Path, planner: Any, reviewer: Any
) -> None:
    before = set(Parcel.objects.current().filter(code__startswith=f"{ward.code}-").values_list("code", flat=True))
    start = revisions.current("parcels")
    assert start
    revision = editions.publish(ready(ward, changed_file, planner, reviewer), by=reviewer, now=timezone.now())
    after = set(Parcel.objects.current().filter(code__startswith=f"{ward.code}-").values_list("code", flat=True))
    assert len(before) == len(after) + 5
    assert revision.number == start.number + 1
    back = editions.roll_back(ward, by=reviewer, now=timezone.now())
    assert (
        set(Parcel.objects.current().filter(code__startswith=f"{ward.code}-").values_list("code", flat=True)) == before
    )
    assert back.number == revision.number + 1
    revision.refresh_from_db()
    assert revision.withdrawn


def test_a_roll_back_never_puts_back_what_was_taken_back(ward: Dataset, reviewer: Any) -> None:
    def published() -> Edition:
        edition = make_edition("parcels", ward.code, live=False)
        Edition.objects.filter(pk=edition.pk).update(state="approved")
        editions.publish(edition, by=reviewer, now=timezone.now())
        return edition

    def taken_back() -> Edition | None:
        editions.roll_back(ward, by=reviewer, now=timezone.now())
        return ward.editions.filter(state="live").first()

    first = ward.editions.get(state="live")
    published()
    assert taken_back() == first
    good = published()
    for _again in range(2):
        published()
        assert taken_back() == good
    # Published once more, an edition stands upon the one it replaces.
    editions.publish(first, by=reviewer, now=timezone.now())
    assert [taken_back(), taken_back(), taken_back()] == [good, first, None]


def test_rolling_back_the_only_edition_takes_the_dataset_off_the_map(ward: Dataset, reviewer: Any) -> None:
    editions.roll_back(ward, by=reviewer, now=timezone.now())
    assert not Parcel.objects.current().filter(code__startswith=f"{ward.code}-").exists()


def test_who_staged_cannot_approve(ward: Dataset, changed_file: Path, planner: Any, reviewer: Any) -> None:
    edition = staged(ward, changed_file, reviewer)
    editions.check(edition, now=timezone.now())
    with pytest.raises(NotAllowedError):
        editions.approve(edition, by=reviewer, now=timezone.now())


def test_the_database_itself_refuses_an_approval_of_other_content(
    ward: Dataset, changed_file: Path, planner: Any, reviewer: Any
) -> None:
    edition = ready(ward, changed_file, planner, reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(content_sha256="0" * 64)


@pytest.mark.parametrize("name", ["agent-urban", "steward", "admin"])
def test_who_has_no_right_may_not_publish(
    name: str, ward: Dataset, changed_file: Path, planner: Any, reviewer: Any
) -> None:
    edition = ready(ward, changed_file, planner, reviewer)
    with pytest.raises(NotAllowedError):
        editions.publish(edition, by=get_user_model().objects.get(username=name), now=timezone.now())


@pytest.mark.parametrize("verb", ["approve", "publish"])
def test_a_step_cannot_be_skipped(verb: str, ward: Dataset, changed_file: Path, planner: Any, reviewer: Any) -> None:
    edition = staged(ward, changed_file, planner)
    with pytest.raises(NotAllowedError):
        getattr(editions, verb)(edition, by=reviewer, now=timezone.now())


def test_a_release_that_fails_in_one_edition_publishes_none(
    ward: Dataset, changed_file: Path, planner: Any, reviewer: Any
) -> None:
    good = ready(ward, changed_file, planner, reviewer)
    other = Edition.objects.filter(dataset__layer="places", state="live").first()
    assert other
    before = Revision.objects.count()
    with pytest.raises(NotAllowedError):
        editions.release([good, other], by=reviewer, now=timezone.now())
    good.refresh_from_db()
    assert good.state == "approved"
    assert Revision.objects.count() == before


def test_tiles_of_a_withdrawn_revision_never_come_back() -> None:
    cache.keep("parcels", 900, 14, 1, 2, b"tile")
    assert cache.find("parcels", 900, 14, 1, 2) == b"tile"
    cache.forget("parcels", [900])
    cache.keep("parcels", 900, 14, 1, 2, b"late")
    assert cache.find("parcels", 900, 14, 1, 2) is None
