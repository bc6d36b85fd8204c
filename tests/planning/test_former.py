"""A parcel that is no more answers for the days it stood, and for no other day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.test import Client

from fixtures.writing import write_layer, write_table
from planning.extracts.around import around
from planning.models import Parcel, ParcelLineage
from planning.rules import former_parcels_lead_on, in_force_in_order, lineage_leads_on
from planning.shares import compute_missing
from planning.sources.cadastre import PARCELS, date_parcels
from portal.search.find import find
from tests.planning import make
from tests.planning.conftest import Block
from tiles.ingest import pipeline
from tiles.models import TILE_SRID
from tiles.mvt import Tile, render
from tiles.registry import get_layer

SPLIT = date(2019, 3, 5)
HERE = make.box(0, 0, 80, 10)
# Half the width of the world in web Mercator, m.
HALF = 20037508.342789244


@pytest.fixture
def split(block: Block) -> Block:
    """Parcel 900 was split into 345 and 346; the live edition keeps its outline, which covers both."""
    edition = block.straddling.edition
    make.make_parcel(edition, 12, 900, HERE, in_force_until=SPLIT - timedelta(days=1))
    for row, new in enumerate(("p1-12-345", "p1-12-346"), 1):
        ParcelLineage.objects.create(
            edition=edition, live=True, row=row, code=f"p1-12-900~{new}", predecessor="p1-12-900", successor=new,
            kind="split", changed=SPLIT, document="QĐ 12/2019",
        )  # fmt: skip
    date_parcels(edition)
    return block


def point_in(outline: GEOSGeometry) -> str:
    spot = outline.point_on_surface
    spot.transform(4326)
    return f"{spot.x:.7f},{spot.y:.7f}"


@pytest.mark.usefixtures("split")
@pytest.mark.parametrize(("on", "code"), [("2019-03-04", "p1-12-900"), ("2019-03-05", "p1-12-345")])
def test_a_point_answers_with_the_parcel_that_stood_there_then(client: Client, on: str, code: str) -> None:
    point = point_in(make.box(2, 2, 18, 8))
    assert client.get("/api/v1/extract", {"point": point, "on": on}).json()["code"] == code


@pytest.mark.usefixtures("block")
def test_where_no_outline_of_then_is_kept_the_parcel_formed_later_answers_and_says_so(client: Client) -> None:
    Parcel.objects.filter(code="p1-12-345").update(in_force_from=SPLIT)
    answer = client.get("/api/v1/extract", {"point": point_in(make.box(2, 2, 18, 8)), "on": "2015-01-01"})
    assert answer.json()["code"] == "p1-12-345"


@pytest.mark.usefixtures("split")
def test_a_gone_parcel_is_told_whole_on_a_day_it_stood(client: Client) -> None:
    compute_missing()
    for path in ("/en/parcels/p1-12-900", "/en/parcels/p1-12-900.json", "/api/v1/parcels/p1-12-900?lang=en"):
        day = f"{path}{'&' if '?' in path else '?'}on=2019-03-04"
        said = client.get(day)
        assert said.status_code == 200
        assert "stood until 04/03/2019 and is no more" in said.content.decode()
        assert client.get(day.replace("03-04", "03-05")).status_code == 410
    extract = client.get("/parcels/p1-12-900.json?on=2019-03-04").json()
    assert (extract["area_measured_m2"], extract["in_force_until"]) == (800, "2019-03-04")
    ParcelLineage.objects.create(
        edition=Parcel.objects.get(code="p1-12-900").edition, live=True, row=3, code="p1-12-800~p1-12-900",
        predecessor="p1-12-800", successor="p1-12-900", kind="renumber", changed=date(2010, 5, 6),
    )  # fmt: skip
    early = client.get("/en/parcels/p1-12-900.json?on=2009-01-01").json()["on_note"]
    assert "formed on 06/05/2010, stood until 04/03/2019 and is no more." in early
    assert early.endswith("holds for its outline of then.")
    page = client.get("/en/parcels/p1-12-900?on=2019-03-04").content.decode()
    for code in ("p1-12-345", "p1-12-346"):
        assert f'<a href="/en/parcels/{code}">{code}</a>' in page
    assert 'src="/en/parcels/p1-12-900.svg?on=2019-03-04"' in page
    assert client.get("/en/parcels/p1-12-900.svg?on=2019-03-04").status_code == 200


@pytest.mark.usefixtures("split")
def test_a_date_before_the_split_shows_and_opens_the_parcel_of_then(client: Client) -> None:
    page = client.get("/en/parcels/p1-12-345?on=2015-01-01").content.decode()
    assert "What stood here on 01/01/2015" in page
    assert 'href="/en/parcels/p1-12-900?on=2015-01-01"' in page
    assert "keeps no outline" not in page
    gone = client.get("/en/parcels/p1-12-900").content.decode()
    assert 'href="/en/parcels/p1-12-900?on=2019-03-04"' in gone


def test_the_map_and_the_sketch_draw_the_parcels_of_the_date(split: Block) -> None:
    wide = HERE.transform(TILE_SRID, clone=True).extent
    size = 2 * HALF / (1 << 14)
    tile = Tile(14, int((wide[0] + HALF) / size), int((HALF - wide[3]) / size))
    at_once = render(get_layer("parcels"), 0, tile)[1]
    assert at_once is not None
    assert b"2019-03-04" in at_once
    assert b"2019-03-05" in at_once
    drawn = {
        day: {
            one.text for one in around(HERE.extent, parcel=0, plan=None, neighbours=9, on=day) if one.kind == "parcel"
        }
        for day in (date(2015, 1, 1), SPLIT)
    }
    assert drawn == {date(2015, 1, 1): {"900"}, SPLIT: {"345", "346"}}


@pytest.mark.usefixtures("split")
def test_a_comparison_tells_what_became_of_parcels(client: Client) -> None:
    alike, split = (client.get(f"/en/compare/?on={on}&and=2019-03-05").content.decode() for on in (SPLIT, "2019-03-04"))
    assert "Nothing differs" in alike
    assert "2 times a parcel became another one." in split
    assert 'href="/en/parcels/p1-12-900?on=2019-03-04"' in split
    assert 'href="/en/parcels/p1-12-345?on=2019-03-05"' in split


@pytest.mark.usefixtures("split")
def test_nobody_takes_it_for_a_parcel_of_today(client: Client) -> None:
    [hit] = [hit for hit in find("12/900 p1", limit=9, language="en") if hit.kind == "parcel"]
    assert hit.title == "Parcel p1-12-900 is no more"
    found = client.get("/api/v1/parcels?sheet=12&number=900").json()
    assert found["results"] == []
    assert [one["code"] for one in found["gone"]] == ["p1-12-900"]
    assert Parcel.objects.current().count() == 3


def test_a_gone_parcel_must_end_when_it_became_another(split: Block) -> None:
    edition = split.straddling.edition
    every = (former_parcels_lead_on, lineage_leads_on, in_force_in_order)
    assert [issue for rule in every for issue in rule(edition)] == []
    make.make_parcel(edition, 12, 901, make.box(0, 20, 9, 29), in_force_until=date(2014, 1, 1))
    Parcel.objects.filter(code="p1-12-900").update(in_force_until=date(2018, 1, 1))
    found = [(issue.code, issue.values["code"]) for issue in former_parcels_lead_on(edition)]
    assert sorted(found) == [("former-parcel-without-step", f"p1-12-{number}") for number in (900, 901)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A cadastral file in which number 2 is both there and no more, and 8 and 9 had the same outline one by one."""
    path = tmp_path / "p1.gpkg"
    ground = shapely.box(575_000, 1_320_000, 575_020, 1_320_010)
    today = {"SoTo": [1, 1], "SoThua": [1, 2], "DienTich": [200.0, 200.0]}
    lots = [ground, shapely.box(575_020, 1_320_000, 575_040, 1_320_010)]
    write_layer(path, "ThuaDat", lots, today, geometry_type="Polygon")
    former = {"SoTo": [1] * 3, "SoThua": [8, 9, 2], "HieuLucDen": ["2015-01-01", "2016-01-01", "2017-01-01"]}
    write_layer(path, "ThuaDatCu", [ground] * 3, former, geometry_type="Polygon", append=True)
    steps = {"MaThuaCu": ["p1-1-8"], "MaThuaMoi": ["p1-1-9"], "LoaiBienDong": ["đánh số lại"]}
    write_table(path, "BienDongThua", {**steps, "NgayBienDong": ["2015-01-02"]})
    return path


