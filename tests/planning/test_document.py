"""The document: a PDF whose text can be searched, whose shares add up, made two at a time."""

import math
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader

from planning.extracts import pdf, press
from planning.extracts.assemble import assemble
from planning.extracts.document import render_document
from planning.extracts.extract import Extract
from planning.extracts.frozen import freeze
from planning.extracts.hatch import hatch
from planning.extracts.labels import Label, label_at, labels, labels_in, road_labels
from planning.extracts.pdf import render_pdf
from planning.extracts.press import Press, Waiting
from planning.extracts.situation import Situation, situation
from planning.lookup import ParcelFacts, find_parcel
from planning.models import FrozenExtract
from planning.pages import extracts
from planning.shares import compute_missing
from tests.planning import make
from tests.planning.conftest import Block
from tiles.models import Dataset, Edition

STREETS = ("Xô Viết Nghệ Tĩnh", "Đường Huỳnh Thúc Kháng", "Hẻm 12/3 Nguyễn Văn Trỗi", "Trần Khánh Dư")


@pytest.fixture
def fresh_press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press(tmp_path, render_pdf)
    # A cold start of the fonts is no part of the story.
    monkeypatch.setattr(press, "PATIENCE_S", 60.0)
    monkeypatch.setattr(extracts, "press", lambda: made)
    return made


def asked(code: str = "p1-12-345", on: date = date(2026, 3, 1)) -> tuple[ParcelFacts, Extract]:
    found = find_parcel(code, on=on)
    assert found is not None
    with translation.override("en"):
        return found, assemble(found, on=on, created=timezone.now())


def drawn(code: str = "p1-12-345") -> Situation:
    return situation(*asked(code))


def read(data: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(data))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    return reader, text


