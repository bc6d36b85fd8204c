import pytest

from tests.tourism.make import MARKET, STATION, make_place
from tests.tourism.test_hours import at
from tourism.models import Place

pytestmark = pytest.mark.django_db


def codes(places: object) -> list[str]:
    return [place.code for place in places]  # type: ignore[attr-defined]


def test_near_goes_by_distance_in_metres() -> None:
    make_place("far", STATION)
    make_place("here", MARKET)
    here, far = Place.objects.live().near(*MARKET)
    assert (here.code, far.code) == ("here", "far")
    assert here.distance_m == pytest.approx(0, abs=0.01)
    assert far.distance_m == pytest.approx(1922, abs=5)


def test_within_is_measured_in_the_survey_system_not_in_mercator() -> None:
    make_place("far", STATION)
    exact = Place.objects.live().near(*MARKET).get().distance_m
    assert codes(Place.objects.live().near(*MARKET, within_m=exact + 0.5)) == ["far"]
    assert codes(Place.objects.live().near(*MARKET, within_m=exact - 0.5)) == []


def test_a_category_is_a_kind_or_a_group() -> None:
    make_place("bank", category="atm")
    make_place("inn", category="hotel")
    assert codes(Place.objects.live().in_category("atm")) == ["bank"]
    assert codes(Place.objects.live().in_category("utilities")) == ["bank"]
    assert set(codes(Place.objects.live().in_category("utilities", "hotel"))) == {"bank", "inn"}


def test_a_box_holds_what_is_inside() -> None:
    make_place("here", MARKET)
    assert codes(Place.objects.live().in_bbox(108.43, 11.94, 108.44, 11.95)) == ["here"]
    assert codes(Place.objects.live().in_bbox(108.45, 11.94, 108.46, 11.95)) == []


@pytest.mark.parametrize(
    "typed", ["hồ xuân hương", "ho xuan huong", "XUÂN", "Xua\u0302n Hu\u031bo\u031bng", "xuan huogn"]
)
def test_names_are_found_without_diacritics_and_with_typing_mistakes(typed: str) -> None:
    make_place("lake", name="Hồ Xuân Hương", category="attraction")
    make_place("dam", name="Thác Datanla", category="waterfall")
    assert codes(Place.objects.live().matching(typed)) == ["lake"]


def test_wildcards_are_letters() -> None:
    make_place("lake", name="Hồ Xuân Hương")
    assert codes(Place.objects.live().matching("%")) == []


def test_what_is_not_live_is_not_found() -> None:
    make_place("draft", live=False)
    assert codes(Place.objects.live().near(*MARKET)) == []


def test_open_at_leaves_out_unknown_hours_unless_asked() -> None:
    make_place("open", opening_hours="24/7")
    make_place("closed", opening_hours="Mo-Su 08:00-09:00")
    make_place("unknown", opening_hours="")
    make_place("unreadable", opening_hours="sáng")
    noon = at(10, 12)
    assert codes(Place.objects.live().open_at(noon)) == ["open"]
    assert set(codes(Place.objects.live().open_at(noon, unknown=True))) == {"open", "unknown", "unreadable"}
    states = {place.code: place.open for place in Place.objects.live().with_open(noon)}
    assert states == {"open": True, "closed": False, "unknown": None, "unreadable": None}
