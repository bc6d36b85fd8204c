from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from portal.desk import formal, reports
from portal.desk.limits import TooManyError
from portal.desk.location import snap, to_survey
from portal.desk.models import Agency, PublicReport, Report, Reporter, ReportEvent
from portal.desk.reports import KeyReusedError, NotAllowedError
from tests.portal.desk.make import LAT, LON, NOW, hand_in, make_agent, make_chief, make_user
from tests.portal.pictures import photo
from tiles import revisions

pytestmark = pytest.mark.django_db


def test_the_same_key_and_draft_is_the_same_report():
    first = hand_in(key="one-key-for-all", photos=(photo(),))
    again = hand_in(key="one-key-for-all", photos=(photo(),), now=NOW + timedelta(days=1))
    assert again == first
    assert Report.objects.count() == first.photos.count() == 1


@pytest.mark.parametrize(
    "other",
    [{"text": "Other"}, {"photos": (photo((9, 9)),)}, {"lon": LON + 0.001}, {"phone": "0912345678"}, {"lang": "en"}],
)
def test_the_same_key_with_another_draft_is_refused(other):
    hand_in(key="one-key-for-all")
    with pytest.raises(KeyReusedError):
        hand_in(key="one-key-for-all", **other)
    assert Report.objects.count() == 1


def test_a_sender_has_ten_reports_an_hour_and_repeats_are_free():
    for number in range(10):
        hand_in(key=f"number-{number}", sender="203.0.113.9")
    hand_in(key="number-3", sender="203.0.113.9")
    with pytest.raises(TooManyError) as refused:
        hand_in(key="number-11", sender="203.0.113.9")
    assert refused.value.wait_s == 30 * 60 + 1
    assert not Report.objects.filter(key="number-11").exists()
    hand_in(key="number-11", sender="203.0.113.10")
    hand_in(key="number-12", sender="203.0.113.9", now=NOW + timedelta(hours=1))


def test_a_report_walks_from_new_to_resolved_and_keeps_who_and_when():
    agent, report = make_agent("an", "environment"), hand_in()
    reports.accept(report, by=agent, now=NOW)
    reports.move(report, to="in-progress", by=agent, now=NOW)
    report = reports.move(report, to="resolved", note="Đã dọn", by=agent, now=NOW + timedelta(hours=2))
    assert report.state == "resolved"
    assert report.changed == NOW + timedelta(hours=2)
    moves = list(report.events.filter(kind="moved").values_list("before", "after", "by", "note", "public"))
    assert moves == [
        ("new", "accepted", agent.pk, "", True),
        ("accepted", "in-progress", agent.pk, "", True),
        ("in-progress", "resolved", agent.pk, "Đã dọn", True),
    ]


def test_a_move_that_is_not_in_the_table_is_refused():
    report = hand_in()
    with pytest.raises(NotAllowedError):
        reports.move(report, to="resolved", note="x", by=make_agent("an"), now=NOW)
    assert Report.objects.get().state == "new"


def test_a_stale_page_cannot_move_a_report_twice():
    agent, seen = make_agent("an"), hand_in()
    reports.accept(seen, by=agent, now=NOW)
    with pytest.raises(NotAllowedError):
        reports.accept(seen, by=agent, now=NOW)
    assert seen.events.filter(kind="moved").count() == 1


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_refusal_owes_the_reporter_an_explanation(note):
    report = hand_in()
    with pytest.raises(NotAllowedError):
        reports.move(report, to="refused", note=note, by=make_agent("an"), now=NOW)


@pytest.mark.parametrize(
    "change",
    [lambda events: events.update(note="never happened"), lambda events: events._raw_delete("default")],
    ids=["update", "delete"],
)
def test_history_cannot_be_rewritten(change):
    hand_in()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(ReportEvent.objects.all())


def test_a_hand_over_needs_a_reason_and_leaves_the_queue_of_the_old_agency():
    agent, report = make_agent("an", "environment"), hand_in()
    forest = Agency.objects.get(code="forest")
    with pytest.raises(NotAllowedError):
        reports.assign(report, agency=forest, reason=" ", by=agent, now=NOW)
    reports.assign(report, agency=forest, reason="Trong rừng", by=agent, now=NOW)
    assert not Report.objects.visible_to(agent).exists()
    event = report.events.last()
    assert (event.before, event.after, event.note, event.public) == ("environment", "forest", "Trong rừng", False)


def test_identity_is_revealed_with_the_permission_only_and_every_look_is_kept():
    report = hand_in(name="Nguyễn Thị Hoa", phone="0912 345 678")
    curious = make_user("curious", "handle_report", agencies=("environment",))
    with pytest.raises(NotAllowedError):
        reports.reveal_reporter(report, by=curious, now=NOW)
    agent = make_agent("an", "environment")
    who = reports.reveal_reporter(report, by=agent, now=NOW)
    assert who.name == "Nguyễn Thị Hoa"
    assert [event.by for event in report.events.filter(kind="revealed")] == [agent]


def test_an_anonymous_report_keeps_no_identity():
    hand_in()
    assert not Reporter.objects.exists()


def test_the_public_map_learns_the_cell_and_never_the_place():
    report, chief = hand_in(), make_chief()
    reports.moderate(report, text="Rác", publish=True, with_photos=False, by=chief, now=NOW)
    row = PublicReport.objects.live().get()
    assert (row.geom.x, row.geom.y) == (575_150, 1_320_550)
    assert row.geom.distance(to_survey(LON, LAT)) > 10
    neighbour = snap(to_survey(LON + 0.0002, LAT))
    assert neighbour.coords == row.geom.coords


def test_each_moderation_and_each_move_of_a_shown_report_grows_the_layer():
    report, chief = hand_in(photos=(photo(),)), make_chief()
    assert revisions.current("reports") is None
    reports.moderate(report, text="Rác", publish=True, with_photos=True, by=chief, now=NOW)
    reports.accept(report, by=chief, now=NOW)
    assert revisions.current("reports").number == 2
    assert PublicReport.objects.get().state == "accepted"
    assert report.photos.get().public
    reports.moderate(report, text="", publish=False, with_photos=True, by=chief, now=NOW)
    assert not PublicReport.objects.live().exists()
    assert not report.photos.get().public
    reports.move(report, to="in-progress", by=chief, now=NOW)
    assert revisions.current("reports").number == 3


def test_sensitive_and_placeless_reports_stay_off_the_map():
    chief = make_chief()
    for report in (hand_in(field="public-order"), hand_in(lon=None, lat=None, place_text="Chợ")):
        with pytest.raises(NotAllowedError):
            reports.moderate(report, text="x", publish=True, with_photos=False, by=chief, now=NOW)
    assert not PublicReport.objects.exists()


@pytest.mark.parametrize("text", ["Tôi khiếu nại quyết định", "Đơn TỐ CÁO ông A", "I file a formal complaint"])
def test_formal_complaints_are_recognised(text):
    assert formal.mentions_formal(text)
    assert hand_in(text=text).formal


@pytest.mark.parametrize("text", ["Nhà to cao quá", "tiếng ồn", "complaint about noise"])
def test_ordinary_words_are_no_formal_complaint(text):
    assert not formal.mentions_formal(text)
