"""The page that verifies a document shows all that it says, in its own language, however long ago it was made."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from planning.extracts.assemble import assemble
from planning.extracts.document import render_document
from planning.extracts.extract import Extract
from planning.extracts.frozen import freeze, said
from planning.extracts.situation import situation
from planning.extracts.thaw import thaw
from planning.lookup import find_parcel
from planning.models import FrozenExtract
from tests.planning.test_restrictions import lined as lined

pytestmark = pytest.mark.usefixtures("block")
ON = date(2026, 3, 1)


def hand_out(code: str = "p1-12-345", language: str = "vi", on: date = ON) -> tuple[Extract, FrozenExtract, str]:
    """The extract, its frozen answer and the document as a page."""
    found = find_parcel(code, on=on)
    assert found is not None
    with translation.override(language):
        extract = assemble(found, on=on, created=timezone.now())
        frozen = freeze(extract, language=language, now=timezone.now())
        return extract, frozen, render_document(extract, frozen, situation(found, extract), verify_url="/verify/")


def verified(frozen: FrozenExtract, prefix: str = "") -> str:
    # A request leaves its language behind.
    with translation.override("vi"):
        response = Client().get(f"{prefix}/verify/{frozen.number}")
    assert response.status_code == 200
    return response.content.decode()


def passages(html: str) -> list[str]:
    """What stands between two marks, in order."""
    return [text for part in re.split(r"<[^>]+>", html) if (text := " ".join(part.split()))]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", ["p1-12-345", "p1-12-346", "p2-12-345"])
def test_every_passage_of_the_document_stands_on_the_page(lined: object, code: str, language: str) -> None:
    _extract, frozen, document = hand_out(code, language)
    printed = passages(
        document[document.index('<table class="table particulars"') : document.rindex('<div class="notice">')]
    )
    shown = passages(verified(frozen, "/en"))
    start = shown.index(printed[0], shown.index(frozen.sha256))
    assert shown[start : start + len(printed)] == printed


def test_what_a_date_means_stands_on_the_page_as_on_the_document() -> None:
    extract, frozen, document = hand_out(on=date(2050, 1, 1))
    assert extract.on_note
    assert extract.on_note in document
    assert extract.on_note in verified(frozen)


def test_no_blank_stands_before_a_colon() -> None:
    _extract, frozen, document = hand_out(language="en")
    for html in (document, verified(frozen, "/en")):
        assert "Subdivision plan: CX – Public green" in " ".join(html.split())


def test_what_used_to_be_left_out_is_there() -> None:
    _extract, frozen, _document = hand_out(language="en")
    text = " ".join(passages(verified(frozen, "/en")))
    for fact in (
        *("Registered area 200.0 m²", "124.0 62.0 %", "The whole parcel 200.0 100.0 %", "What may be built"),
        *("Red line of the road", "Protection corridor", "Projects nearby", "Do the plans agree?", "Approved by: –"),
        *("In force: from 08/06/2015", "until 31/12/2030", "02/01/2026", "Built over: at most 60 % of the land"),
    ):
        assert fact in text, fact


def test_a_document_in_another_language_is_named_and_marked() -> None:
    _extract, frozen, _document = hand_out(language="vi")
    page = verified(frozen, "/en")
    assert "The document is in Vietnamese" in page
    said_there = page[page.index('<div class="said" lang="vi">') :]
    assert "Đất nhóm nhà ở" in said_there
    assert "Diện tích" in said_there
    assert "124,0" in said_there
    assert "The document is in" not in verified(hand_out(language="en")[1], "/en")


def test_a_kept_answer_is_the_extract_it_was_made_of() -> None:
    extract, frozen, _document = hand_out()
    assert said(thaw(json.loads(frozen.answer), created=timezone.now())) == said(extract)


def drop(values: Any, name: str) -> Any:
    """The same without a name, at any depth."""
    if isinstance(values, dict):
        return {key: drop(value, name) for key, value in values.items() if key != name}
    return [drop(value, name) for value in values] if isinstance(values, list) else values


@pytest.mark.parametrize(
    "name",
    [
        *("area_difference", "restrictions", "building", "conflicts", "other_plans", "sliver_m2", "on_note", "price"),
        *("slivers_m2", "documents", "office", "scale", "law_status", "edition", "plan", "in_force_until", "ask"),
    ],
)
def test_an_answer_of_before_still_renders(name: str) -> None:
    _extract, frozen, _document = hand_out(language="en")
    FrozenExtract.objects.update(answer=json.dumps(drop(json.loads(frozen.answer), name)))
    page = verified(frozen, "/en")
    assert "Subdivision plan" in page
    # What it did not say is not put into its mouth.
    assert ("Do the plans agree?" in page) == (name != "conflicts")
    assert ("Road lines, setbacks" in page) == (name != "restrictions")
