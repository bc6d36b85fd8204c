"""What followers of a parcel are told of lines, projects and plans that do not agree."""

import pytest

from planning.models import PlanLine, Project
from planning.sources.lines import complete_lines
from portal.changes.subjects import datasets_about, find_subject
from portal.follow import follows
from portal.follow.compare import changed_topics
from portal.follow.models import Follow, Letter
from tests.planning import make
from tests.portal.changes.conftest import NOW
from tests.portal.follow.conftest import ON, read_mail

pytestmark = pytest.mark.usefixtures("block")
PARCEL = "parcels/p1-12-345"


def lined(*, red_line=2.0, kinds=("road-line", "building-line", "corridor"), **fields):
    """The plan qpk-01 as the block has it, with lines across the first parcel."""

    def fill(edition):
        make.make_plan(edition, make.box(0, 0, 50, 50), decision="QĐ 1237")
        make.make_zone(edition, 1, "OM", make.box(0, 0, 12.4, 50), floors_max=4, density_max_percent=60)
        make.make_zone(edition, 2, "CX", make.box(12.4, 0, 50, 50))
        spots = {
            "road-line": (-50, red_line, 50, red_line),
            "building-line": (50, 5, -50, 5),
            "corridor": (0, 8, 50, 8),
        }
        widths = {"road-line": 24, "building-line": 3, "corridor": 1.5}
        for row, kind in enumerate(kinds, start=1):
            west, south, east, north = spots[kind]
            values = {"kind": kind, "name": "Phan Đình Phùng", "width_m": widths[kind], **fields}
            geom = make.line((west, south), (east, north))
            PlanLine.objects.create(edition=edition, code=f"line-{row}", row=row, geom=geom, **values)
        complete_lines_of(edition)

    return fill


def complete_lines_of(edition):
    for _issue in complete_lines(edition):
        pass


def project(name, west, east):
    def fill(edition):
        geom = make.box(west, 0, east, 9)
        Project.objects.create(edition=edition, code="da-1", row=1, name=name, kind="apartments", geom=geom)

    return fill


def tell():
    return follows.tell(on=ON, now=NOW)


def told_letter():
    assert tell() == 1
    [letter] = read_mail()
    return letter.body


def test_new_lines_across_a_parcel_are_told_though_its_zones_stay(follow, publish):
    follow(PARCEL)
    publish("zones", "qpk-01", lined())
    body = told_letter()
    assert "kept for the road\n  Before: nothing\n  Now: 40 m²: Phan Đình Phùng (road 24 m wide) – Quy" in body
    assert "no building may stand\n  Before: nothing\n  Now: 60 m²: Phan Đình Phùng (3 m back)" in body
    assert "protection corridor\n  Before: nothing\n  Now: 60 m²: Phan Đình Phùng (1.5 m on each side)" in body
    assert "Housing" not in body
    assert tell() == 0


def test_a_line_without_a_width_is_told_without_m2_and_in_vietnamese(follow, publish):
    follow(PARCEL, language="vi")
    publish("zones", "qpk-01", lined(kinds=["corridor"], width_m=None))
    assert "Nay: một chỉ giới cắt qua thửa đất" in told_letter()


def test_a_line_that_leaves_the_parcel_is_told_as_nothing(follow, publish):
    publish("zones", "qpk-01", lined(kinds=["road-line"]))
    follow(PARCEL)
    publish("zones", "qpk-01", lined(kinds=[]))
    assert "Before: 40 m²: Phan Đình Phùng (road 24 m wide)" in told_letter()


def test_lines_that_spare_the_parcel_are_no_news(follow, publish):
    follow(PARCEL)
    publish("zones", "qpk-01", lined(kinds=["road-line"], red_line=-2.0))
    assert tell() == 0


def test_a_line_that_moved_by_a_rounding_is_no_news_but_one_that_moved_is(follow, publish):
    publish("zones", "qpk-01", lined())
    follow(PARCEL)
    publish("zones", "qpk-01", lined(red_line=2.004))
    assert tell() == 0
    publish("zones", "qpk-01", lined(red_line=2.1))
    body = told_letter()
    assert "Before: 40 m²" in body
    assert "Now: 42 m²" in body


