import pytest
from django.test import Client

from portal.search.find import find
from tests.tourism.make import MARKET, STATION, make_place

pytestmark = pytest.mark.django_db


def test_exact_comes_before_beginning_before_part() -> None:
    make_place("c", name="Quán Thông Xanh")
    make_place("b", name="Thông Xanh Quán")
    make_place("a", name="Thông Xanh")
    hits = find("thong xanh", limit=10, language="vi")
    assert [hit.code for hit in hits if hit.layer == "places"] == ["a", "b", "c"]


def test_a_typing_mistake_is_forgiven_only_when_nothing_fits() -> None:
    make_place("a", name="Thác Datanla", category="waterfall")
    assert [hit.code for hit in find("thac datalna", limit=5, language="vi") if hit.layer == "places"] == ["a"]


def test_the_nearer_of_two_alike_comes_first() -> None:
    make_place("a-far", STATION, name="ATM Vietinbank")
    make_place("b-near", MARKET, name="ATM Vietinbank")
    hits = find("vietinbank", limit=5, language="vi", near=MARKET)
    assert [hit.code for hit in hits] == ["b-near", "a-far"]


def test_a_coordinate_is_a_hit_that_leads_to_the_map() -> None:
    hit = find("11.9404, 108.4419", limit=5, language="vi")[0]
    assert hit.kind == "coordinate"
    assert hit.url == "/?z=17&lon=108.441900&lat=11.940400"
    assert "1.320.566,8" in hit.subtitle


def test_addresses_carry_the_language() -> None:
    make_place("a", name="Thông Xanh", name_en="Green Pine")
    [hit] = find("green pine", limit=5, language="en")
    assert (hit.title, hit.url) == ("Green Pine", "/en/places/a")


def test_a_layer_is_found_by_its_name() -> None:
    assert "layer" in {hit.kind for hit in find("places", limit=5, language="en")}


def test_the_api_answers_the_contract(client: Client) -> None:
    make_place("a", name="Thông Xanh")
    answer = client.get("/api/v1/search?q=Thông+Xanh&limit=3&near=108.44,11.94").json()
    assert answer["query"] == "Thông Xanh"
    assert set(answer["results"][0]) == {"kind", "code", "title", "subtitle", "url", "lon", "lat", "layer"}


@pytest.mark.parametrize("query", ["", "q=a&limit=0", "q=a&limit=999", "q=a&lang=fr", "q=a&near=x", "q=a&x=1", "q=%00"])
def test_a_bad_question_is_a_problem(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    assert response.json()["type"] == "bad-parameter"


def test_an_empty_question_has_an_empty_answer(client: Client) -> None:
    assert client.get("/api/v1/search?q=").json() == {"query": "", "results": []}
