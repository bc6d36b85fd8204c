"""Photos of places as visitors see them, and the page on which the tourist office keeps them."""

import io
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.portal.pictures import HOSTILE, animation, photo
from tests.tourism.events.make import make_steward
from tests.tourism.make import MARKET, make_place
from tests.tourism.photos.make import make_photo
from tests.tourism.test_pages import linked_data
from tourism.models import Place
from tourism.photos import changes
from tourism.photos.models import Photo

pytestmark = pytest.mark.django_db
FACTS = {"author": "Trần Lan", "licence": "CC-BY-SA-4.0", "source": "Sở Du lịch", "alt_vi": "", "alt_en": ""}
PATH = "/en/places/lake/photos"


@pytest.fixture
def lake() -> Place:
    return make_place("lake", name="Hồ", category="attraction")


@pytest.fixture
def steward(lake: Place) -> Client:
    client = Client()
    client.force_login(make_steward())
    return client


def upload(client: Client, *files: tuple[str, bytes], **facts: str) -> Any:
    sent = [SimpleUploadedFile(name, raw, "image/jpeg") for name, raw in files]
    return client.post(PATH, {**FACTS, **facts, "files": sent}, follow=True)


def hide(kept: Photo) -> None:
    changes.hide(kept, by=make_steward(), now=timezone.now())


def test_a_page_shows_photos_with_author_licence_and_room_kept_for_them(client: Client, lake: Place) -> None:
    kept = make_photo(lake, photo((3000, 2000)), alt_en="The lake at dawn")
    page = client.get("/en/places/lake").content.decode()
    [tag] = re.findall(r"<img (?!class=\"qr\")[^>]*>", page)
    assert f'src="{kept.small}" srcset="{kept.small} 640w, {kept.large} 1600w"' in tag
    assert 'width="640" height="427" alt="The lake at dawn" loading="lazy"' in tag
    caption = page[page.index("<figcaption>") : page.index("</figcaption>")]
    for words in ("Trần Lan", "CC BY 4.0", "creativecommons.org/licenses/by/4.0/"):
        assert words in caption
    assert "href" not in caption
    assert f'<a href="{kept.large}">' in page


def test_what_a_photo_shows_names_its_language_when_it_falls_back(client: Client, lake: Place) -> None:
    make_photo(lake, alt_vi="Mặt hồ")
    assert 'alt="Mặt hồ" lang="vi"' in client.get("/en/places/lake").content.decode()
    assert 'alt="Mặt hồ" loading' in client.get("/places/lake").content.decode()


def test_words_of_a_photo_cannot_break_out_of_the_page(client: Client, lake: Place) -> None:
    evil = '"><script>alert(1)</script></script>'
    make_photo(lake, alt_vi=evil, author=evil, source=evil)
    page = client.get("/places/lake").content.decode()
    assert "<script>alert" not in page
    assert linked_data(page)["image"][0]["caption"] == evil


def test_programs_and_search_engines_are_told_of_photos(client: Client, lake: Place) -> None:
    first, second = make_photo(lake, alt_en="Dawn"), make_photo(lake, licence="city")
    hide(make_photo(lake))
    [image, own] = linked_data(client.get("/places/lake").content.decode())["image"]
    assert image["contentUrl"] == f"{settings.SITE_URL}{first.large}"
    assert (image["creditText"], image["license"]) == ("Trần Lan", "https://creativecommons.org/licenses/by/4.0/")
    assert "license" not in own
    told = client.get("/api/v1/places/lake?lang=en").json()["properties"]["details"]["photos"]
    assert told[0] == {
        "url": first.large, "width": 900, "height": 600, "alt": "Dawn", "alt_lang": "en", "author": "Trần Lan",
        "licence": "CC-BY-4.0",
    }  # fmt: skip
    assert (told[1]["url"], told[1]["alt"], told[1]["licence"]) == (second.large, "Mặt hồ", "city")
    assert len(told) == 2
    assert client.get(told[0]["url"]).status_code == 200
    assert "photos" not in json.dumps(client.get("/api/v1/places").json())
    make_place("bare")
    assert client.get("/api/v1/places/bare").json()["properties"]["details"]["photos"] == []


def test_a_picture_is_served_for_ever_as_what_it_is_and_nothing_else(client: Client, lake: Place) -> None:
    kept = make_photo(lake)
    for address, size in ((kept.large, (900, 600)), (kept.small, (640, 427))):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/webp"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert (answer["X-Content-Type-Options"], answer["Content-Disposition"]) == ("nosniff", "inline")
        assert not answer.cookies
        assert "Cookie" not in answer["Vary"]
        assert Image.open(io.BytesIO(answer.content)).size == size
    for wrong in (kept.large.replace("large", "huge"), kept.large.replace(kept.token, "0" * 32)):
        assert client.get(wrong).status_code == 404


