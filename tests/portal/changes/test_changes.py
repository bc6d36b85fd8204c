"""What was published when: on the page, in the feeds, in the API."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.changes.publications import publications, read
from portal.changes.subjects import datasets_about, find_subject
from tests.planning import make
from tests.portal.changes.conftest import NOW
from tiles import revisions
from tiles.models import Revision

pytestmark = pytest.mark.usefixtures("block")
ATOM = "{http://www.w3.org/2005/Atom}"


def plan_of(code, **fields):
    """The rows of a small plan in the north of the block."""

    def fill(edition):
        make.make_plan(edition, make.box(0, 0, 50, 50), decision="QĐ 2000", **fields)
        make.make_zone(edition, 1, "OM", make.box(0, 0, 50, 50))

    return fill


def kinds():
    return [change.kind for each in read(publications()) for change in each.changes]


def test_each_move_of_a_dataset_is_told_by_its_name(publish, take_back):
    first = publish("zones", "qpk-09", plan_of("qpk-09"))
    second = publish("zones", "qpk-09", plan_of("qpk-09"))
    assert kinds() == ["replaced", "new"]
    take_back(second)
    assert kinds() == ["put-back", "replaced", "new"]
    take_back(first)
    assert kinds() == ["withdrawn", "put-back", "replaced", "new"]
    [latest] = read(publications())[0].changes
    assert (latest.edition, latest.edition_before) == (None, first.edition_id)


def test_an_edition_published_again_does_not_rewrite_what_was_said_before(publish, reviewer):
    from tiles import editions

    first = publish("zones", "qpk-09", plan_of("qpk-09"))
    publish("zones", "qpk-09", plan_of("qpk-09"))
    before = [(each.revision, each.moment, each.changes[0].edition) for each in read(publications())]
    first.edition.refresh_from_db()
    editions.publish(first.edition, by=reviewer, now=NOW + timedelta(days=1))
    after = [(each.revision, each.moment, each.changes[0].edition) for each in read(publications())]
    assert after[1:] == before
    assert kinds()[0] == "put-back"


def test_changes_of_reports_stay_the_desks_business(client: Client, reviewer):
    revisions.grow("reports", by=reviewer, reason="DL-SECRET published", now=NOW)
    for path in ("/changes", "/changes.atom", "/changes.json", "/api/v1/changes"):
        assert "DL-SECRET" not in client.get(path).content.decode()
    assert client.get("/api/v1/changes").json()["results"] == []


def test_the_api_tells_layer_dataset_edition_rows_and_decision(client: Client, publish):
    revision = publish("zones", "qpk-09", plan_of("qpk-09"))
    [each] = client.get("/api/v1/changes?lang=en").json()["results"]
    assert (each["layer"], each["revision"], each["layer_title"]) == ("zones", revision.number, "Construction plans")
    [dataset] = each["datasets"]
    assert (dataset["code"], dataset["kind"], dataset["edition"]) == ("qpk-09", "new", revision.edition_id)
    assert (dataset["decision"], dataset["url"]) == ("QĐ 2000", "/plans/qpk-09")


def test_since_and_layer_narrow_the_list(client: Client, publish):
    publish("roads", "city")
    publish("zones", "qpk-09", plan_of("qpk-09"))

    def layers(query):
        return [each["layer"] for each in client.get(f"/api/v1/changes?{query}").json()["results"]]

    assert layers("") == ["zones", "roads"]
    assert layers("layer=zones") == ["zones"]
    assert layers("since=2026-11-22") == ["zones", "roads"]
    assert layers("since=2026-11-22T15:00:00%2B07:00") == ["zones", "roads"]
    assert layers("since=2026-11-22T15:00:01%2B07:00") == ["zones"]
    assert layers("since=2026-11-23") == []


def test_next_leads_through_all_of_a_long_list(client: Client, monkeypatch):
    monkeypatch.setattr("portal.changes.api.LISTED", 2)
    dataset = revisions.Replacement("city", None, None)
    for _number in range(5):
        revisions.grow("roads", by=None, reason="", now=NOW, datasets=[dataset])
    seen, path = [], "/api/v1/changes?layer=roads"
    while path:
        answer = client.get(path).json()
        seen += [each["revision"] for each in answer["results"]]
        path = answer["next"]
    assert seen == [5, 4, 3, 2, 1]


def test_news_about_a_parcel_are_of_plans_that_cover_it_its_map_and_prices(block):
    datasets = datasets_about(find_subject("parcels/p1-12-345"))
    assert datasets == {"zones": {"qpk-01"}, "land-use": {"qhsdd-2030"}, "parcels": {"p1"}, "prices": {"2026"}}
    assert "zones" not in datasets_about(find_subject("parcels/p1-12-346"))


def test_news_about_a_ward_are_of_the_plans_in_it(block):
    assert datasets_about(find_subject("wards/p1"))["zones"] == {"qpk-01"}
    assert "zones" not in datasets_about(find_subject("wards/p2"))


def test_news_about_one_thing_leave_out_the_rest_of_the_publication(client: Client):
    both = [revisions.Replacement("qpk-01", None, None), revisions.Replacement("qpk-99", None, None)]
    revisions.grow("zones", by=None, reason="", now=NOW, datasets=both)
    [each] = client.get("/api/v1/changes?about=plans/qpk-01").json()["results"]
    assert [dataset["code"] for dataset in each["datasets"]] == ["qpk-01"]


def test_atom_is_well_formed_and_its_ids_last(client: Client, publish):
    publish("zones", "qpk-09", plan_of("qpk-09"))
    first = ElementTree.fromstring(client.get("/changes.atom").content)
    publish("zones", "qpk-09", plan_of("qpk-09"))
    second = ElementTree.fromstring(client.get("/changes.atom").content)
    ids = [[entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] for feed in (first, second)]
    assert len(ids[1]) == 2
    assert ids[1][1] == ids[0][0]
    assert second.findtext(f"{ATOM}updated") == (NOW + timedelta(seconds=1)).isoformat()


def test_every_dataset_of_a_publication_is_a_line_of_its_own_in_the_feeds(client: Client):
    datasets = [revisions.Replacement(code, None, None) for code in ("qpk-01", "<b>&", "qpk-99")]
    revisions.grow("zones", by=None, reason="", now=NOW, datasets=datasets)
    summary = ElementTree.fromstring(client.get("/en/changes.atom").content).find(f"{ATOM}entry/{ATOM}summary")
    assert summary.get("type") == "html"
    lines = [line.text for line in ElementTree.fromstring(summary.text).iter("li")]
    assert [line.partition(":")[0] for line in lines] == ["Tập qpk-01", "<b>&", "qpk-99"]
    assert client.get("/en/changes.json").json()["items"][0]["content_text"].split("\n") == lines


def test_no_two_sections_of_the_page_have_the_same_name(client: Client, publish):
    for _time in range(2):
        publish("zones", "qpk-09", plan_of("qpk-09"))
    page = client.get("/en/changes").content.decode()
    texts = {
        name: re.sub("<[^>]+>", "", text) for name, text in re.findall(r'id="([hr]-[^"]+)">(.*?)</(?:h2|span)>', page)
    }
    labels = re.findall(r'<section[^>]* aria-labelledby="(h-[^"]+)"', page)
    names = [" ".join(texts[part] for part in label.split()) for label in labels]
    assert names == ["Construction plans revision 2 of the layer", "Construction plans revision 1 of the layer"]


def test_the_json_feed_says_the_same(client: Client, publish):
    publish("zones", "qpk-09", plan_of("qpk-09"))
    response = client.get("/en/changes.json?layer=zones")
    feed = response.json()
    assert response["Content-Type"] == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert "published for the first time" in feed["items"][0]["content_text"]
    assert feed["items"][0]["date_published"] == timezone.localtime(NOW, timezone.get_fixed_timezone(0)).isoformat()


def test_a_reader_with_the_latest_gets_304_until_something_is_published(client: Client, publish):
    etag = client.get("/changes.atom")["ETag"]
    assert client.get("/changes.atom", headers={"if-none-match": etag}).status_code == 304
    assert client.get("/en/changes.atom", headers={"if-none-match": etag}).status_code == 200
    publish("roads", "city")
    assert client.get("/changes.atom", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize(
    "query", ["layer=nope", "since=yesterday", "since=2026-02-30", "x=1", "layer=zones&layer=roads"]
)
def test_a_bad_question_is_named(client: Client, query):
    for path in ("/api/v1/changes", "/changes", "/changes.atom", "/changes.json"):
        assert client.get(f"{path}?{query}").status_code == 400
    assert client.get(f"/api/v1/changes?{query}").json()["type"] == "bad-parameter"


def test_news_about_nothing_published_are_not_found(client: Client):
    for about in ("parcels/p9-9-9", "zones/qpk-01-1", "x", "plans/%00"):
        for path in ("/api/v1/changes", "/changes", "/changes.atom"):
            assert client.get(f"{path}?about={about}").status_code == 404


def test_the_page_reads_a_publication_in_seven_statements(client: Client, publish, django_assert_max_num_queries):
    for code in ("qpk-08", "qpk-09"):
        publish("zones", code, plan_of(code))
    with django_assert_max_num_queries(7):
        page = client.get("/en/changes").content.decode()
    assert "QĐ 2000" in page
    assert Revision.objects.count() == 2


def test_two_feeds_and_their_entries_have_names_of_their_own(client: Client, publish):
    publish("zones", "qpk-09", plan_of("qpk-09"))
    ids = []
    for query in ("", "?layer=zones", "?about=plans/qpk-09"):
        feed = ElementTree.fromstring(client.get(f"/changes.atom{query}").content)
        ids.append((feed.findtext(f"{ATOM}id"), feed.findtext(f"{ATOM}entry/{ATOM}id")))
        assert client.get(f"/changes.json{query}").json()["home_page_url"] == ids[-1][0]
        assert client.get(ids[-1][0].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert len({feed for feed, _entry in ids}) == 3
    # All of a layer is the same entry in both; what is told about one plan only is another.
    assert ids[0][1] == ids[1][1] != ids[2][1]
