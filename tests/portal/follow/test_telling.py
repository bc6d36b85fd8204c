"""What followers are told when something is published."""

import email
import re
from email import policy

import pytest
from django.core import mail
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from planning.models import ParcelLineage
from portal.follow import follows
from portal.follow.facts import facts_of
from portal.follow.models import Follow, Letter
from portal.follow.words import differences
from tests.planning import make
from tests.portal.changes.conftest import NOW
from tests.portal.follow.conftest import HOA, ON, read_mail
from tiles import revisions
from tiles.models import Dataset

pytestmark = pytest.mark.usefixtures("block")
PARCEL = "parcels/p1-12-345"


def denser(edition):
    """The plan qpk-01 once more: five floors, and housing only."""
    make.make_plan(edition, make.box(0, 0, 50, 50), decision="QĐ 2000")
    make.make_zone(edition, 1, "OM", make.box(0, 0, 50, 50), floors_max=5, density_max_percent=60)


def dearer(edition):
    line = make.line((-50, -10), (50, -10))
    make.make_segment(edition, "Phan Đình Phùng", (44_000_000, 22_000_000), geom=line, decision="Nghị quyết 100")


def tell():
    return follows.tell(on=ON, now=NOW)


def test_a_follower_reads_before_and_after_in_words(follow, publish):
    follow(PARCEL)
    publish("zones", "qpk-01", denser)
    assert tell() == 1
    [letter] = read_mail()
    assert letter.subject == "Changed: Parcel 345, sheet 12, Phường 1"
    before, now = (
        letter.body.index(word) for word in ("Before: 62 % Housing (OM): at most 60 %", "Now: 100 % Housing")
    )
    assert before < now
    assert "at most 4 floors\n    38 % Public green (CX)" in letter.body
    assert "at most 5 floors\n    QĐ 2000" in letter.body
    assert "about=parcels/p1-12-345" in letter.body


def test_the_letter_comes_in_vietnamese_to_who_reads_vietnamese(follow, publish):
    follow(PARCEL, language="vi")
    publish("prices", "2026", dearer)
    tell()
    [letter] = read_mail()
    assert "40.000.000" in letter.body
    assert "44.000.000" in letter.body
    assert "/en/" not in letter.body


def test_a_letter_crosses_mail_servers_that_take_seven_bits(follow, publish):
    follow(PARCEL, language="vi")
    publish("zones", "qpk-01", denser)
    tell()
    [letter] = read_mail()
    raw = letter.message().as_bytes(linesep="\r\n")
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    read = email.message_from_bytes(raw, policy=policy.default)
    assert read["Subject"].strip() == "Có thay đổi: Thửa 345, tờ bản đồ 12, Phường 1"
    assert read.get_content().replace("\r\n", "\n") == letter.body


def test_who_follows_something_else_is_not_bothered(follow, publish):
    follow("parcels/p1-12-346")
    follow("wards/p2")
    follow("plans/qhsdd-2030")
    publish("zones", "qpk-01", denser)
    assert tell() == 0
    assert read_mail() == []


def test_the_same_answer_from_a_new_edition_is_no_news_of_a_parcel_but_of_its_plan(follow, publish):
    def same(edition):
        make.make_plan(edition, make.box(0, 0, 50, 50), decision="QĐ 1237")
        make.make_zone(edition, 1, "OM", make.box(0, 0, 12.4, 50), floors_max=4, density_max_percent=60)
        make.make_zone(edition, 2, "CX", make.box(12.4, 0, 50, 50))

    follow(PARCEL)
    follow("plans/qpk-01", email="lan@example.com")
    publish("zones", "qpk-01", same)
    tell()
    assert [letter.to for letter in read_mail()] == [["lan@example.com"]]


def test_a_new_plan_in_a_ward_is_told_to_who_follows_the_ward(follow, publish):
    def fill(edition):
        make.make_plan(edition, make.box(-50, -50, 0, 0), title="Quy hoạch Suối Cạn", decision="QĐ 9")

    follow("wards/p1")
    publish("zones", "qpk-09", fill)
    tell()
    [letter] = read_mail()
    assert "* Quy hoạch Suối Cạn\n  Before: nothing\n  Now: edition" in letter.body


def test_who_follows_a_ward_or_a_plan_reads_what_is_drawn_otherwise_and_only_that(follow, publish):
    Dataset.objects.filter(code="qpk-01").update(title_en="Lakeside plan")

    def fill(edition):
        make.make_plan(edition, make.box(0, 0, 500, 500))
        make.make_zone(edition, 1, "OM", make.box(0, 0, 200, 100), floors_max=edition.pk)
        make.make_zone(edition, 2, "CX", make.box(200, 0, 500, 100))

    publish("zones", "qpk-01", fill)
    follow("wards/p1")
    follow("plans/qpk-01", email="lan@example.com")
    publish("zones", "qpk-01", fill)
    assert tell() == 2
    for letter in read_mail():
        said = letter.body[letter.body.index("* Lakeside plan – Areas by use") :]
        assert re.search(r"Before: 2 ha Housing \(OM\): at most [\d,]+ floors\n  Now: 2 ha", said)
        assert "CX" not in said
        assert "Quy hoạch qpk-01" not in letter.subject + letter.body