def test_a_hidden_photo_exists_for_those_who_keep_the_places_only(client: Client, steward: Client, lake: Place) -> None:
    kept = make_photo(lake)
    hide(kept)
    assert client.get(kept.large).status_code == 404
    assert steward.get(kept.large)["Cache-Control"] == "private, no-store"
    assert kept.small not in client.get("/places/lake").content.decode()


def test_a_picture_whose_file_is_lost_is_not_found(client: Client, lake: Place) -> None:
    kept = make_photo(lake)
    Photo.objects.update(token="lost")
    assert client.get(kept.large.replace(kept.token, "lost")).status_code == 404


def test_lists_show_the_first_photo_by_one_question_more(
    client: Client, lake: Place, django_assert_max_num_queries: Any
) -> None:
    first = make_photo(lake)
    second = make_photo(lake)
    for number in range(12):
        make_photo(make_place(f"p{number}", MARKET))
    client.get("/places/")  # the first asking of a connection prepares its statements
    with django_assert_max_num_queries(10):
        page = client.get("/places/").content.decode()
    assert first.small in page
    assert second.small not in page
    assert page.count('class="card-photo"') == 13
    with django_assert_max_num_queries(12):
        client.get("/places/lake")


def test_a_steward_adds_several_files_and_is_told_of_each_that_is_refused(steward: Client, client: Client) -> None:
    answer = upload(
        steward, ("../../ho.jpg", photo((90, 60))), ("bom<b>.png", HOSTILE["bomb"][0]()), ("gif.webp", animation())
    )
    page = answer.content.decode()
    assert "1 photo was kept. Say below what each shows" in page
    assert "“bom&lt;b&gt;.png” was not kept: it has, or unfolds to, more than 40 million pixels." in page
    assert "“gif.webp” was not kept: it moves." in page
    kept = Photo.objects.get()
    assert kept.hidden
    assert "ho.jpg" not in kept.small
    assert kept.small not in client.get("/places/lake").content.decode()
    saved = steward.post(f"{PATH}/{kept.pk}", {**FACTS, "alt_vi": "Mặt hồ", "do": "save"}, follow=True)
    assert "Saved." in saved.content.decode()
    steward.post(f"{PATH}/{kept.pk}", {"do": "show"})
    assert kept.small in client.get("/places/lake").content.decode()


def test_when_nothing_is_kept_what_was_written_stays(steward: Client) -> None:
    answer = upload(steward, ("a.svg", b"<svg/>"), author="Nguyễn Mai", alt_vi="Đồi chè")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "“a.svg” was not kept: it is no JPEG, PNG or WebP picture." in page
    assert 'value="Nguyễn Mai"' in page
    assert upload(steward).status_code == 400
    assert upload(steward, *[("a.jpg", b"x")] * 13).status_code == 400


def test_facts_are_checked(steward: Client, lake: Place) -> None:
    kept = make_photo(lake)
    for wrong in (
        {"author": ""},
        {"licence": "mine"},
        {"taken_on": "2999-01-01"},
        {"alt_vi": "x" * 251},
        {"alt_vi": ""},
        {"alt_vi": "\0"},
    ):
        answer = steward.post(f"{PATH}/{kept.pk}", {**FACTS, "alt_vi": "Hồ", "do": "save", **wrong})
        assert answer.status_code == 400, wrong
        assert 'class="error"' in answer.content.decode()
    kept.refresh_from_db()
    assert (kept.author, kept.alt_vi) == ("Trần Lan", "Mặt hồ")


def test_the_page_hides_sorts_and_tells_the_history(steward: Client, lake: Place) -> None:
    first, second = make_photo(lake, alt_vi="Một"), make_photo(lake, alt_vi="Hai")
    steward.post(f"{PATH}/{second.pk}", {"do": "up"})
    steward.post(f"{PATH}/{first.pk}", {"do": "hide"})
    page = steward.get(PATH).content.decode()
    assert page.index(second.small) < page.index(first.small)
    history = page[page.index("What was changed") :].split("</details>")[0]
    assert history.count("<li>") == 5
    assert "hidden" in history
    assert "lan" in history


def test_a_photo_is_changed_at_its_own_place_only(steward: Client, lake: Place) -> None:
    other = make_photo(make_place("market"))
    assert steward.post(f"{PATH}/{other.pk}", {"do": "hide"}).status_code == 404
    assert steward.get("/en/places/nowhere/photos").status_code == 404
    other.refresh_from_db()
    assert not other.hidden
