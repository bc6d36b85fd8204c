import pytest
from django.utils import translation

from tests.tourism.make import make_edition, make_place
from tiles.registry import get_layer
from tourism.facts import categories
from tourism.layers import search_places
from tourism.models import Category, Place
from tourism.sources.register import PLACES, complete, kinds

pytestmark = pytest.mark.django_db


def test_every_kind_belongs_to_one_of_the_six_groups() -> None:
    groups = set(Category.objects.filter(group=None).values_list("code", flat=True))
    assert groups == {"lodging", "food", "attractions", "shopping", "entertainment", "utilities"}
    assert Category.objects.exclude(group=None).count() == len(categories()) - 6


def test_the_legend_speaks_both_languages() -> None:
    entries = {entry.match: entry for entry in get_layer("places").legend()}  # type: ignore[misc]
    with translation.override("en"):
        assert entries["food"].label() == "Food and drink"  # type: ignore[operator]
    with translation.override("vi"):
        assert entries["food"].label() == "Ăn uống"  # type: ignore[operator]
    assert all(entry.colour for entry in entries.values())


@pytest.mark.parametrize("word", ["atm", "Nhà thuốc", "fast-food", "Xe khách"])
def test_a_register_may_name_a_kind_by_code_or_by_name(word: str) -> None:
    from portal.text import fold

    assert fold(word) in kinds()


def test_the_group_follows_from_the_kind() -> None:
    edition = make_edition(state="staged")
    make_place("a", edition=edition, live=False, group="", category="pharmacy")
    assert list(complete(edition)) == []
    assert Place.objects.get(code="a").group == "utilities"


def test_the_register_fills_only_fields_a_place_has() -> None:
    fields = {field.name for field in Place._meta.get_fields()}
    assert {column.field for column in PLACES.columns} <= fields


def test_a_kind_is_found_as_the_list_of_its_places() -> None:
    make_place("bank", name="ATM Vietcombank")
    kind, place = search_places("ATM", 10, "vi")
    assert (kind.kind, kind.url) == ("category", "/places/?category=atm")
    assert (place.code, place.url) == ("bank", "/places/bank")
    assert (place.lon, place.lat) == pytest.approx((108.4369, 11.9429))


def test_a_place_is_found_by_its_number_in_the_register() -> None:
    make_place("utilities-u0001", reference="U0001", name="ATM")
    assert [hit.code for hit in search_places("u0001", 10, "vi")] == ["utilities-u0001"]
