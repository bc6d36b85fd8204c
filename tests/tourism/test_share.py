"""Handing a place over: its address as text, as a QR code and as what other sites show of a link."""

import re
from html import unescape

import pytest
import segno
from django.conf import settings
from django.test import Client

from tests.tourism.make import make_edition, make_place

pytestmark = pytest.mark.django_db


def drawn(svg: str) -> str:
    """Return the path a code is drawn with."""
    found = re.search(r' d="([^"]+)"', svg)
    assert found
    return found[1]


def test_the_code_is_that_of_the_page_in_the_readers_language(client: Client) -> None:
    make_place("inn")
    for path in ("/places/inn", "/en/places/inn"):
        answer = client.get(f"{path}/qr.svg")
        assert answer["Content-Type"] == "image/svg+xml"
        expected = segno.make(f"{settings.SITE_URL}{path}", error="l", micro=False).svg_inline(omitsize=True)
        assert drawn(answer.content.decode()) == drawn(expected)


def test_a_code_is_drawn_of_what_the_public_sees_only(client: Client) -> None:
    make_place("old", live=False, edition=make_edition(state="retired"))
    make_place("draft", live=False, edition=make_edition("draft", state="staged"))
    answers = [client.get(f"/places/{code}/qr.svg").status_code for code in ("old", "draft", "nowhere")]
    assert answers == [410, 404, 404]


def test_the_page_tells_its_one_address_and_what_a_link_to_it_shows(client: Client) -> None:
    make_place("inn", name='Nhà trọ "Thông"', category="hotel", address="12 Phan Đình Phùng", teaser_en="Quiet")
    page = client.get("/en/places/inn?utm_source=x").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}/en/places/inn">' in page
    assert f'readonly value="{settings.SITE_URL}/en/places/inn"' in page
    told = {name: unescape(text) for name, text in re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page)}
    assert told["title"] == 'Nhà trọ "Thông"'
    assert told["description"] == "Hotel, 12 Phan Đình Phùng. Quiet"
    assert told["url"] == f"{settings.SITE_URL}/en/places/inn"
    assert "image" not in told


@pytest.mark.parametrize(("path", "word"), [("/places/inn", "Chia sẻ"), ("/en/places/inn", "Share")])
def test_the_button_that_hands_a_place_on_says_so(client: Client, path: str, word: str) -> None:
    make_place("inn")
    page = client.get(path).content.decode()
    assert re.findall(r'data-share [^>]*><button class="button" type="button">([^<]+)</button>', page) == [word]
