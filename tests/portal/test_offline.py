"""What lets the portal be installed and read without a line, as the server answers it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

pytestmark = pytest.mark.django_db


def kept(client: Client) -> dict[str, Any]:
    text = client.get("/service-worker.js").content.decode()
    found: dict[str, Any] = json.loads(text[text.index("{") : text.index(";\n")])
    return found


def test_worker_rules_the_whole_site_and_is_asked_for_anew_each_time(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert not re.search(r"https?:", answer.content.decode())


def test_worker_keeps_only_what_is_there_and_open_to_everybody(client: Client) -> None:
    everything = kept(client)
    for address in (*everything["pages"], *everything["answers"]):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies
    files = [*everything["paper"], *everything["map"]]
    missing = [address for address in files if not finders.find(address.removeprefix(settings.STATIC_URL))]
    assert not missing
    assert any("maplibre-gl.mjs" in address for address in everything["map"])
    assert {"/emergency", "/en/emergency", "/offline", "/en/offline"} <= set(everything["pages"])


@pytest.mark.parametrize(("home", "language"), [("/", "vi"), ("/en/", "en")])
def test_manifest_has_the_name_and_the_start_of_its_language(client: Client, home: str, language: str) -> None:
    page = client.get(home).content.decode()
    found = re.search(r'<link rel="manifest" href="([^"]+)"', page)
    assert found
    answer = client.get(found[1])
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert (manifest["lang"], manifest["start_url"], manifest["scope"]) == (language, home, "/")
    assert manifest["name"].startswith("Đà Lạt")
    assert 'name="theme-color"' in page
    for icon in manifest["icons"]:
        path = finders.find(icon["src"].removeprefix(settings.STATIC_URL))
        if icon["sizes"] != "any":
            assert "{}x{}".format(*Image.open(Path(str(path))).size) == icon["sizes"]


def test_pages_of_a_session_are_kept_by_nobody(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user("mai"))
    for address in ("/", "/places/", "/emergency", "/api/v1/places"):
        assert client.get(address)["Cache-Control"] == "private, no-store"
    assert client.get("/tiles/layers.json")["Cache-Control"] == "public, max-age=60", "the same for everybody"


def test_pages_without_a_session_may_be_kept(client: Client) -> None:
    for address in ("/", "/emergency", "/places/"):
        assert "no-store" not in client.get(address).get("Cache-Control", "")


def test_every_page_carries_the_place_where_a_copy_says_so(client: Client) -> None:
    # The worker finds these very letters.
    for address in ("/", "/en/", "/emergency", "/en/offline", "/places/"):
        page = client.get(address).content.decode()
        assert page.count('id="kept" role="status" hidden') == page.count("<time data-kept></time>") == 1
