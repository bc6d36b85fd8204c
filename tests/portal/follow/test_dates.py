"""What followers are told when the law begins or ends something by its date, and nothing is published that day."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from planning.models import Plan, PriceRule, Project, StreetSegment
from portal.calendar import CITY_ZONE
from portal.follow import follows, tasks
from portal.follow.facts import facts_of
from portal.follow.models import Follow, Letter
from tests.planning import make
from tests.portal.follow.conftest import read_mail

pytestmark = pytest.mark.usefixtures("block")
PARCEL, PLAN, WARD = "parcels/p1-12-345", "plans/qpk-01", "wards/xuan-huong-da-lat"
LAST_DAY = date(2026, 12, 31)
NEW_YEAR = date(2027, 1, 1)


def tell(on: date) -> int:
    """What the night before that day's morning does."""
    return follows.tell(on=on, now=datetime.combine(on, time(0, 10), CITY_ZONE))


@pytest.mark.parametrize("subject", [PARCEL, PLAN, WARD])
def test_a_plan_that_ends_by_its_date_is_told_once_in_the_first_night_after(follow, subject):
    Plan.objects.filter(code="qpk-01").update(in_force_until=LAST_DAY)
    follow(subject)
    assert [tell(LAST_DAY), tell(NEW_YEAR), tell(NEW_YEAR), tell(date(2027, 1, 2))] == [0, 1, 0, 0]
    [letter] = read_mail()
    assert "Since 01/01/2027" in letter.body
    assert "* Quy hoạch qpk-01\n" in letter.body
    assert "Now: no longer in force, it was until 31/12/2026" in letter.body


def test_the_letter_says_what_the_plan_said_and_comes_in_vietnamese_too(follow):
    Plan.objects.filter(code="qpk-01").update(in_force_until=LAST_DAY)
    follow(PARCEL, language="vi")
    tell(NEW_YEAR)
    [letter] = read_mail()
    assert "Trước: 62 % Đất nhóm nhà ở (OM)" in letter.body
    assert "Nay: không còn hiệu lực, có hiệu lực đến 31/12/2026" in letter.body


@pytest.mark.parametrize("subject", [PARCEL, PLAN, WARD])
def test_a_plan_that_begins_by_its_date_is_told(follow, subject):
    Plan.objects.filter(code="qpk-01").update(in_force_from=NEW_YEAR)
    follow(subject)
    assert [tell(LAST_DAY), tell(NEW_YEAR)] == [0, 1]
    [letter] = read_mail()
    assert "Before: not in force yet, from 01/01/2027" in letter.body
    assert letter.body.count("* Quy hoạch qpk-01\n") == 1


def test_an_edition_that_ends_a_plan_at_once_is_told_with_the_end(follow):
    follow(PLAN)
    Plan.objects.filter(code="qpk-01").update(in_force_until=LAST_DAY)
    assert tell(NEW_YEAR) == 1
    [letter] = read_mail()
    assert "in force from 08/06/2015, in force until 31/12/2026\n" in letter.body
    assert "Now: no longer in force, it was until 31/12/2026" in letter.body


def test_nights_that_were_missed_are_caught_up_with_one_letter(follow):
    Plan.objects.filter(code="qpk-01").update(in_force_until=LAST_DAY)
    StreetSegment.objects.update(in_force_until=date(2027, 1, 15))
    follow(PARCEL)
    assert [tell(date(2027, 3, 1)), tell(date(2027, 3, 2))] == [1, 0]
    [letter] = read_mail()
    assert "* Quy hoạch qpk-01\n" in letter.body
    assert "* Land price of the nearest street\n" in letter.body


def test_a_price_table_that_replaces_another_by_its_date_is_told(follow):
    StreetSegment.objects.update(in_force_until=LAST_DAY)
    street = make.line((-50, -10), (50, -10))
    table = make.make_edition("prices", "2027")
    prices = (44_000_000, 22_000_000)
    make.make_segment(
        table, "Phan Đình Phùng", prices, code="gia-27", geom=street, decision="NQ 5", in_force_from=NEW_YEAR
    )
    follow(PARCEL)
    follow(PLAN, email="lan@example.com")
    assert [tell(LAST_DAY), tell(NEW_YEAR), tell(NEW_YEAR)] == [0, 1, 0]
    [letter] = read_mail()
    assert "40,000,000 đ/m²" in letter.body
    assert "44,000,000 đ/m²" in letter.body
    assert "NQ 5" in letter.body


