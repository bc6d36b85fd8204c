"""A parcel that was split, merged or numbered anew leads to its parcels of today."""

from datetime import date

import pytest
from django.test import Client

from planning.former import codes_then
from planning.lineage import find_gone
from planning.models import ParcelLineage
from planning.rules import lineage_leads_on
from portal.search.find import find
from tests.planning import make
from tests.planning.conftest import Block
from tiles.models import Edition


@pytest.fixture
def past(block: Block) -> Block:
    """Parcel 900 was split in two, 901 and 902 were merged, 903 got a new number twice, 905 and 906 run in a circle."""
    edition = block.straddling.edition
    steps = [
        ("p1-12-900", "p1-12-345", "split", date(2019, 3, 5)),
        ("p1-12-900", "p1-12-346", "split", date(2019, 3, 5)),
        ("p1-12-901", "p1-12-345", "merge", date(2012, 1, 9)),
        ("p1-12-902", "p1-12-345", "merge", date(2012, 1, 9)),
        ("p1-12-903", "p1-12-904", "renumber", date(2010, 1, 9)),
        ("p1-12-904", "p1-12-346", "renumber", date(2014, 1, 9)),
        ("p1-12-905", "p1-12-906", "renumber", date(2014, 1, 9)),
        ("p1-12-906", "p1-12-905", "renumber", date(2014, 1, 9)),
    ]
    for row, (old, new, kind, day) in enumerate(steps, 1):
        ParcelLineage.objects.create(
            edition=edition, live=True, row=row, code=f"{old}~{new}", predecessor=old, successor=new,
            kind=kind, changed=day, document="QĐ 12/2019",
        )  # fmt: skip
    return block


@pytest.mark.usefixtures("past")
def test_a_code_of_the_past_in_capital_letters_is_led_to_itself_first(client: Client) -> None:
    for prefix in ("/parcels", "/api/v1/parcels"):
        response = client.get(f"{prefix}/P1-12-901")
        assert (response.status_code, response["Location"]) == (301, f"{prefix}/p1-12-901")