def test_telling_again_tells_nothing_twice(follow, publish):
    follow(PARCEL)
    publish("zones", "qpk-01", denser)
    publish("prices", "2026", dearer)
    assert [tell(), tell()] == [1, 0]
    assert len(read_mail()) == 1
    assert read_mail() == []


def test_a_letter_tells_of_several_changes_at_once_and_only_of_these(follow, publish):
    follow(PARCEL)
    publish("zones", "qpk-01", denser)
    publish("prices", "2026", dearer)
    tell()
    [letter] = Letter.objects.filter(kind="changed")
    with override("en"):
        topics = [difference.topic for difference in differences(letter.before, letter.after)]
    plans = ["Quy hoạch qpk-01", "Uses on which the plans do not agree"]
    assert topics == [*plans, "Land price of the nearest street"], "green no longer lies on housing land"


def test_a_roll_back_is_told_as_a_change_back(follow, publish, take_back):
    follow(PARCEL)
    revision = publish("zones", "qpk-01", denser)
    tell()
    read_mail()
    take_back(revision)
    assert tell() == 1
    [letter] = read_mail()
    then, now = letter.body.split("Uses on which")[0].split("Now:")
    assert "Before: 100 % Housing (OM): at most 60 % built over; at most 5 floors\n    QĐ 2000" in then
    assert "62 % Housing (OM): at most 60 % built over; at most 4 floors\n    38 % Public green (CX)\n" in now
    # Taken back before anybody was told: there is nothing to tell.
    take_back(publish("zones", "qpk-01", denser))
    assert tell() == 0


def test_a_parcel_that_is_no_more_is_told_with_what_was_said_before(follow, publish):
    follow(PARCEL)
    publish("parcels", "p1", lambda edition: make.make_parcel(edition, 12, 900, make.box(0, 0, 20, 10)))
    tell()
    [letter] = read_mail()
    assert "It is not published any more under this number." in letter.body
    assert "Before: registered 200 m², measured 200 m²" in letter.body
    assert tell() == 0


def test_a_parcel_that_was_merged_is_told_with_the_one_it_became(follow, publish, client):
    def merge(edition):
        make.make_parcel(edition, 12, 900, make.box(0, 0, 20, 10))
        ParcelLineage.objects.create(
            edition=edition, live=True, row=1, code="p1-12-345~p1-12-900", predecessor="p1-12-345",
            successor="p1-12-900", kind="merge", changed=ON,
        )  # fmt: skip

    follow(PARCEL)
    publish("parcels", "p1", merge)
    tell()
    [letter] = read_mail()
    assert "Parcel p1-12-345 is no more since 22/11/2026" in letter.body
    assert "/en/parcels/p1-12-900\n" in letter.body
    feed = client.get("/en/changes.atom?about=parcels/p1-12-345")
    assert (feed.status_code, "p1-12-900" in feed.json()["title"]) == (404, True)


def test_who_has_not_confirmed_is_told_nothing(follow, publish):
    follow(PARCEL)
    Follow.objects.update(confirmed=None)
    publish("zones", "qpk-01", denser)
    assert tell() == 0


def test_two_followers_of_one_parcel_each_get_their_letter(follow, publish):
    follow(PARCEL)
    follow(PARCEL, email="lan@example.com", language="vi")
    publish("zones", "qpk-01", denser)
    assert tell() == 2
    assert {letter.to[0] for letter in read_mail()} == {HOA, "lan@example.com"}


def test_a_publication_leaves_a_job_that_goes_when_it_is_undone(publish, reviewer, django_capture_on_commit_callbacks):
    def jobs():
        return DBTaskResult.objects.filter(task_path="portal.follow.tasks.tell").count()

    publish("zones", "qpk-01", denser)
    assert jobs() == 1
    revisions.grow("reports", by=reviewer, reason="", now=NOW)
    publish("roads", "city")
    assert jobs() == 1, "what is said of no parcel, ward or plan needs no job"


def test_the_job_tells_and_the_outbox_sends(follow, publish):
    from portal.follow import outbox, tasks

    follow(PARCEL)
    publish("zones", "qpk-01", denser)
    mail.outbox.clear()
    assert tasks.tell.call() == 1
    assert outbox.send.call() == 1
    assert len(mail.outbox) == 1


def test_nothing_is_told_while_shares_are_still_to_be_computed(block):
    from planning.models import Parcel

    make.make_parcel(Parcel.objects.get(code="p1-12-345").edition, 13, 1, make.box(0, 20, 5, 25))
    plan = make.make_edition("zones", "qpk-77")
    make.make_plan(plan, make.box(0, 0, 50, 50))
    make.make_zone(plan, 1, "OM", make.box(0, 0, 50, 50))
    assert facts_of("parcels", "p1-13-1", on=ON) is None
