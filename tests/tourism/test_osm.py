"""OpenStreetMap's places come by the one road, whatever form the extract has, and stay OpenStreetMap's."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fixtures.osm_files import write_overpass, write_pbf
from tests.tourism.make import MARKET
from tiles import editions
from tiles.models import Dataset, Edition
from tourism.models import Place

pytestmark = pytest.mark.django_db

LON, LAT = MARKET
PHARMACY = {
    "type": "node", "id": 1, "lon": LON, "lat": LAT,
    "tags": {
        "amenity": "pharmacy", "name": "Nhà thuốc Hoa Hồng", "name:en": "Rose Pharmacy",
        "contact:phone": "0263 382 2663",
        "opening_hours": "Mo-Sa 07:00-21:00", "wheelchair": "limited", "website": "https://www.example.com/hoa-hong",
        "addr:housenumber": "12", "addr:street": "Phan Đình Phùng", "addr:city": "Đà Lạt",
    },
}  # fmt: skip
CORNERS = [
    {"type": "node", "id": 10 + number, "lon": LON + east, "lat": LAT + north}
    for number, (east, north) in enumerate([(0, 0), (0.001, 0), (0.001, 0.002), (0, 0.002)])
]
HOTEL = {
    "type": "way", "id": 7, "nodes": [10, 11, 12, 13, 10],
    "tags": {"building": "yes", "tourism": "hotel", "name": "Khách sạn Thông Xanh", "stars": "3"},
}  # fmt: skip
RING = {"type": "way", "id": 9, "nodes": [10, 11, 12, 13, 10]}
MUSEUM = {
    "type": "relation", "id": 5, "members": [{"type": "way", "ref": 9, "role": "outer"}],
    "tags": {"type": "multipolygon", "tourism": "museum", "name": "Bảo tàng Phố Núi"},
}  # fmt: skip
BENCH = {"type": "node", "id": 2, "lon": LON, "lat": LAT, "tags": {"amenity": "bench"}}
ELEMENTS = [PHARMACY, *CORNERS, HOTEL, RING, MUSEUM, BENCH]


def stage(path: Path, dataset: str = "osm", repairs: frozenset[str] = frozenset()) -> Edition:
    """Send a file along the one road until it is staged and checked."""
    kept, _ = Dataset.objects.get_or_create(layer="places", code=dataset, defaults={"title_vi": dataset})
    now = timezone.now()
    delivery = editions.receive(kept, path, by=None, now=now)
    options = editions.pipeline.Options(repairs=repairs)
    edition = editions.stage(delivery, by=None, now=now, options=options)
    if edition.state == "staged":
        editions.check(edition, now=now)
        edition.refresh_from_db()
    return edition


def overpass(folder: Path, *elements: dict[str, Any]) -> Path:
    return write_overpass(folder / "osm.json", elements)


def pharmacy(number: int = 1, **tags: str) -> dict[str, Any]:
    return {**PHARMACY, "id": number, "tags": {**PHARMACY["tags"], **tags}}  # type: ignore[dict-item]


def issues(edition: Edition) -> dict[str, dict[str, Any]]:
    return {issue.code: issue.values for issue in edition.issues.all()}


def feature(element: dict[str, Any], geometry: dict[str, Any], *, nested: bool) -> dict[str, Any]:
    reference = f"{element['type']}/{element['id']}"
    flat = {"@id": reference, **element["tags"]}
    deep = {"type": element["type"], "id": element["id"], "tags": element["tags"], "relations": [], "meta": {}}
    return {"type": "Feature", "id": reference, "properties": deep if nested else flat, "geometry": geometry}


def geojson(folder: Path, *, nested: bool, doors: tuple[dict[str, Any], ...] = ()) -> Path:
    ring = [[one["lon"], one["lat"]] for one in (*CORNERS, CORNERS[0])]
    area = {"type": "Polygon", "coordinates": [ring]}
    drawn = [(one, {"type": "Point", "coordinates": [one["lon"], one["lat"]]}) for one in (PHARMACY, BENCH, *doors)]
    features = [
        feature(element, geometry, nested=nested) for element, geometry in ((HOTEL, area), (MUSEUM, area), *drawn)
    ]
    path = folder / "osm.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False))
    return path


DOORS = (
    {**CORNERS[0], "tags": {"entrance": "yes"}},
    {**CORNERS[1], "tags": {"entrance": "main"}},
    {**CORNERS[2], "tags": {"entrance": "main"}},
)


@pytest.mark.parametrize("form", ["overpass", "geojson", "pbf"])
def test_the_main_entrance_of_a_building_is_kept_beside_its_middle(tmp_path: Path, form: str) -> None:
    elements = [*DOORS, CORNERS[3], PHARMACY, HOTEL, RING, MUSEUM]
    write = {
        "overpass": lambda: overpass(tmp_path, *elements),
        "geojson": lambda: geojson(tmp_path, nested=False, doors=DOORS),
        "pbf": lambda: write_pbf(tmp_path / "dalat.osm.pbf", elements),
    }
    edition = stage(write[form]())
    places = {place.reference: place for place in Place.objects.of(edition)}
    for area in ("way/7", "relation/5"):
        assert places[area].entrance == pytest.approx((LON + 0.001, LAT), abs=1e-7)
        assert places[area].lon_lat == pytest.approx((LON + 0.0005, LAT + 0.001), abs=1e-6)
        assert places[area].way_in == places[area].entrance
    assert places["node/1"].way_in == places["node/1"].lon_lat
    assert "entrance" not in str(issues(edition))


@pytest.mark.parametrize("form", ["overpass", "geojson", "geojson with tags apart", "pbf"])
def test_every_form_of_an_extract_becomes_the_same_places(tmp_path: Path, form: str) -> None:
    write = {
        "overpass": lambda: overpass(tmp_path, *ELEMENTS),
        "geojson": lambda: geojson(tmp_path, nested=False),
        "geojson with tags apart": lambda: geojson(tmp_path, nested=True),
        "pbf": lambda: write_pbf(tmp_path / "dalat.osm.pbf", ELEMENTS),
    }
    edition = stage(write[form]())
    places = {place.reference: place for place in Place.objects.of(edition)}
    assert edition.state == "checked"
    assert {reference: place.category for reference, place in places.items()} == {
        "node/1": "pharmacy", "way/7": "hotel", "relation/5": "museum",
    }  # fmt: skip
    found = places["node/1"]
    assert (found.code, found.group, found.source) == ("osm-node-1", "utilities", "osm")
    assert (found.name, found.name_en, found.phone) == ("Nhà thuốc Hoa Hồng", "Rose Pharmacy", "0263 382 2663")
    assert (found.opening_hours, found.wheelchair) == ("Mo-Sa 07:00-21:00", "limited")
    assert (found.address, found.website) == ("12 Phan Đình Phùng, Đà Lạt", "https://www.example.com/hoa-hong")
    assert (found.lon, found.lat) == pytest.approx(MARKET, abs=1e-6)
    assert places["way/7"].stars == 3
    # An area stands where its middle is.
    assert (places["way/7"].lon, places["way/7"].lat) == pytest.approx((LON + 0.0005, LAT + 0.001), abs=1e-6)
    assert issues(edition) == {"osm-unknown-kind": {"count": 1, "tags": "amenity=bench (1)"}}


def test_a_shop_for_tickets_is_a_coach_operators_only_when_it_says_so(tmp_path: Path) -> None:
    shop = {"name": "Phòng vé", "shop": "ticket"}
    coaches = {**PHARMACY, "tags": {**shop, "tickets:long_distance_bus": "yes"}}
    edition = stage(overpass(tmp_path, coaches, {**PHARMACY, "id": 2, "tags": shop}))
    assert Place.objects.of(edition).get().category == "coach"
    assert issues(edition) == {"osm-unknown-kind": {"count": 1, "tags": "shop=ticket (1)"}}


def test_the_licence_is_openstreetmaps_whoever_hands_the_file_over(tmp_path: Path) -> None:
    delivery = stage(overpass(tmp_path, *ELEMENTS)).delivery
    delivery.refresh_from_db()
    assert (delivery.supplier, delivery.licence) == ("© OpenStreetMap contributors", "ODbL 1.0")


@pytest.mark.parametrize("asked", ["center", "bounds", "geometry"])
def test_overpass_may_tell_the_place_of_a_way_in_three_ways(tmp_path: Path, asked: str) -> None:
    told = {
        "center": {"lon": LON, "lat": LAT},
        "bounds": {"minlon": LON - 1e-3, "minlat": LAT, "maxlon": LON + 1e-3, "maxlat": LAT},
        "geometry": [{"lon": LON - 1e-3, "lat": LAT}, {"lon": LON + 1e-3, "lat": LAT}],
    }
    edition = stage(overpass(tmp_path, {**HOTEL, "nodes": [], asked: told[asked]}))
    place = Place.objects.of(edition).get()
    assert (place.lon, place.lat) == pytest.approx(MARKET, abs=1e-6)


def test_what_cannot_be_shown_is_left_out_and_counted(tmp_path: Path) -> None:
    far = {**pharmacy(3), "lon": 105.85, "lat": 21.03}
    nameless = {**PHARMACY, "id": 4, "tags": {"amenity": "atm"}}
    placeless = {**HOTEL, "nodes": []}
    edition = stage(overpass(tmp_path, PHARMACY, far, nameless, placeless))
    assert Place.objects.of(edition).count() == 1
    assert issues(edition) == {
        "osm-outside": {"count": 1, "elements": "Nhà thuốc Hoa Hồng (node/3)"},
        "osm-nameless": {"count": 1}, "osm-placeless": {"count": 1},
    }  # fmt: skip
    assert edition.state == "checked"


def test_an_extract_of_another_city_is_refused(tmp_path: Path) -> None:
    edition = stage(overpass(tmp_path, {**PHARMACY, "lon": 105.85, "lat": 21.03}))
    assert edition.state == "rejected"
    assert issues(edition) == {"osm-nothing": {"count": 1}}


def test_what_is_no_element_is_passed_over(tmp_path: Path) -> None:
    odd: list[Any] = [
        7, None, {"type": "node"}, {"type": "node", "id": "1"}, {"type": "lane", "id": 2, "tags": {"amenity": "atm"}},
        {"type": "way", "id": 3, "nodes": "all", "tags": PHARMACY["tags"]},
        {"type": "way", "id": 4, "tags": ["amenity", "atm"]},
        {"type": "relation", "id": 5, "members": [{"type": {}, "ref": []}, 3], "tags": PHARMACY["tags"]},
        {**PHARMACY, "id": 6, "lat": "eleven"},
    ]  # fmt: skip
    edition = stage(overpass(tmp_path, PHARMACY, *odd))
    assert [place.reference for place in Place.objects.of(edition)] == ["node/1"]
    assert issues(edition) == {"osm-placeless": {"count": 3}}


@pytest.mark.parametrize("form", ["json", "pbf"])
def test_an_extract_cut_short_is_refused(tmp_path: Path, form: str) -> None:
    whole = overpass(tmp_path, *ELEMENTS) if form == "json" else write_pbf(tmp_path / "dalat.osm.pbf", ELEMENTS)
    whole.write_bytes(whole.read_bytes()[:-40])
    edition = stage(whole)
    assert edition.state == "rejected"
    assert set(issues(edition)) == {"corrupt"}


def test_a_value_that_does_not_fit_is_left_out_and_its_place_stays(tmp_path: Path) -> None:
    edition = stage(overpass(tmp_path, pharmacy(stars="4S", wheelchair="ask inside")))
    place = Place.objects.of(edition).get()
    assert (place.stars, place.wheelchair) == (None, "")
    assert {issue.values["value"] for issue in edition.issues.filter(code="value-left-out")} == {"4S", "ask inside"}


def test_values_as_long_as_openstreetmap_takes_them_are_kept(tmp_path: Path) -> None:
    website, name = f"https://www.example.com/{'a' * 231}", "Quán Có Tên Dài " * 15 + "Nhất Đà Lạt 123"
    long = {"name": name, "name:en": name, "website": website, "opening_hours": "sáng " * 51}
    edition = stage(overpass(tmp_path, pharmacy(**long, **{"contact:phone": "9" * 255})))
    place = Place.objects.of(edition).get()
    assert (len(name), place.name, place.name_en) == (255, name, name)
    assert (place.website, len(place.opening_hours), len(place.phone)) == (website, 254, 255)
    assert set(issues(edition)) == {"hours-unreadable", "phone-unreadable"}


def test_hours_and_phones_that_cannot_be_read_are_kept_and_marked(tmp_path: Path) -> None:
    edition = stage(overpass(tmp_path, pharmacy(**{"opening_hours": "sáng đến tối", "contact:phone": "gọi cô Ba"})))
    place = Place.objects.of(edition).get()
    assert (place.opening_hours, place.phone) == ("sáng đến tối", "gọi cô Ba")
    assert place.phones == [("gọi cô Ba", "")]
    assert issues(edition) == {
        "hours-unreadable": {"hours": "sáng đến tối"}, "phone-unreadable": {"phone": "gọi cô Ba"},
    }  # fmt: skip
    assert edition.state == "checked"


@pytest.fixture
def ten_live(tmp_path: Path) -> Edition:
    edition = stage(overpass(tmp_path, *(pharmacy(number, name=f"Nhà thuốc {number}") for number in range(1, 11))))
    Edition.objects.filter(pk=edition.pk).update(
        state="live", published=timezone.now(), approved_sha256=edition.content_sha256
    )
    Place.objects.of(edition).update(live=True)
    return edition


def test_half_a_file_is_stopped_with_a_question_until_somebody_answers_it(tmp_path: Path, ten_live: Edition) -> None:
    half = overpass(tmp_path, *(pharmacy(number, name=f"Nhà thuốc {number}") for number in range(1, 6)))
    stopped = stage(half)
    assert stopped.state == "staged"
    asked = issues(stopped)["rows-missing"]
    assert (asked["rows"], asked["live"], asked["missing"]) == (5, 10, 5)
    assert "Nhà thuốc 6 (osm-node-6)" in asked["examples"]
    assert stage(half, repairs=frozenset({"rows-missing"})).state == "checked"


def test_a_fifth_may_be_missing_without_a_question(tmp_path: Path, ten_live: Edition) -> None:
    rest = overpass(tmp_path, *(pharmacy(number, name=f"Nhà thuốc {number}") for number in range(1, 9)))
    assert stage(rest).state == "checked"


def test_openstreetmap_never_comes_into_the_registers_dataset(tmp_path: Path) -> None:
    headings = "MA,TEN,LOAI,KINH_DO,VI_DO\n"
    (tmp_path / "register.csv").write_text(f"{headings}LT1,Khách sạn Thông Xanh,hotel,{LON},{LAT}\n")
    register = stage(tmp_path / "register.csv", "lodging")
    assert Place.objects.of(register).get().source == "register"
    Edition.objects.filter(pk=register.pk).update(state="live", approved_sha256=register.content_sha256)
    blended = stage(overpass(tmp_path, *ELEMENTS), "lodging")
    assert blended.state == "staged"
    assert "source-changed" in issues(blended)
