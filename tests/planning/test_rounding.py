"""An area is written alike on the page, in the document and in sentences; a column that does not add up says so."""

import re
from datetime import date

import pytest
from django.template.defaultfilters import floatformat
from django.test import Client
from django.utils import timezone, translation

from planning.extracts.assemble import assemble
from planning.extracts.document import render_document
from planning.extracts.frozen import freeze
from planning.extracts.rounding import tenths
from planning.extracts.situation import situation
from planning.lookup import find_parcel
from planning.shares import compute_missing
from tests.planning import make

pytestmark = pytest.mark.usefixtures("block")
ON = date(2026, 3, 1)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def asked(path: str) -> str:
    # A request leaves its language behind.
    with translation.override("vi"):
        return words(Client().get(path).content.decode())


def page(code: str) -> str:
    return asked(f"/en/parcels/{code}?on={ON}")


def document(code: str) -> str:
    found = find_parcel(code, on=ON)
    assert found is not None
    with translation.override("en"):
        extract = assemble(found, on=ON, created=timezone.now())
        frozen = freeze(extract, language="en", now=timezone.now())
        return words(render_document(extract, frozen, situation(found, extract), verify_url="/verify/"))


def verified(code: str) -> str:
    found = find_parcel(code, on=ON)
    assert found is not None
    with translation.override("en"):
        frozen = freeze(assemble(found, on=ON, created=timezone.now()), language="en", now=timezone.now())
    return asked(f"/en/verify/{frozen.number}")


@pytest.fixture
def three_uses() -> str:
    """A parcel of 171.63 m² whose three uses, rounded one by one, come to 171.7."""
    make.make_parcel(make.make_edition("parcels", "p6"), 9, 232, make.box(400, 0, 417.163, 10))
    plan = make.make_edition("zones", "qpk-06")
    make.make_plan(plan, make.box(400, 0, 450, 50))
    for number, (use, west, east) in enumerate([("OM", 0, 12.019), ("GT", 12.019, 15.815), ("HH", 15.815, 30)], 1):
        make.make_zone(plan, number, use, make.box(400 + west, 0, 400 + east, 50))
    compute_missing()
    return "p6-9-232"


@pytest.mark.parametrize(("value", "shown"), [(13.45, 13.5), (37.96, 38.0), (0.05, 0.1), (-13.45, -13.5), (2, 2.0)])
def test_sentences_round_as_tables_do(value: float, shown: float) -> None:
    with translation.override("en"):
        assert tenths(value) == shown == float(floatformat(value, 1))


@pytest.mark.parametrize("told", [page, document, verified])
def test_an_area_is_the_same_wherever_it_is_read(three_uses, told) -> None:
    text = told(three_uses)
    table = text[text.index("Plans in force on") :]
    table = table[: table.index("What may be built")]
    for line in ("120.2 70.0 %", "38.0 22.1 %", "13.5 7.9 %", "171.6 100.0 %", "added up they may differ a little"):
        assert line in table
    assert "37.9" not in text
    assert "38.0 m²" in text[text.index("What may be built") :]


@pytest.mark.parametrize("told", [page, document, verified])
def test_a_column_that_adds_up_needs_no_excuse(told) -> None:
    text = told("p1-12-346")
    for line in ("150.0 75.0 %", "The plan draws nothing here (gap) 50.0 25.0 %", "The whole parcel 200.0 100.0 %"):
        assert line in text
    assert "added up" not in text