@pytest.mark.usefixtures("block")
def test_a_number_is_not_there_and_gone_at_once(file: Path) -> None:
    with pipeline.read(file, PARCELS, dataset="p1") as reading:
        found = [finding for finding in reading.finish().findings() if finding["code"] != "parcel-outside-wards"]
    assert [(finding["code"], finding["values"]["key"]) for finding in found] == [("duplicate-key", "p1-1-2")]


@pytest.mark.usefixtures("city")
def test_the_demonstration_city_keeps_what_stood_before(client: Client) -> None:
    steps = ParcelLineage.objects.live()
    former = Parcel.objects.live().filter(in_force_until__isnull=False)
    assert set(former.values_list("code", flat=True)) == set(steps.values_list("predecessor", flat=True))
    for step in steps:
        day = step.changed - timedelta(days=1)
        assert client.get(f"/api/v1/parcels/{step.predecessor}?on={day}").json()["code"] == step.predecessor
    for kind, one, many in (("split", "predecessor", "successor"), ("merge", "successor", "predecessor")):
        for code in set(steps.filter(kind=kind).values_list(one, flat=True)):
            parts = steps.filter(kind=kind, **{one: code}).values_list(many, flat=True)
            whole = Parcel.objects.live().get(code=code).geom.area
            areas = [part.geom.area for part in Parcel.objects.live().filter(code__in=parts)]
            assert sum(areas) == pytest.approx(whole, abs=0.1)