def test_a_project_that_comes_near_and_one_that_comes_upon_the_parcel_are_told(follow, publish):
    follow(PARCEL)
    publish("projects", "city", project("Chung cư Suối", 60, 70))
    assert "* Projects\n  Before: nothing\n  Now: Chung cư Suối, 40 m away" in told_letter()
    publish("projects", "city", project("Chung cư Suối", 60.3, 70))
    assert tell() == 0
    publish("projects", "city", project("Chung cư Suối", 10, 70))
    assert "Before: Chung cư Suối, 40 m away\n  Now: Chung cư Suối, on the parcel" in told_letter()


def test_plans_that_no_longer_agree_are_told(follow, publish):
    def wood(edition):
        make.make_plan(edition, make.box(-100, -100, 300, 100), level="land-use")
        make.make_area(edition, 1, "RPH", make.box(-100, -100, 75, 100))

    follow(PARCEL)
    publish("land-use", "qhsdd-2030", wood)
    assert "* Uses on which the plans do not agree\n  Before: " in (body := told_letter())
    assert "124 m²: Housing (OM) in Quy hoạch qpk-01, but" in body
    assert "(RPH) in the land-use plan" in body


def test_construction_plans_of_two_levels_that_no_longer_agree_are_told(follow, publish):
    def general(edition):
        make.make_plan(edition, make.box(-100, -100, 300, 100), level="general")
        make.make_zone(edition, 1, "RPH", make.box(-100, -100, 75, 100))

    follow(PARCEL)
    publish("zones", "qhc-da-lat", general)
    topic = told_letter().split("* Uses on which construction plans of two levels do not agree\n")[1]
    assert topic.startswith(
        "  Before: nothing\n  Now: 124 m²: Housing (OM) in Quy hoạch qpk-01, but Protection forest (RPH)"
    )


def test_what_an_earlier_release_did_not_look_at_is_kept_without_a_letter(follow, publish):
    publish("zones", "qpk-01", lined())
    follow(PARCEL)
    facts = Follow.objects.get().facts
    kept = {topic: said for topic, said in facts.items() if topic in ("ward", "area", "plan qpk-01", "price")}
    Follow.objects.update(facts={**kept, "plan qhsdd-2030": facts["plan qhsdd-2030"]})
    assert tell() == 0
    assert Follow.objects.get().facts == facts
    publish("zones", "qpk-01", lined(kinds=[]))
    assert "Now: nothing" in told_letter()


def test_a_publication_of_projects_leaves_a_job_and_is_news_of_the_parcel(publish):
    from django_tasks_db.models import DBTaskResult

    publish("projects", "city", project("Chung cư Suối", 60, 70))
    assert DBTaskResult.objects.filter(task_path="portal.follow.tasks.tell").count() == 1
    assert datasets_about(find_subject(PARCEL))["projects"] == {"city"}


@pytest.mark.parametrize(
    ("topic", "before", "after", "news"),
    [
        ("plan a", {"uses": [["OM", 4, 62.0], ["CX", 0, 38.0]], "gap": 0}, {"uses": [["OM", 4, 62.1]], "gap": 0}, True),
        ("plan a", {"uses": [["OM", 50.0], ["CX", 50.0]]}, {"uses": [["CX", 50.1], ["OM", 49.9]]}, False),
        ("plan a", {"uses": [["OM", 100.0]]}, {"uses": [["OM", 99.9], ["CX", 0.1]]}, False),
        ("plan a", {"uses": [["OM", 1.0, 100.0]]}, {"uses": [["OM", 1.1, 100.0]]}, True),
        ("area", [200.0, 199.9], [200.0, 200.0], False),
        ("area", [200.0, 199.9], [200.1, 199.9], True),
        ("corridor", [["Q", [["Suối", 3.0]], 8.0]], [["Q", [["Suối", 3.0]], None]], True),
        ("projects", [], [["Khu A", 0]], True),
    ],
)
def test_only_what_was_measured_may_move_by_a_rounding(topic, before, after, news):
    assert bool(changed_topics({topic: before}, {topic: after})) is news


def test_the_letter_names_only_what_changed_by_more_than_a_rounding(follow, publish):
    publish("zones", "qpk-01", lined())
    follow(PARCEL)
    publish("zones", "qpk-01", lined(red_line=2.004, kinds=["road-line", "corridor"]))
    assert told_letter().count("* ") == 1
    assert Letter.objects.filter(kind="changed").count() == 1
