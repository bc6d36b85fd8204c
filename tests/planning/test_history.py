"""The two clocks of a parcel: what was in force, what was published; and what changed between two dates."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from planning.extracts.history import Event, Publication, build_history, changes_between
from planning.models import ParcelLineage
from planning.shares import compute_missing
from tests.planning import make
from tests.planning.conftest import Block
from tiles.models import Dataset


def event(code: str, begins: date | None, ends: date | None, **more: Any) -> Event:
    values = {"kind": "plan", "title": code, "document": "", **more}
    return Event(code=code, in_force_from=begins, in_force_until=ends, **values)


def publication(edition: int, day: datetime) -> Publication:
    return Publication(
        layer="zones", dataset="qpk-01", title="Plan", edition=edition, published=day, replaced=None, live=True
    )


OLD = event("qpk-01-2009", date(2009, 3, 2), date(2015, 6, 7))
NEW = event("qpk-01", date(2015, 6, 8), None)
WARD = event("p1", None, date(2025, 6, 30), kind="ward")
PUBLISHED = publication(7, datetime(2026, 3, 1, 12, tzinfo=UTC))
HISTORY = build_history([NEW, OLD, WARD], [PUBLISHED])


def test_events_come_in_order_of_time_and_the_unstated_beginning_first() -> None:
    assert HISTORY.in_force == (WARD, OLD, NEW)


def test_a_plan_that_followed_another_ended_one_and_began_one() -> None:
    changes = changes_between(HISTORY, since=date(2015, 6, 7), on=date(2015, 6, 8))
    assert (changes.ended, changes.began) == ((OLD,), (NEW,))


def test_a_publication_changes_nothing_in_force() -> None:
    changes = changes_between(HISTORY, since=date(2026, 2, 1), on=date(2026, 3, 1))
    assert (changes.began, changes.ended, changes.published) == ((), (), (PUBLISHED,))


def test_the_day_of_a_publication_counts_once() -> None:
    assert changes_between(HISTORY, since=date(2026, 3, 1), on=date(2026, 4, 1)).nothing


days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))
events = st.lists(st.builds(event, st.text("abc", min_size=1, max_size=3), days, days), max_size=8)


@given(events=events, a=st.dates(date(1990, 1, 1), date(2040, 1, 1)), b=st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_what_was_in_force_less_the_ended_plus_the_begun_is_what_is_in_force(
    events: list[Event], a: date, b: date
) -> None:
    history = build_history(events, [])
    changes = changes_between(history, since=a, on=b)
    first, last = min(a, b), max(a, b)
    kept = [one for one in history.in_force if one.in_force(first) and one not in changes.ended]
    now = [one for one in history.in_force if one.in_force(last)]
    assert sorted(map(repr, [*kept, *changes.began])) == sorted(map(repr, now))
    assert changes == changes_between(history, since=b, on=a)


@pytest.fixture
def past(block: Block) -> Block:
    """The block had another plan and other prices before, and its parcel grew out of two."""
    plan = make.make_edition("zones", "qpk-01-2009")
    dates = {"in_force_from": date(2009, 3, 2), "in_force_until": date(2015, 6, 7)}
    make.make_plan(plan, make.box(0, 0, 50, 50), decision="QĐ 418", **dates)
    make.make_zone(plan, 1, "CX", make.box(0, 0, 50, 50), **dates)
    prices = make.make_edition("prices", "2020")
    make.make_segment(
        prices, "Phan Đình Phùng", (30_000_000, 15_000_000, None, 6_000_000), geom=make.line((-50, -10), (50, -10)),
        decision="QĐ 2", code="gia-2020", from_street="Đầu đường", to_street="Hùng Vương",
        in_force_from=date(2020, 1, 1), in_force_until=date(2025, 12, 31),
    )  # fmt: skip
    for row, old in enumerate(("p1-12-901", "p1-12-902"), 1):
        ParcelLineage.objects.create(
            edition=block.straddling.edition, live=True, row=row, code=f"{old}~p1-12-345", predecessor=old,
            successor="p1-12-345", kind="merge", changed=date(2012, 1, 9),
        )  # fmt: skip
    compute_missing()
    return block


def read(client: Client, query: str) -> Any:
    answer = client.get(f"/api/v1/parcels/p1-12-345?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.usefixtures("past")
def test_an_extract_tells_its_history_when_asked(client: Client) -> None:
    assert read(client, "on=2026-03-01")["history"] is None
    history = read(client, "on=2026-03-01&history=1")["history"]
    told = [(one["kind"], one["code"], one["in_force_from"], one["in_force_until"]) for one in history["in_force"]]
    assert told == [
        ("plan", "qhsdd-2030", None, "2030-12-31"),
        ("ward", "p1", None, "2025-06-30"),
        ("plan", "qpk-01-2009", "2009-03-02", "2015-06-07"),
        ("merge", "p1-12-901", "2012-01-09", None),
        ("merge", "p1-12-902", "2012-01-09", None),
        ("plan", "qpk-01", "2015-06-08", None),
        ("price", "gia-2020", "2020-01-01", "2025-12-31"),
        ("ward", "xuan-huong-da-lat", "2025-07-01", None),
        ("price", "gia-1", "2026-01-01", None),
    ]
    prices = [one["prices_vnd_per_m2"][0] for one in history["in_force"] if one["kind"] == "price"]
    assert prices == [30_000_000, 40_000_000]


@pytest.mark.usefixtures("past")
def test_the_answer_of_a_date_holds_the_plan_and_the_price_of_that_date(client: Client) -> None:
    then = read(client, "on=2012-03-01")
    assert [one["plan"]["code"] for one in then["answers"] if one["plan"]] == ["qpk-01-2009", "qhsdd-2030"]
    assert then["ward"]["name"] == "Phường 1"
    assert then["price"] is None
    assert read(client, "on=2021-03-01")["price"]["prices_vnd_per_m2"][0] == 30_000_000


@pytest.mark.usefixtures("past")
def test_changes_since_a_date_are_told_as_began_and_ended(client: Client) -> None:
    changes = read(client, "on=2026-03-01&since=2015-01-01")["changes"]
    assert [one["code"] for one in changes["began"]] == ["qpk-01", "xuan-huong-da-lat", "gia-1"]
    assert [one["code"] for one in changes["ended"]] == ["p1", "qpk-01-2009"]


@pytest.mark.usefixtures("past")
def test_a_plan_has_its_english_name_wherever_english_is_read(client: Client) -> None:
    Dataset.objects.filter(code="qpk-01").update(title_en="Lakeside plan")
    [plan] = [one for one in read(client, "history=1&lang=en")["history"]["in_force"] if one["code"] == "qpk-01"]
    assert plan["title"] == "Lakeside plan"
    for page in (
        "plans/",
        "plans/qpk-01",
        "zones/qpk-01-1",
        "wards/p1",
        "search/?q=lakeside plan",
        "changes?about=plans/qpk-01",
    ):
        assert "Lakeside plan" in client.get(f"/en/{page}").content.decode(), page
        assert "Lakeside plan" not in client.get(f"/{page}".replace("lakeside plan", "qpk-01")).content.decode(), page
    assert client.get("/api/v1/plans/qpk-01?lang=en").json()["title"] == "Lakeside plan"


@pytest.mark.usefixtures("past")
def test_the_page_keeps_in_force_and_published_apart(client: Client) -> None:
    page = client.get("/en/parcels/p1-12-345?on=2026-03-01&since=2015-01-01").content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    in_force, published = text.index("In force: what the law said"), text.index("Published: what this portal showed")
    assert in_force < text.index("02/03/2009 – 07/06/2015") < published
    assert "p1-12-901 was merged into p1-12-345" in text
    assert "From 01/01/2015 to 01/03/2026" in text
    assert text.index("Came into force") < text.index("Ward: Phường 1 (until 30/06/2025)")


@pytest.mark.usefixtures("past")
def test_a_future_date_says_what_it_means(client: Client) -> None:
    assert "as decided today" in read(client, "on=2090-01-01&lang=en")["on_note"]
    assert read(client, "on=2020-01-01")["on_note"] == ""
    assert "as decided today" in client.get("/en/parcels/p1-12-345?on=2090-01-01").content.decode()
    assert "as decided today" in client.get("/en/plans/?on=2090-01-01").content.decode()


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("query", ["since=x", "since=2026-02-30", "history=2", "history=yes"])
def test_a_malformed_question_is_named(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/parcels/p1-12-345?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.json()["title"]


@pytest.mark.usefixtures("block")
def test_a_malformed_since_is_named_on_the_page(client: Client) -> None:
    answer = client.get("/en/parcels/p1-12-345?since=2026-02-30")
    assert answer.status_code == 400
    assert "2026-02-30" in answer.content.decode()
