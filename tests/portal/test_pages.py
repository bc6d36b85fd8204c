"""The frame of every page: language, offline world, strict policy, weight, and words that exist."""

import ast
import gzip
import re
import unicodedata
from gettext import GNUTranslations, NullTranslations
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

pytestmark = pytest.mark.django_db

PORTAL = Path(settings.BASE_DIR) / "portal"
MODULES = sorted((PORTAL / "static/portal/js").glob("*.js"))
MAP_TEXTS = (PORTAL / "templates/components/_map_texts.html").read_text(encoding="utf-8")
FIRST_PAGE_BYTES = 60_000


class Page(HTMLParser):
    """The tags of a page, each with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_home_speaks_vietnamese_and_english_has_its_own_address(client: Client) -> None:
    assert '<html lang="vi">' in read(client, "/")
    assert '<html lang="en">' in read(client, "/en/")


def test_language_switch_keeps_the_view(client: Client) -> None:
    switch = [link for link in Page(read(client, "/?z=15&sel=parcels/p1-1-2")).all("a") if "data-language" in link]
    assert [link["href"] for link in switch] == ["/en/?z=15&sel=parcels/p1-1-2"]
    back = [link for link in Page(read(client, "/en/?z=15")).all("a") if "data-language" in link]
    assert [link["href"] for link in back] == ["/?z=15"]


def test_home_without_a_map_leads_to_parcels_places_and_reports(client: Client) -> None:
    page = Page(read(client, "/"))
    fields = {field.get("name") for field in page.all("input")}
    assert {"sheet", "number", "ward"} <= fields
    assert {"/places/", "/report/"} <= {link["href"] for link in page.all("a")}


def test_a_shared_map_leads_to_what_it_shows_without_a_map_too(client: Client) -> None:
    links = {link["href"] for link in Page(read(client, "/en/?on=2024-03-01&sel=parcels/p10-12-45&z=17")).all("a")}
    assert "/en/parcels/p10-12-45?on=2024-03-01" in links
    assert "/places/atm-1" in {link["href"] for link in Page(read(client, "/?sel=places/atm-1")).all("a")}
    for sel in ("parcels/", "nothing/x", "parcels/%22%3E%3Cscript%3E", "point/108.44,11.94"):
        assert "What this map shows" not in (page := read(client, f"/en/?sel={sel}")) or "<script>" not in page


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/search/?q=", "/places/", "/events/", "/report/", "/accounts/login/"]
)
def test_page_loads_nothing_from_an_outside_host(client: Client, address: str) -> None:
    loading = {"script": "src", "link": "href", "img": "src", "form": "action", "iframe": "src", "source": "src"}
    for tag, attributes in Page(read(client, address)).tags:
        target = attributes.get(loading.get(tag, "")) or ""
        assert not re.match(r"(\w+:)?//", target), target


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/search/?q=", "/places/", "/events/", "/report/", "/accounts/login/"]
)
def test_page_has_no_inline_style_and_no_script_the_policy_refuses(client: Client, address: str) -> None:
    page = Page(read(client, address))
    assert not [tag for tag, attributes in page.tags if "style" in attributes or tag == "style"]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    data = {"application/json", "application/ld+json"}
    inline = [script for script in page.all("script") if "src" not in script and script.get("type") not in data]
    assert all(script.get("nonce") for script in inline)


@pytest.mark.parametrize("address", ["/", "/places/", "/events/", "/report/"])
def test_page_has_one_title_one_main_and_a_way_past_the_header(client: Client, address: str) -> None:
    page = Page(read(client, address))
    assert len(page.all("main")) == len(page.all("h1")) == 1
    assert page.all("main")[0]["id"] == "main"
    assert page.all("a")[0]["href"] == "#main"


def test_a_slash_too_many_leads_to_the_page_before_it(client: Client) -> None:
    for address in ("/emergency", "/en/places/map", "/figures/tourism", "/events/none", "/offline", "/owner/a%20b"):
        answer = client.get(f"{address}/?near=h%E1%BB%93")
        assert (answer.status_code, answer["Location"]) == (301, f"{address}?near=h%E1%BB%93")
    for address in ("/nowhere/", "/emergency//", "/emergencyx", "/api/v1/places/"):
        assert client.get(address).status_code == 404
    assert client.post("/emergency/").status_code == 404


def test_unknown_address_offers_the_next_step_in_the_readers_language(client: Client) -> None:
    assert "Không tìm thấy trang" in read(client, "/khong-co/", 404)
    english = read(client, "/en/nothing/", 404)
    assert "Page not found" in english
    assert {"/en/", "/en/search/", "/en/report/"} <= {link["href"] for link in Page(english).all("a")}


@pytest.mark.parametrize("template", ["500.html", "503.html"])
def test_failure_pages_need_no_request_and_speak_both_languages(template: str) -> None:
    page = Page(render_to_string(template))
    assert {"vi", "en"} <= {heading.get("lang") for heading in page.all("h1") + page.all("h2")}


def test_first_page_weighs_at_most_60_kb_before_the_map(client: Client) -> None:
    html = read(client, "/")
    links = Page(html).all("link")
    wanted = [link["href"] for link in links if link.get("rel") in ("preload", "icon")]
    wanted += [link["href"] for link in links if link.get("rel") == "stylesheet" and "vendor" not in str(link["href"])]
    weight = len(gzip.compress(html.encode()))
    for address in wanted:
        if "bold" not in str(address):
            weight += compressed(str(address))
    assert 20_000 < weight <= FIRST_PAGE_BYTES


def compressed(address: str) -> int:
    found = finders.find(address.removeprefix(settings.STATIC_URL))
    assert found, f"{address} is not there: run ./city setup"
    content = Path(found).read_bytes()
    return len(content) if found.endswith(".woff2") else len(gzip.compress(content))


def test_import_map_names_every_module_that_another_imports(client: Client) -> None:
    imported = {name for module in MODULES for name in re.findall(r'from "([^"]+)"', module.read_text("utf-8"))}
    mapped = dict(re.findall(r'"([^"]+)": "(/static/[^"]+)"', read(client, "/")))
    assert imported == set(mapped)
    assert all(finders.find(address.removeprefix(settings.STATIC_URL)) for address in mapped.values())


def test_map_finds_every_text_it_asks_for() -> None:
    code = "\n".join(module.read_text("utf-8") for module in MODULES)
    asked = set(re.findall(r'\btext\("([\w-]+)"', code)) | set(re.findall(r'"[\w.]+\.\w+": "([a-z-]+)"', code))
    assert len(asked) > 30
    assert asked <= set(re.findall(r'data-text="([\w-]+)"', MAP_TEXTS))


def test_every_word_of_the_pages_has_its_vietnamese(client: Client) -> None:
    missing = [word for word in words_of_templates() if not translated(word)]
    assert not missing


class Missing(NullTranslations):
    """Says nothing of what a catalogue lacks."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


