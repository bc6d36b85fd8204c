import pytest

from portal.desk import reports
from portal.desk.models import PublicReport, Report
from tests.portal.desk.make import NOW, hand_in, make_agent, make_chief, make_user, same_for_all
from tests.portal.pictures import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return hand_in(text="Rác bên hồ", name="Nguyễn Thị Hoa", phone="0912 345 678", photos=(photo(),))


def paths(report):
    return {
        "list": "/desk/",
        "detail": f"/desk/{report.code}/",
        "photo": f"/photos/{report.photos.get().token}.jpg",
    }


CAST = {
    "anybody": lambda: None,
    "planner": lambda: make_user("planner"),
    "agent in charge": lambda: make_agent("mai", "environment", "forest"),
    "other agent": lambda: make_agent("an", "tourism"),
    "agent of none": lambda: make_agent("ba"),
    "chief": lambda: make_chief(),
}
# Who, list, detail, photo: statuses.
MATRIX = [
    ("anybody", 302, 302, 404),
    ("planner", 403, 403, 404),
    ("agent in charge", 200, 200, 200),
    ("other agent", 200, 404, 404),
    ("agent of none", 200, 404, 404),
    ("chief", 200, 200, 200),
]


@pytest.mark.parametrize(("who", "in_list", "in_detail", "in_photo"), MATRIX)
def test_only_the_agency_in_charge_and_the_chief_see_a_report(client, report, who, in_list, in_detail, in_photo):
    if user := CAST[who]():
        client.force_login(user)
    answers = {name: client.get(path) for name, path in paths(report).items()}
    assert [answer.status_code for answer in answers.values()] == [in_list, in_detail, in_photo]
    assert (report.code in answers["list"].content.decode()) == (in_detail == 200)


@pytest.mark.parametrize("who", ["anybody", "planner", "other agent", "agent of none"])
@pytest.mark.parametrize(
    ("action", "sent"),
    [
        ("move", {"state": "accepted"}),
        ("note", {"text": "x"}),
        ("assign", {"agency": "tourism", "reason": "mine"}),
        ("moderate", {"text": "x", "publish": "on"}),
        ("reporter", {}),
    ],
)
def test_nobody_else_can_do_anything_to_it(client, report, who, action, sent):
    if user := CAST[who]():
        client.force_login(user)
    before = report.events.count()
    assert client.post(f"/desk/{report.code}/{action}", sent).status_code in (302, 403, 404)
    assert report.events.count() == before
    assert Report.objects.get().state == "new"
    assert not PublicReport.objects.exists()


def test_absent_and_foreign_reports_look_the_same(client, report):
    client.force_login(make_agent("an", "tourism"))
    answers = {code: client.get(f"/desk/{code}/") for code in (report.code, "DL-0000-0000-001")}
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({same_for_all(answer.content, code) for code, answer in answers.items()}) == 1


def test_who_reported_is_hidden_until_revealed_and_the_look_is_kept(client, report):
    client.force_login(make_agent("mai", "environment"))
    page = client.get(f"/desk/{report.code}/").content.decode()
    assert "Nguyễn Thị Hoa" not in page
    assert "0912" not in page
    revealed = client.post(f"/desk/{report.code}/reporter")
    assert "Nguyễn Thị Hoa" in revealed.content.decode()
    assert "no-store" in revealed["Cache-Control"]
    assert report.events.filter(kind="revealed", by__username="mai").count() == 1
    assert "Nguyễn Thị Hoa" not in client.get(f"/desk/{report.code}/").content.decode()


def test_without_the_permission_there_is_no_way_to_the_name(client, report):
    client.force_login(make_user("new", "handle_report", agencies=("environment",)))
    assert "/reporter" not in client.get(f"/desk/{report.code}/").content.decode()
    answer = client.post(f"/desk/{report.code}/reporter")
    assert answer.status_code == 409
    assert "Nguyễn Thị Hoa" not in answer.content.decode()


def test_a_photo_taken_off_the_map_is_gone_for_the_public(client, report):
    path, chief = paths(report)["photo"], make_chief()
    reports.moderate(report, text="", publish=True, with_photos=True, by=chief, now=NOW)
    assert client.get(path).status_code == 200
    reports.moderate(report, text="", publish=False, with_photos=False, by=chief, now=NOW)
    assert client.get(path).status_code == 404


def test_an_agent_works_a_report_through(client, report):
    client.force_login(make_agent("mai", "environment"))
    for sent in ({"state": "accepted"}, {"state": "in-progress"}, {"state": "resolved", "note": "Đã dọn"}):
        answer = client.post(f"/desk/{report.code}/move", sent)
        assert (answer.status_code, answer.url) == (302, f"/desk/{report.code}/")
    client.post(f"/desk/{report.code}/note", {"text": "Chủ quán đã nhắc"})
    client.post(f"/desk/{report.code}/moderate", {"text": "Rác", "publish": "on"})
    page = client.get(f"/desk/{report.code}/").content.decode()
    assert "Chủ quán đã nhắc" in page
    assert Report.objects.get().state == "resolved"
    assert PublicReport.objects.live().get().text == "Rác"


@pytest.mark.parametrize(
    ("action", "sent"),
    [("move", {"state": "resolved", "note": "x"}), ("move", {}), ("note", {}), ("assign", {"agency": "environment"})],
)
def test_a_refused_step_says_why_on_the_case(client, report, action, sent):
    client.force_login(make_agent("mai", "environment"))
    answer = client.post(f"/desk/{report.code}/{action}", sent)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()


def test_the_queue_is_oldest_first_and_filters(client, report):
    accepted = hand_in(field="environment")
    agent = make_agent("mai", "environment", "tourism")
    reports.accept(accepted, by=agent, now=NOW)
    closed, tourism = hand_in(), hand_in(field="tourism")
    reports.move(closed, to="refused", note="x", by=agent, now=NOW)
    client.force_login(agent)

    def listed(query=""):
        return [row.code for row, _ in client.get(f"/desk/{query}").context["rows"]]

    assert listed() == [report.code, accepted.code, tourism.code]
    assert listed("?state=accepted") == [accepted.code]
    assert listed("?field=tourism") == [tourism.code]
    assert len(listed("?state=all")) == 4
    assert listed("?ward=nowhere&field=invented&page=999&state=x") == [report.code, accepted.code, tourism.code]


def test_the_queue_costs_the_same_however_long(client, report, django_assert_max_num_queries):
    for _ in range(5):
        hand_in()
    client.force_login(make_agent("mai", "environment"))
    with django_assert_max_num_queries(11):
        client.get("/desk/")


def test_looking_changes_nothing_by_get(client, report):
    client.force_login(make_chief())
    actions = ("move", "note", "assign", "moderate", "reporter")
    assert {client.get(f"/desk/{report.code}/{action}").status_code for action in actions} == {405}


def test_room_is_kept_for_a_large_photo(client):
    report = hand_in(photos=(photo((2400, 1800)),))
    reports.moderate(report, text="", publish=True, with_photos=True, by=make_chief(), now=NOW)
    assert 'width="2048" height="1536"' in client.get(f"/reports/{report.code}").content.decode()
    client.force_login(make_chief("another"))
    assert 'width="2048" height="1536"' in client.get(f"/desk/{report.code}/").content.decode()