@pytest.mark.usefixtures("fresh_press")
def test_the_text_of_the_document_can_be_searched_in_vietnamese(block: Block, client: Client) -> None:
    response = client.get("/parcels/p1-12-345.pdf?on=2026-03-01")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    reader, text = read(response.content)
    assert text == unicodedata.normalize("NFC", text)
    for words in ("Phường Xuân Hương - Đà Lạt", "Đất ở tại đô thị", "Trên thửa đất này: 62 %", "40.000.000", "QĐ 1237"):
        assert words in text, words
    frozen = FrozenExtract.objects.get()
    assert frozen.number in text
    assert f"/verify/{frozen.number}" in text
    assert frozen.sha256 in text.replace(" ", "")
    assert reader.metadata is not None
    assert frozen.number in str(reader.metadata.title)
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert {round(float(side)) for side in reader.pages[0].mediabox[2:]} == {595, 842}
    fonts = re.findall(r"/BaseFont */\w+\+([\w-]+)", response.content.decode("latin-1")) or [
        str(font.get_object()["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all("Vietnam" in font for font in fonts)


@pytest.fixture
def junction(block: Block) -> Block:
    """The block with four more streets, none of them level, and neighbours."""
    roads, parcels = Edition.objects.get(dataset__code="city", dataset__layer="roads"), block.straddling.edition
    middles = ((-19, 20), (-19, 2), (42, 19), (37, 0))
    for (x, y), turn, name in zip(middles, (-33, 71, 12, -58), STREETS, strict=True):
        east, north = 9 * math.cos(math.radians(turn)), 9 * math.sin(math.radians(turn))
        make.make_road(roads, name, make.line((x - east, y - north), (x + east, y + north)))
    make.make_parcel(parcels, 12, 347, make.box(0, 13, 9, 30))
    make.make_parcel(parcels, 12, 348, make.box(9, 13, 20, 30))
    return block


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is missing: apt-get install poppler-utils")
@pytest.mark.usefixtures("fresh_press", "junction")
def test_every_text_of_the_map_is_found_as_it_is_read(client: Client, tmp_path: Path) -> None:
    picture = drawn()
    assert {label.text for label in picture.labels if label.turn} == set(STREETS)
    texts = [*(label.text for label in picture.labels), f"{picture.bar_m} m", "B"]
    assert {"345", "347", "348", "OM", "CX", "Phan Đình Phùng"} <= set(texts)
    legend = ["OM – Đất nhóm nhà ở", "CX – Đất cây xanh sử dụng công cộng"]
    file = tmp_path / "extract.pdf"
    file.write_bytes(client.get("/parcels/p1-12-345.pdf?on=2026-03-01").content)
    by_place, as_drawn = (
        subprocess.run(["pdftotext", *order, file, "-"], capture_output=True, text=True, check=True).stdout
        for order in ([], ["-raw"])
    )
    assert not Counter([*texts, *legend]) - Counter(by_place.splitlines())
    assert all(name in as_drawn for name in STREETS)
    # Programs that go by the letters themselves find each name too, and once.
    letters = PdfReader(file).pages[0].extract_text()
    assert [letters.count(name) for name in STREETS] == [1] * 4


@pytest.mark.parametrize(("path", "title"), [("", "Tập p1 (p1)"), ("/en", "Parcels of p1 (p1)")])
@pytest.mark.usefixtures("fresh_press")
def test_document_and_verification_name_the_editions_used(block: Block, client: Client, path: str, title: str) -> None:
    Dataset.objects.filter(layer="parcels", code="p1").update(title_en="Parcels of p1")
    _reader, document = read(client.get(f"{path}/parcels/p1-12-345.pdf?on=2026-03-01").content)
    frozen = FrozenExtract.objects.get()
    # In the language of the document, whatever the reader's is.
    page = re.sub(r"<[^>]+>", "", client.get(f"/verify/{frozen.number}").content.decode())
    [used] = [used for used in asked()[1].editions if used.dataset == "p1"]
    assert f"{title} {used.edition}" in document
    assert title in page


def test_no_line_ends_between_a_number_and_its_unit(block: Block) -> None:
    parcel, extract = asked()
    extract = replace(extract, summary="62 % of 200 m² within 5 m; 12 mm at 3 parts")
    frozen = freeze(extract, language="en", now=timezone.now())
    page = render_document(extract, frozen, situation(parcel, extract), verify_url="http://127.0.0.1/")
    assert "62\xa0% of 200\xa0m² within 5\xa0m; 12 mm at 3 parts</p>" in page


@pytest.mark.usefixtures("fresh_press")
def test_the_document_comes_in_english_too(block: Block, client: Client) -> None:
    reader, text = read(client.get("/en/parcels/p1-12-345.pdf?on=2026-03-01").content)
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "40,000,000" in text
    assert "OM – Housing" in text
    assert "62.0 %" in text
    assert "Phường Xuân Hương - Đà Lạt" in text
    assert "/en/verify/" in text
    assert "Demonstration data" in text


def test_asked_again_the_finished_file_comes_at_once(
    block: Block, client: Client, fresh_press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/parcels/p1-12-345.pdf?on=2026-03-01").content

    def refuse(*_arguments: Any) -> None:
        raise AssertionError("made twice")

    monkeypatch.setattr(Press, "take", refuse)
    assert client.get("/parcels/p1-12-345.pdf?on=2026-03-01").content == first
    assert FrozenExtract.objects.count() == 1


def test_a_bad_date_and_an_unknown_parcel_have_their_own_answers(block: Block, client: Client) -> None:
    answer = client.get("/en/parcels/p1-12-345.pdf?on=2026-02-30")
    assert answer.status_code == 400
    assert "2026-02-30" in answer.content.decode()
    assert client.get("/parcels/p9-9-9.pdf").status_code == 404
    assert client.get("/parcels/%00.pdf").status_code == 404
    assert FrozenExtract.objects.count() == 0


def test_a_queue_that_is_full_and_a_missing_library_are_said(
    block: Block, client: Client, fresh_press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "LONGEST_QUEUE", 0)
    full = client.get("/en/parcels/p1-12-345.pdf")
    assert (full.status_code, full["Retry-After"]) == (503, "30")
    monkeypatch.undo()
    monkeypatch.setattr(extracts, "press", lambda: fresh_press)
    monkeypatch.setattr(pdf, "find_missing", lambda: "PDFs need: libpango-1.0-0")
    lacking = client.get("/en/parcels/p1-12-345.pdf")
    assert lacking.status_code == 503
    assert "pango" not in lacking.content.decode()
    assert FrozenExtract.objects.count() == 0, "an answer that was refused was kept"


def test_a_missing_library_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_loads", lambda library: "harfbuzz" not in library)
    text = pdf.find_missing.__wrapped__()
    assert text == "PDFs need: sudo apt-get install -y --no-install-recommends libharfbuzz-subset0"


def test_the_page_while_it_is_being_made_asks_again_by_itself(
    block: Block, client: Client, fresh_press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh_press, "wait", lambda number, job: Waiting(place=3))
    answer = client.get("/en/parcels/p1-12-345.pdf")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (202, "2")
    assert '<meta http-equiv="refresh" content="2">' in page
    assert "3 documents before yours" in page


def test_nothing_outside_the_page_is_read(tmp_path: Path, fresh_press: Press) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">SECRET</text></svg>')
    page = f'<html lang="en"><title>x</title><img src="{secret.as_uri()}"><img src="http://127.0.0.1:9/x.svg"><p>here'
    made = fresh_press.wait("N1", fresh_press.take("N1", page, client="192.0.2.1"))
    assert isinstance(made, bytes)
    assert read(made)[1] == "here"


@pytest.mark.usefixtures("fresh_press")
def test_page_and_document_tell_level_decision_and_office_of_a_conflict(block: Block, client: Client) -> None:
    plan = make.make_edition("zones", "qhc-da-lat")
    make.make_plan(plan, make.box(-100, -100, 300, 100), level="general", decision="QĐ 901")
    make.make_zone(plan, 1, "RPH", make.box(-100, -100, 300, 100))
    compute_missing()
    page = " ".join(re.sub(r"<[^>]+>", " ", client.get("/en/parcels/p1-12-345?on=2026-03-01").content.decode()).split())
    _reader, document = read(client.get("/en/parcels/p1-12-345.pdf?on=2026-03-01").content)
    [conflict] = asked()[1].conflicts or ()
    for text in (page, " ".join(document.split())):
        told = text[text.index("draw uses that do not agree") :]
        for fact in ("Subdivision plan", "QĐ 1237", "Land-use plan", *conflict.ask):
            assert fact in told[:900], fact
        told = text[text.index("construction plans of different levels") :]
        for fact in ("Subdivision plan", "QĐ 1237", "General construction plan", "QĐ 901", "124.0"):
            assert fact in told[:1200], fact


def test_documents_made_at_the_same_time_never_mix() -> None:
    def make_one(i: int) -> bool:
        words = [f"Thửa số {i} dòng {line} Đất ở" for line in range(40)]
        _reader, text = read(render_pdf(f'<html lang="vi"><title>{i}</title>{"".join(f"<p>{w}</p>" for w in words)}'))
        return all(word in text for word in words) and set(re.findall(r"Thửa số (\d+)", text)) == {str(i)}

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(make_one, range(12)))


def test_the_map_is_drawn_at_a_true_scale_with_its_bar(block: Block) -> None:
    picture = drawn()
    assert picture.scale == 500
    # 20 m × 10 m are 40 mm × 20 mm on paper; the bar is as long as it says.
    spots = [tuple(map(float, spot.split())) for spot in re.split(r"[MLZ]", picture.parcel) if spot]
    width, height = (max(axis) - min(axis) for axis in zip(*spots, strict=True))
    assert (round(width, 1), round(height, 1)) == (40, 20)
    assert picture.bar == picture.bar_m * 1000 / picture.scale


def test_the_legend_parts_what_is_on_the_parcel_from_what_is_around(block: Block) -> None:
    assert [use.code for use in drawn().on] == ["OM", "CX"]
    assert drawn().around == ()
    make.make_zone(
        block.straddling.edition.__class__.objects.get(dataset__code="qpk-01"), 3, "DV", make.box(0, 30, 9, 40)
    )
    assert [use.code for use in drawn().around] == ["DV"]


def test_the_map_names_roads_and_numbers_neighbours(block: Block) -> None:
    make.make_parcel(Edition.objects.get(dataset__code="p1"), 12, 347, make.box(20, 0, 40, 10))
    picture = drawn()
    texts = {(label.kind, label.text) for label in picture.labels}
    assert {("parcel", "345"), ("road", "Phan Đình Phùng"), ("neighbour", "347")} <= texts
    assert len(picture.parcels) == 1


def test_a_parcel_of_many_hundred_metres_gets_a_smaller_scale(block: Block) -> None:
    make.make_parcel(make.make_edition("parcels", "p4"), 1, 1, make.box(-900, -900, 900, 900))
    assert drawn("p4-1-1").scale == 50_000


def test_a_parcel_that_no_plan_concerns_has_a_map_without_uses(block: Block) -> None:
    make.make_parcel(make.make_edition("parcels", "p5"), 1, 1, make.box(900, 900, 910, 910))
    picture = drawn("p5-1-1")
    assert (picture.plan, picture.areas, picture.on, picture.around) == ("", (), (), ())
    assert picture.parcel


@pytest.mark.parametrize("kind", ["diagonal", "back-diagonal", "cross", "horizontal", "vertical", "dots"])
def test_a_hatch_stays_within_its_area(kind: str) -> None:
    area = shapely.box(10, 10, 60, 40).difference(shapely.box(20, 20, 30, 30))
    marks = hatch(area, kind)
    assert not marks.is_empty
    assert shapely.within(marks, area.buffer(1e-6))


def test_a_use_without_a_hatch_has_none() -> None:
    assert hatch(shapely.box(0, 0, 9, 9), "none").is_empty


def test_labels_never_cover_each_other_nor_the_scale_bar() -> None:
    def at(x: float, text: str) -> Label:
        return label_at(shapely.box(x, 50, x + 10, 60), text, size=3, kind="use")

    wanted = [
        [at(50, "first")],
        labels_in(shapely.box(50, 50, 90, 60), "second", size=3, kind="use"),
        [at(50, "third")],
        [at(175, "outside")],
    ]
    found = labels([*wanted, [at(20, "under the bar")]], within=(180, 105), taken=[shapely.box(10, 50, 40, 60)])
    assert [label.text for label in found] == ["first", "second"]


def test_the_code_of_a_use_does_not_cover_the_outline_of_the_parcel(block: Block) -> None:
    make.make_zone(Edition.objects.get(dataset__code="qpk-01"), 3, "DV", make.box(10, -5, 30, 15))
    picture = drawn()
    [code] = [label for label in picture.labels if label.text == "DV"]
    room = shapely.box(code.left, code.top, code.left + code.width, code.top + code.height)
    spots = [tuple(map(float, spot.split())) for spot in re.split(r"[MLZ]", picture.parcel) if spot]
    assert not room.intersects(shapely.Polygon(spots).exterior)


def test_a_text_stands_where_its_shape_is_widest() -> None:
    flag = shapely.union_all([shapely.box(0, 0, 1, 90), shapely.box(0, 0, 20, 20), shapely.Point(50, 50)])
    label = label_at(flag, "flag", size=3, kind="use")
    assert (label.x, label.y) == pytest.approx((10, 10), abs=1)


def test_a_name_goes_along_the_next_stretch_where_the_longest_is_taken() -> None:
    street = shapely.LineString([(10, 20), (70, 20), (70, 70)])
    [places] = road_labels([("Hẻm 4", street), ("", street)])
    assert [(label.x, label.y, label.turn) for label in places] == [(40, 20, 0), (70, 45, -90)]


def test_the_page_of_a_parcel_leads_to_its_document_and_qr_code(block: Block, client: Client) -> None:
    page = client.get("/en/parcels/p1-12-345?on=2026-03-01").content.decode()
    assert "/en/parcels/p1-12-345.pdf?on=2026-03-01" in page
    picture = client.get("/parcels/p1-12-345.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    assert client.get("/parcels/nothing.svg").status_code == 404
