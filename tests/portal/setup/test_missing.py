"""A database made by an earlier version: the demonstration city gets what came later, any other city nothing."""

from dataclasses import replace

import pgtrigger
import pytest
from django.core.management import call_command

from fixtures.files import LICENCE
from fixtures.sizes import SIZES
from tiles.models import Delivery, Edition
from tourism.events.models import Event
from tourism.models import Photo, Place, ReadyRoute

LATER = (Event, Photo, ReadyRoute)


@pytest.fixture
def earlier_city(city: None) -> list[int]:
    """The small city without what came later; returns how many there were."""
    had = [model.objects.count() for model in LATER]
    with pgtrigger.ignore():
        for model in LATER:
            model.objects.all().delete()
    return had


def counts() -> list[int]:
    return [model.objects.count() for model in LATER]


def test_a_demonstration_city_gets_what_it_lacks_once(earlier_city: list[int]) -> None:
    for _run in range(2):
        call_command("load_city", missing=True, json=True)
        assert counts() == earlier_city
    assert all(earlier_city)


def test_an_earlier_city_gets_the_extract_that_waits_once(
    earlier_city: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = Edition.objects.filter(dataset__layer="places", dataset__code="openstreetmap")
    call_command("load_city", missing=True, json=True)
    assert not extract.exists()  # a small city has none
    monkeypatch.setitem(SIZES, "small", replace(SIZES["small"], openstreetmap=0.3))
    for _run in range(2):
        call_command("load_city", missing=True, json=True)
        assert extract.get().state == Edition.State.CHECKED
    assert not Place.objects.live().filter(source=Place.Source.OSM).exists()


def test_what_the_office_wrote_itself_is_left_alone(earlier_city: list[int]) -> None:
    ReadyRoute.objects.create(title_vi="Một ngày khác")
    call_command("load_city", missing=True, json=True)
    assert counts() == [*earlier_city[:2], 1]


def test_another_city_gets_nothing(earlier_city: list[int]) -> None:
    Delivery.objects.filter(dataset__layer="places", licence__startswith=LICENCE).update(licence="CC BY 4.0")
    call_command("load_city", missing=True, json=True)
    assert counts() == [0, 0, 0]