@pytest.mark.usefixtures("past")
@pytest.mark.parametrize("ending", ["", ".json", ".geojson"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_merged_parcel_moved_to_its_only_successor(client: Client, ending: str, prefix: str) -> None:
    answer = client.get(f"{prefix}/parcels/p1-12-901{ending}?on=2026-03-01")
    assert answer.status_code == 301
    was = "" if ending else "&was=p1-12-901"  # so that the page can say why
    assert answer["Location"] == f"{prefix}/parcels/p1-12-345{ending}?on=2026-03-01{was}"
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.usefixtures("past")
@pytest.mark.parametrize("ending", [".pdf", ".svg"])
def test_document_and_code_of_a_parcel_follow_it_too(client: Client, ending: str) -> None:
    moved = client.get(f"/en/parcels/p1-12-901{ending}")
    assert (moved.status_code, moved["Location"]) == (301, f"/en/parcels/p1-12-345{ending}")
    gone = client.get(f"/en/parcels/p1-12-900{ending}")
    assert gone.status_code == 410
    assert "Ask about one of its parcels of today" in gone.content.decode()


@pytest.mark.usefixtures("past")
@pytest.mark.parametrize("asked", ["p1-12-900", "12/900"])
def test_a_comparison_says_that_a_parcel_is_gone_and_offers_its_successors(client: Client, asked: str) -> None:
    answer = client.get("/en/parcels/compare", {"a": asked, "b": "p2-12-345", "on": "2026-03-01"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Parcel p1-12-900 is no more since 05/03/2019: split" in page.replace("\n", " ")
    for code in ("p1-12-345", "p1-12-346"):
        assert f'"?a={code}&amp;b=p2-12-345&amp;on=2026-03-01"' in page
        assert f'"/en/parcels/{code}"' in page
    assert "No published parcel" not in page


@pytest.mark.usefixtures("past")
def test_a_chain_of_new_numbers_is_followed_to_its_end(client: Client) -> None:
    assert (
        client.get("/api/v1/parcels/p1-12-903?on=2026-03-01")["Location"] == "/api/v1/parcels/p1-12-346?on=2026-03-01"
    )


@pytest.mark.usefixtures("past")
def test_the_price_of_a_parcel_follows_it(client: Client) -> None:
    moved = client.get("/api/v1/parcels/p1-12-901/price?on=2026-03-01")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/parcels/p1-12-345/price?on=2026-03-01")
    assert client.get("/api/v1/parcels/p1-12-900/price").status_code == 410
    assert client.get("/api/v1/parcels/p1-99-999/price").status_code == 404


@pytest.mark.usefixtures("past")
def test_a_split_parcel_is_gone_and_lists_its_parts(client: Client) -> None:
    problem = client.get("/api/v1/parcels/p1-12-900?lang=en")
    assert problem.status_code == 410
    assert problem["Content-Type"] == "application/problem+json"
    said = problem.json()
    assert (said["type"], said["status"], said["kind"], said["changed"]) == ("gone", 410, "split", "2019-03-05")
    assert [one["code"] for one in said["successors"]] == ["p1-12-345", "p1-12-346"]
    assert "05/03/2019" in said["title"]
    assert client.get("/parcels/p1-12-900.json").json()["successors"] == said["successors"]


@pytest.mark.usefixtures("past")
def test_the_page_of_a_split_parcel_links_its_parts(client: Client) -> None:
    page = client.get("/en/parcels/p1-12-900")
    assert page.status_code == 410
    for code in ("p1-12-345", "p1-12-346"):
        assert f'href="/en/parcels/{code}"' in page.content.decode()


@pytest.mark.usefixtures("past")
def test_a_circle_in_the_data_ends_without_a_successor(client: Client) -> None:
    gone = find_gone("p1-12-905")
    assert gone is not None
    assert gone.successors == ()
    assert client.get("/parcels/p1-12-905").status_code == 410


@pytest.mark.usefixtures("past")
@pytest.mark.parametrize("asked", ["p1-12-900", "tờ 12 thửa 900", "12/900 phường 1"])
def test_search_finds_the_number_of_an_old_certificate(asked: str) -> None:
    [hit] = [hit for hit in find(asked, limit=9, language="en") if hit.kind == "parcel"]
    assert (hit.code, hit.url) == ("p1-12-900", "/en/parcels/p1-12-900")
    assert "05/03/2019" in hit.subtitle


@pytest.fixture
def namesakes(past: Block) -> Block:
    """Number 900 of sheet 12 is no more in wards 1 and 2; 345 is there in both, and was another parcel in ward 3."""
    wards = Edition.objects.get(dataset__layer="wards")
    make.make_ward(wards, "p3", make.box(300, -100, 500, 100), name="Phường 3", in_force_until=date(2025, 6, 30))
    for row, old in enumerate(["p2-12-900", "p3-12-345"], 20):
        ParcelLineage.objects.create(
            edition=past.straddling.edition, live=True, row=row, code=f"{old}~p2-12-345", predecessor=old,
            successor="p2-12-345", kind="merge", changed=date(2020, 1, 4), document="QĐ 1/2020",
        )  # fmt: skip
    return past


@pytest.mark.usefixtures("namesakes")
@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("tờ 12 thửa 900", ["p1-12-900", "p2-12-900"]),
        ("tờ 12 thửa 900 phường 1", ["p1-12-900"]),
        ("thửa đất số 900, tờ bản đồ số 12, phường 2, TP Đà Lạt", ["p2-12-900"]),
        ("12/900 Xuân Hương", ["p1-12-900", "p2-12-900"]),
        ("tờ 12 thửa 900 phường 3", []),
        ("tờ 12 thửa 900 phường 99", []),
        ("tờ 12 thửa 345", ["p1-12-345", "p2-12-345", "p3-12-345"]),
        ("tờ 12 thửa 345 phường 3", ["p3-12-345"]),
        ("tờ 12 thửa 345 phường 2", ["p2-12-345"]),
    ],
)
def test_a_number_that_is_no_more_is_offered_for_its_own_ward_only(asked: str, codes: list[str]) -> None:
    assert [hit.code for hit in find(asked, limit=9, language="en") if hit.kind == "parcel"] == codes


@pytest.mark.usefixtures("namesakes")
def test_each_number_that_is_no_more_names_its_ward(client: Client) -> None:
    hits = [hit for hit in find("12/900", limit=9, language="vi") if hit.kind == "parcel"]
    assert [hit.subtitle for hit in hits] == ["Phường 1, tách thửa, 05/03/2019", "Phường 2, hợp thửa, 04/01/2020"]
    page = client.get("/search/?q=12/345").content.decode()
    assert 'href="/parcels/p3-12-345"' in page
    assert page.count('href="/parcels/p2-12-345"') == 1


@pytest.mark.usefixtures("namesakes")
@pytest.mark.parametrize(
    ("ward", "gone"),
    [
        ("p1", {"p1-12-900": ["p1-12-345", "p1-12-346"]}),
        ("Phường 2, Đà Lạt", {"p2-12-900": ["p2-12-345"]}),
        ("", {"p1-12-900": ["p1-12-345", "p1-12-346"], "p2-12-900": ["p2-12-345"]}),
    ],
)
def test_the_list_of_parcels_tells_what_a_number_became(client: Client, ward: str, gone: dict[str, list[str]]) -> None:
    found = client.get("/api/v1/parcels", {"ward": ward, "sheet": 12, "number": 900}).json()
    assert found["results"] == []
    assert {one["code"]: [parcel["code"] for parcel in one["successors"]] for one in found["gone"]} == gone
    for one in found["gone"]:
        problem = client.get(f"/api/v1/parcels/{one['code']}")
        assert problem.status_code == (301 if len(one["successors"]) == 1 else 410)


@pytest.mark.usefixtures("namesakes")
def test_the_list_of_parcels_says_nothing_of_what_is_there(client: Client) -> None:
    for query in ("ward=p2&sheet=12&number=345", "ward=p2&sheet=12&number=901", "sheet=12"):
        assert "gone" not in client.get(f"/api/v1/parcels?{query}").json()


@pytest.mark.usefixtures("namesakes")
def test_the_comparison_offers_only_parcels_that_are_there(client: Client) -> None:
    page = client.get("/parcels/compare?a=12/345&b=p1-12-346").content.decode()
    assert "p2-12-345" in page
    assert "p3-12-345" not in page


@pytest.mark.usefixtures("past")
def test_a_code_that_never_was_stays_unknown(client: Client) -> None:
    assert client.get("/parcels/p1-12-999").status_code == 404
    assert client.get("/api/v1/parcels/p1-12-999").json()["type"] == "unknown-code"


def test_a_step_that_leads_nowhere_or_from_a_parcel_still_there_is_named(past: Block) -> None:
    edition = past.straddling.edition
    steps = [("p1-12-345", "p1-12-346"), ("p1-12-910", "p1-12-911")]
    for row, (old, new) in enumerate(steps, 50):
        ParcelLineage.objects.create(
            edition=edition, live=True, row=row, code=f"{old}~{new}", predecessor=old, successor=new,
            kind="merge", changed=date(2020, 1, 1),
        )  # fmt: skip
    assert [(issue.code, issue.row) for issue in lineage_leads_on(edition)] == [
        ("lineage-still-there", 50),
        ("lineage-leads-nowhere", 51),
    ]


@pytest.mark.usefixtures("city")
def test_the_demonstration_city_has_a_past(client: Client) -> None:
    kinds = set(ParcelLineage.objects.live().values_list("kind", flat=True))
    assert kinds == {"split", "merge", "renumber"}
    for step in ParcelLineage.objects.live():
        status = client.get(f"/parcels/{step.predecessor}").status_code
        assert status == (410 if step.kind == "split" else 301)


@pytest.mark.usefixtures("past")
def test_a_date_before_the_parcel_was_formed_is_said_everywhere(client: Client) -> None:
    ParcelLineage.objects.filter(successor="p1-12-345").update(changed=date(2022, 11, 29))
    for path in ("/en/parcels/p1-12-345?on=2020-01-01", "/api/v1/parcels/p1-12-345?on=2020-01-01&lang=en"):
        assert "did not exist yet: it was formed on 29/11/2022" in client.get(path).content.decode()
    assert "did not exist yet" not in client.get("/en/parcels/p1-12-345?on=2023-01-01").content.decode()


@pytest.mark.usefixtures("past")
def test_a_gone_parcel_says_that_it_existed_on_an_earlier_date(client: Client) -> None:
    ParcelLineage.objects.filter(predecessor="p1-12-900").update(changed=date(2022, 11, 29))
    assert "On 01/01/2020 it still existed" in client.get("/en/parcels/p1-12-900?on=2020-01-01").content.decode()
    assert "it still existed" not in client.get("/en/parcels/p1-12-900").content.decode()


@pytest.fixture
def drawn_before(past: Block) -> Edition:
    """A retired edition of the cadastral map that has parcels 900 and 901, and one never published that has 902."""
    live = past.straddling.edition
    retired = make.make_edition("parcels", "p1", live=False)
    make.make_parcel(retired, 12, 900, make.box(0, 0, 80, 10))
    make.make_parcel(retired, 12, 901, make.box(0, 0, 10, 10))
    Edition.objects.filter(pk=retired.pk).update(state="retired", published=make.BEGAN)
    staged = make.make_edition("parcels", "p1", live=False)
    make.make_parcel(staged, 12, 902, make.box(10, 0, 20, 10))
    assert live.state == "live"
    return retired


def outline(page: str) -> str:
    return page[page.index("Outlines of before") : page.index("</figure>", page.index("Outlines of before"))]


def test_a_gone_parcel_shows_its_outline_over_the_parcels_of_today(drawn_before: Edition, client: Client) -> None:
    page = client.get("/en/parcels/p1-12-900?on=2015-01-01").content.decode()
    assert outline(page).count("<path") == 4, "one of before, those of today, scale bar and north"
    assert ">900</text>" in outline(page)
    assert "800.0 m²" in page
    assert f"{drawn_before.pk}, published on 02/01/2026" in page
    assert "keeps no outline" not in page


def test_a_date_before_a_merger_shows_the_parcels_of_then_and_names_what_is_not_kept(
    drawn_before: Edition, client: Client
) -> None:
    ParcelLineage.objects.filter(kind="split").delete()
    page = client.get("/en/parcels/p1-12-345?on=2010-01-01").content.decode()
    assert "What stood here on 01/01/2010" in page
    assert ">901</text>" in outline(page)
    assert "The portal keeps no outline of p1-12-902." in page, "what was only staged was never public"
    for path in ("/en/parcels/p1-12-345?on=2020-01-01", "/en/parcels/p1-12-345"):
        assert "What stood here" not in client.get(path).content.decode()


@pytest.mark.usefixtures("past")
def test_without_an_edition_of_before_the_pages_say_so(client: Client) -> None:
    gone = client.get("/en/parcels/p1-12-900?on=2015-01-01").content.decode()
    assert "The portal keeps no outline of it. Ask the land registration office." in gone
    assert "<figure" not in gone
    assert "no outline of p1-12-900, p1-12-903." in client.get("/en/parcels/p1-12-346?on=2009-01-01").content.decode()


@pytest.mark.usefixtures("past")
@pytest.mark.parametrize(
    ("code", "on", "codes"),
    [
        ("p1-12-346", date(2009, 1, 1), ["p1-12-900", "p1-12-903"]),
        ("p1-12-346", date(2012, 1, 1), ["p1-12-900", "p1-12-904"]),
        ("p1-12-346", date(2018, 1, 1), ["p1-12-900"]),
        ("p1-12-346", date(2020, 1, 1), []),
        ("p1-12-905", date(2010, 1, 1), []),
    ],
)
def test_codes_of_a_date_are_those_that_stood_then(code: str, on: date, codes: list[str]) -> None:
    assert sorted(codes_then(code, on=on)) == codes


@pytest.mark.usefixtures("past")
def test_who_is_led_on_is_told_why_and_nobody_else(client: Client) -> None:
    page = client.get("/en/parcels/p1-12-901", follow=True).content.decode()
    assert "You came from parcel p1-12-901: it is this parcel since" in page
    for was in ("p1-12-900", "p1-12-346", "nothing", "<script>", "%00"):
        assert "You came from" not in client.get(f"/en/parcels/p1-12-345?was={was}").content.decode()
