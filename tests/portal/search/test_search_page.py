import pytest
from django.test import Client

from tests.planning.conftest import block
from tests.tourism.make import make_place

__all__ = ["block"]
pytestmark = pytest.mark.django_db


def test_the_page_lists_what_is_found_and_keeps_what_was_typed(client: Client) -> None:
    make_place("a", name="Thông Xanh")
    page = client.get("/search/?q=thong+xanh").content.decode()
    assert 'href="/places/a"' in page
    assert 'value="thong xanh"' in page


def test_nothing_found_offers_the_next_step(client: Client) -> None:
    page = client.get("/en/search/?q=qqqqqqq").content.decode()
    assert "Nothing found for “qqqqqqq”." in page
    assert "What you can type" in page


def test_a_certificate_typed_in_parts_is_one_question(client: Client) -> None:
    page = client.get("/search/?ward=p4&sheet=12&number=345").content.decode()
    assert 'value="tờ 12 thửa 345 p4"' in page


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("ward", ["Phường 1, Đà Lạt", "phường I", "F1"])
def test_the_form_of_a_certificate_knows_the_ward_as_it_is_written_there(client: Client, ward: str) -> None:
    page = client.get("/search/", {"ward": ward, "sheet": "số 12", "number": "345"}).content.decode()
    assert 'href="/parcels/p1-12-345"' in page
    assert "p2-12-345" not in page


@pytest.mark.parametrize("question", ["%00", "<script>alert(1)</script>", "%25_", "'\"", "a" * 5000, "12/", "tờ thửa"])
def test_strange_questions_do_no_harm(client: Client, question: str) -> None:
    response = client.get("/search/", {"q": question})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
