"""The map, the search and the comparison on any date."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from planning.differences import price_changes
from portal.search.find import find
from tests.planning import make
from tests.planning.conftest import Block
from tiles.dates import in_force_filter
from tiles.registry import all_layers

DATED = {"land-use", "parcels", "prices", "wards", "zones"}


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def accepts(condition: Any, properties: dict[str, str]) -> bool:
    """Evaluate the few MapLibre expressions that the filter is made of."""
    operator, *rest = condition
    if operator == "all":
        return all(accepts(part, properties) for part in rest)
    if operator == "any":
        return any(accepts(part, properties) for part in rest)
    if operator == "!":
        return not accepts(rest[0], properties)
    if operator == "has":
        return rest[0] in properties
    value = properties.get(rest[0][1][1], "")
    return value <= rest[1] if operator == "<=" else value >= rest[1]


days = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(on=days, begins=st.none() | days, ends=st.none() | days)
def test_the_filter_of_a_date_keeps_what_is_in_force_on_it(on: date, begins: date | None, ends: date | None) -> None:
    given_dates = {"in_force_from": begins, "in_force_until": ends}
    properties = {name: day.isoformat() for name, day in given_dates.items() if day}
    assert accepts(in_force_filter(on), properties) == ((begins or on) <= on <= (ends or on))


def test_the_layers_the_law_dates_are_known() -> None:
    assert {layer.id for layer in all_layers() if layer.dated and layer.group != "tourism"} == DATED


@pytest.mark.usefixtures("block")
def test_styles_and_tilejson_take_a_date(client: Client) -> None:
    style = client.get("/tiles/styles/planning.json?on=2012-01-01").json()
    dated = [part for part in style["layers"] if part.get("source") in DATED]
    assert dated
    assert all("2012-01-01" in str(part["filter"]) for part in dated)
    assert not any("2012-01-01" in str(part) for part in style["layers"] if part not in dated)
    assert client.get("/tiles/zones.json?on=2012-01-01").json()["in_force"]["filter"] == in_force_filter(
        date(2012, 1, 1)
    )
    assert "in_force" not in client.get("/tiles/roads.json?on=2012-01-01").json()


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("path", ["/tiles/zones.json", "/tiles/styles/base.json", "/api/v1/search"])
@pytest.mark.parametrize("day", ["x", "2026-02-30", "01/02/2026"])
def test_a_malformed_date_is_refused_with_words(client: Client, path: str, day: str) -> None:
    answer = client.get(f"{path}?on={day}&q=a")
    assert answer.status_code == 400
    assert "on" in str(answer.json())
    assert "2026-01-31" in str(answer.json())


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize(
    "path",
    [
        "/?on=",
        "/search/?q=a&on=",
        "/plans/?on=",
        "/plans/qpk-01?on=",
        "/wards/p1?on=",
        "/compare/?and=",
        "/changes?since=",
        "/parcels/p1-12-345?on=",
        "/parcels/p1-12-345?since=",
        "/parcels/p1-12-345.pdf?on=",
    ],
)
def test_a_malformed_date_is_refused_on_a_page_in_plain_words(client: Client, path: str) -> None:
    english = text(client, f"/en{path}2026-02-30", 400)
    assert "Date “2026-02-30” cannot be read. Choose it in the date field, or write it like 2026-01-31." in english
    vietnamese = text(client, f"{path}2026-02-30", 400)
    assert "Ngày “2026-02-30” không đúng." in vietnamese
    assert "arameter “" not in english
    assert "ham số “" not in vietnamese


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("name", ["on", "since"])
def test_a_malformed_date_of_a_file_is_named_by_its_parameter(client: Client, name: str) -> None:
    problem = client.get(f"/en/parcels/p1-12-345.json?{name}=2026-02-30").json()
    assert problem["type"] == "bad-parameter"
    assert problem["title"].startswith(f"Parameter “{name}”: “2026-02-30” is not a date.")


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("query", ["layer=x", "about=x"])
def test_news_asked_for_by_a_wrong_name_are_refused_in_plain_words(client: Client, query: str) -> None:
    assert "arameter “" not in client.get(f"/en/changes?{query}").content.decode()
    assert f"Parameter “{query[:5]}”" in client.get(f"/en/changes.json?{query}").json()["title"]


@pytest.mark.usefixtures("block")
def test_search_of_a_date_finds_the_ward_of_that_date_and_keeps_the_date() -> None:
    before = find("Phường", limit=9, language="vi", on=date(2020, 1, 1))
    assert {hit.code for hit in before if hit.kind == "ward"} == {"p1", "p2"}
    after = find("Phường", limit=9, language="en", on=date(2026, 1, 1))
    assert {hit.code for hit in after if hit.kind == "ward"} == {"xuan-huong-da-lat"}
    assert after[0].url == "/en/wards/xuan-huong-da-lat?on=2026-01-01"


@pytest.mark.usefixtures("block")
def test_search_without_a_date_knows_the_wards_of_old_papers() -> None:
    assert {"p1", "xuan-huong-da-lat"} <= {hit.code for hit in find("Phường", limit=9, language="vi")}


@pytest.mark.usefixtures("block")
def test_the_home_page_lists_the_wards_of_a_date(client: Client) -> None:
    assert "Phường 2" in text(client, "/?on=2020-01-01")
    assert "Phường 2" not in text(client, "/?on=2026-01-01")


def test_the_areas_of_a_plan_carry_its_dates(block: Block) -> None:
    from planning.models import Plan, Zone
    from planning.sources.plans import complete_plan

    plan = Plan.objects.get(code="qpk-01")
    Plan.objects.filter(pk=plan.pk).update(in_force_until=date(2030, 1, 1), level="")
    assert list(complete_plan(plan.edition, layer="zones")) == []
    zone = Zone.objects.get(code="qpk-01-1")
    assert (zone.level, zone.in_force_from, zone.in_force_until) == (
        "subdivision",
        date(2015, 6, 8),
        date(2030, 1, 1),
    )


def test_prices_that_differ_are_paired_by_segment() -> None:
    a, b, c = ("A", "x", "y"), ("B", "x", "y"), ("C", "x", "y")
    found = price_changes({a: 100, b: 200}, {a: 150, b: 200, c: 300})
    assert [(row.street, row.before, row.after) for row in found] == [("A", 100, 150), ("C", None, 300)]
    assert [row.percent for row in found] == [pytest.approx(50), None]


@pytest.mark.usefixtures("block")
def test_two_dates_are_compared_as_tables_without_a_map(client: Client) -> None:
    page = text(client, "/en/compare/?on=2015-01-01&and=2026-03-01")
    assert "What was in force on 01/01/2015, and what is in force on 01/03/2026." in page
    wards = page[page.index("Wards and communes") :]
    assert wards.index("Phường 1 in force no longer") < wards.index("Phường Xuân Hương - Đà Lạt not yet in force")
    assert "Quy hoạch qpk-01 not yet in force 08/06/2015" in page
    assert "from Đầu đường to Hùng Vương – 40,000,000" in page


@pytest.mark.usefixtures("block")
def test_what_the_plans_of_two_dates_draw_is_told_use_by_use(client: Client) -> None:
    old = make.make_edition("zones", "qpk-01-2009")
    dates = {"in_force_from": date(2009, 1, 1), "in_force_until": date(2015, 6, 7)}
    make.make_plan(old, make.box(0, 0, 400, 400), **dates)
    make.make_zone(old, 1, "OM", make.box(0, 0, 400, 300))
    make.make_zone(old, 2, "YT", make.box(0, 300, 400, 400))
    page = text(client, "/en/compare/?on=2015-01-01&and=2026-03-01")
    assert "Subdivision plan: 3 uses differ." in page
    assert "OM – Housing 12.0 ha, 75.0 % 0.1 ha, 24.8 % 11.9 ha less" in page
    assert "YT – Health 4.0 ha, 25.0 % not drawn drawn on the earlier date only" in page
    assert "CX – Public green not drawn 0.2 ha, 75.2 % drawn on the later date only" in page
    assert "Land-use plan:" not in page, "the same plan is in force on both dates"
    vietnamese = text(client, "/compare/?on=2015-01-01&and=2026-03-01")
    assert "OM – Đất nhóm nhà ở 12,0 ha, 75,0 % 0,1 ha, 24,8 % ít hơn 11,9 ha" in vietnamese


@pytest.mark.usefixtures("block")
def test_a_date_without_a_plan_of_the_level_has_no_data_and_is_not_compared(client: Client) -> None:
    page = text(client, "/en/compare/?on=2015-01-01&and=2026-03-01")
    assert "Subdivision plan: data of one date only." in page
    assert "OM – Housing no data 0.1 ha, 24.8 %" in page
    ended = text(client, "/en/compare/?on=2026-03-01&and=2031-01-01")
    assert "ODT – Urban residential 3.5 ha, 100.0 % no data" in ended


@pytest.mark.usefixtures("block")
def test_the_order_of_the_two_dates_is_no_matter(client: Client) -> None:
    swapped = text(client, "/en/compare/?on=2026-03-01&and=2015-01-01")
    assert "What was in force on 01/01/2015" in swapped


@pytest.mark.usefixtures("block")
def test_alike_dates_say_that_nothing_differs(client: Client) -> None:
    assert "Nothing differs" in text(client, "/en/compare/?on=2026-03-01&and=2026-03-02")


@pytest.mark.usefixtures("block")
def test_an_unknown_layer_is_named(client: Client) -> None:
    assert "There is no map layer “x”. Choose one in the list." in text(client, "/en/compare/?layer=x", 400)


@pytest.mark.usefixtures("block")
def test_a_plan_of_the_past_leaves_the_map_of_today_alone(client: Client) -> None:
    plan = make.make_edition("zones", "qpk-01-2009")
    make.make_plan(plan, make.box(0, 0, 50, 50), in_force_until=date(2015, 6, 7))
    listed = client.get("/api/v1/plans?on=2026-03-01").json()["results"]
    assert "qpk-01-2009" not in [one["code"] for one in listed]
    assert "qpk-01-2009" in [one["code"] for one in client.get("/api/v1/plans?on=2012-03-01").json()["results"]]


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("path", ["/en/plans/qpk-01", "/en/zones/qpk-01-1"])
def test_the_page_of_a_plan_or_zone_tells_the_law_of_the_date(client: Client, path: str) -> None:
    assert "not yet in force" in text(client, f"{path}?on=2015-06-07")
    assert "not yet in force" not in text(client, f"{path}?on=2015-06-08")


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize(
    ("path", "said", "there"),
    [
        ("p1?on=2025-06-30", "In force on", None),
        ("p1?on=2025-07-01", "On 01/07/2025 this unit was no more.", "xuan-huong-da-lat?on=2025-07-01"),
        ("xuan-huong-da-lat?on=2025-06-30", "On 30/06/2025 this unit did not exist yet", "p2?on=2025-06-30"),
    ],
)
def test_a_ward_tells_whether_it_existed_and_what_was_in_its_place(
    client: Client, path: str, said: str, there: str | None
) -> None:
    assert said in text(client, f"/en/wards/{path}")
    page = client.get(f"/en/wards/{path}").content.decode()
    assert ("In its place on that date:" in page) == (there is not None)
    if there:
        assert f'href="/en/wards/{there}"' in page
    answer = client.get(f"/api/v1/wards/{path}").json()["properties"]
    assert (answer["law_status"] == "in-force") == (there is None)
    assert [f"{unit['code']}?on={answer['on']}" for unit in answer["then"]][-1:] == ([there] if there else [])


@pytest.mark.usefixtures("block")
def test_a_ward_lists_the_plans_of_the_date(client: Client) -> None:
    assert "Quy hoạch qpk-01" not in text(client, "/en/wards/p1?on=2015-06-07")
    assert "Quy hoạch qpk-01" in text(client, "/en/wards/p1?on=2015-06-08")


@pytest.mark.usefixtures("block")
def test_a_zone_tells_what_was_in_force_on_its_ground(client: Client) -> None:
    old = make.make_edition("zones", "qpk-01-2009")
    dates = {"in_force_from": date(2009, 1, 1), "in_force_until": date(2015, 6, 7)}
    make.make_plan(old, make.box(0, 0, 400, 400), **dates)
    make.make_zone(old, 1, "YT", make.box(0, 0, 400, 300), **dates)
    page = client.get("/en/zones/qpk-01-1?on=2015-06-07").content.decode()
    assert "On 07/06/2015 this zone was not in force." in page
    assert '<a href="/en/zones/qpk-01-2009-1?on=2015-06-07">YT – Health</a>' in page
    before, after = (client.get(f"/api/v1/zones/qpk-01-1?on={on}").json() for on in ("2015-06-07", "2015-06-08"))
    assert (before["law_status"], after["law_status"], after["then"]) == ("not-yet", "in-force", [])
    assert "qpk-01-2009-1" in [one["code"] for one in before["then"]]
    assert client.get("/api/v1/plans/qpk-01?on=2015-06-07").json()["law_status"] == "not-yet"