def coefficient(row, percent, decision, **dates):
    """A line of rules in the price table of the block."""
    edition = StreetSegment.objects.get().edition
    facts = {"kind": "coefficient", "order": 1, "text_vi": "Hệ số", "decision": decision, "row": row, "code": f"r{row}"}
    year = dates["in_force_from"].year
    return PriceRule.objects.create(edition=edition, live=True, percent=percent, year=year, **facts, **dates)


def test_rules_of_prices_that_change_by_their_date_are_told(follow):
    coefficient(1, 100, "QĐ 1", in_force_from=date(2026, 1, 1), in_force_until=LAST_DAY)
    coefficient(2, 120, "QĐ 2", in_force_from=NEW_YEAR)
    follow(PARCEL)
    assert [tell(LAST_DAY), tell(NEW_YEAR), tell(NEW_YEAR)] == [0, 1, 0]
    [letter] = read_mail()
    assert letter.body.count("* ") == 1
    assert "* Land price by the rules in force\n" in letter.body
    before, now = (line for line in letter.body.splitlines() if line.startswith(("  Before:", "  Now:")))
    assert before.endswith("QĐ 1")
    assert now.endswith("QĐ 2")


def test_a_project_that_begins_with_a_year_is_told(follow):
    projects = make.make_edition("projects", "city")
    shape = make.box(5, 0, 15, 10)
    facts = {"code": "da-1", "name": "Chung cư Suối", "kind": "apartments", "year_from": 2027, "row": 1}
    Project.objects.create(edition=projects, live=True, geom=shape, **facts)
    follow(PARCEL)
    assert [tell(LAST_DAY), tell(NEW_YEAR)] == [0, 1]
    assert "* Projects\n  Before: nothing\n  Now: Chung cư Suối, on the parcel" in read_mail()[0].body


def test_a_ward_that_ends_by_its_date_is_told(follow, block):
    from planning.models import Ward

    Ward.objects.filter(code="p1").update(in_force_until=LAST_DAY)
    follow("wards/p1")
    assert [tell(LAST_DAY), tell(NEW_YEAR)] == [0, 1]
    assert "* Phường 1\n  Before: in force until 31/12/2026\n  Now: no longer in force" in read_mail()[0].body


@pytest.mark.parametrize("subject", [PARCEL, PLAN, WARD])
def test_what_an_earlier_release_did_not_keep_is_no_news_but_kept_from_now_on(follow, subject):
    kept = follow(subject).facts
    less = {topic: said for topic, said in kept.items() if not topic.startswith(("law ", "rules"))}
    Follow.objects.update(facts=less)
    assert tell(date(2026, 11, 23)) == 0
    assert Follow.objects.get().facts == kept
    Plan.objects.filter(code="qpk-01").update(in_force_until=LAST_DAY)
    Follow.objects.update(facts=facts_of(*subject.split("/"), on=LAST_DAY))
    assert tell(NEW_YEAR) == 1


def test_the_worker_tells_every_night_by_one_job_that_waits(follow):
    jobs = DBTaskResult.objects.filter(task_path=tasks.tell_nightly.module_path)
    [job] = jobs
    assert job.run_after.astimezone(CITY_ZONE).time() == tasks.NIGHT
    follow(PARCEL)
    Plan.objects.filter(code="qpk-01").update(in_force_until=timezone.localdate() - timedelta(days=1))
    jobs.update(status=TaskResultStatus.RUNNING)
    assert tasks.tell_nightly.call() == 1
    assert jobs.filter(status=TaskResultStatus.READY).count() == 1, "the next night is seen to"
    assert tasks.tell_nightly.call() == 0
    assert Letter.objects.filter(kind="changed").count() == 1