def test_every_word_of_the_code_has_its_vietnamese() -> None:
    with (PORTAL / "locale/vi/LC_MESSAGES/django.mo").open("rb") as file:
        catalogue = GNUTranslations(file)
    catalogue.add_fallback(Missing())
    words = words_of_code()
    assert len(words) > 500
    assert sorted(word for word in words if not catalogue.gettext(word) and not catalogue.ngettext(word, word, 2)) == []


def words_of_code() -> set[str]:
    """Return what the code translates, a context before it as catalogues write it."""
    found = set()
    for app in ("portal", "planning", "tourism", "tiles"):
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
                name = getattr(call.func, "id", "")
                texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if texts and name.startswith("pgettext"):
                    found.add("\x04".join(texts[:2]))
                elif texts and (name == "_" or name.startswith(("gettext", "ngettext"))):
                    found.add(texts[0])
    return found


def words_of_templates() -> list[str]:
    folders = [
        PORTAL / "templates",
        *(Path(settings.BASE_DIR) / app for app in ("planning", "tourism", "portal/desk", "portal/follow")),
    ]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.html"))]
    words: set[str] = set()
    for path in paths:
        text = path.read_text("utf-8")
        words.update(word for _, word in re.findall(r"""\{% translate (["'])(.+?)\1""", text))
        if "jinja2" in path.parts:
            found = engines["parts"].env.extract_translations(text)
            words.update(
                told[1 if asked == "pgettext" else 0] if isinstance(told, tuple) else told for _, asked, told in found
            )
    return sorted(words)


def translated(word: str) -> bool:
    catalogue = (PORTAL / "locale/vi/LC_MESSAGES/django.po").read_text("utf-8")
    joined = re.sub(r'"\n"', "", catalogue)
    quoted = word.replace("\\", "\\\\").replace('"', '\\"')
    return (
        re.search(rf'^msgid "{re.escape(quoted)}"\n(msgid_plural ".*"\n)?msgstr(\[0\])? "[^"]', joined, re.MULTILINE)
        is not None
    )


def test_vietnamese_words_are_composed() -> None:
    catalogue = (PORTAL / "locale/vi/LC_MESSAGES/django.po").read_text("utf-8")
    assert catalogue == unicodedata.normalize("NFC", catalogue)


def test_catalogue_is_compiled_where_the_site_runs() -> None:
    with translation.override("vi"):
        assert translation.gettext("Skip to the content") == "Đến nội dung chính"
