from datetime import date

import pytest

from portal.desk.models import Agency, Field, RoutingRule
from portal.desk.routing import Rule, choose
from tests.portal.desk.make import hand_in, make_ward

ANY = Rule(id=1, field="", ward="", agency="anybody")
WASTE = Rule(id=2, field="waste", ward="", agency="cleaners")
WASTE_IN_P1 = Rule(id=3, field="waste", ward="p1", agency="cleaners of p1")
P1 = Rule(id=4, field="", ward="p1", agency="p1")
RULES = [ANY, WASTE, WASTE_IN_P1, P1]


@pytest.mark.parametrize(
    ("field", "ward", "rule"),
    [
        ("waste", "p1", WASTE_IN_P1),
        ("waste", "p2", WASTE),
        ("noise", "p1", P1),
        ("noise", "p2", ANY),
        ("waste", "", WASTE),
    ],
)
def test_the_closest_rule_wins(field, ward, rule):
    assert choose(RULES, field=field, ward=ward) == rule
    assert choose(reversed(RULES), field=field, ward=ward) == rule


def test_priority_beats_closeness():
    urgent = Rule(id=9, field="", ward="", agency="task force", priority=1)
    assert choose([*RULES, urgent], field="waste", ward="p1") == urgent


def test_no_rule_is_none():
    assert choose([WASTE], field="noise", ward="p1") is None


@pytest.mark.django_db
def test_a_report_goes_by_field_and_the_ward_of_its_point():
    make_ward("p1")
    rule = RoutingRule.objects.create(
        field=Field.objects.get(code="environment"), ward="p1", agency=Agency.objects.get(code="forest")
    )
    report = hand_in()
    assert (report.ward, report.agency.code, report.rule) == ("p1", "forest", rule)
    assigned = report.events.get(kind="assigned")
    assert assigned.values == {"rule": rule.pk, "field": "environment", "ward": "p1"}
    assert hand_in(lon=None, lat=None, place_text="Hồ Xuân Hương").agency.code == "environment"


@pytest.mark.django_db
def test_a_ward_of_the_past_takes_no_report():
    make_ward("old", until=date(2025, 6, 30))
    make_ward("xuan-huong")
    assert hand_in().ward == "xuan-huong"


@pytest.mark.django_db
def test_a_report_no_rule_covers_goes_to_the_reception():
    report = hand_in(field="other")
    assert (report.agency.code, report.rule) == ("reception", None)


@pytest.mark.django_db
def test_every_field_but_the_last_has_an_agency():
    ruled = set(RoutingRule.objects.values_list("field__code", flat=True))
    assert set(Field.objects.values_list("code", flat=True)) - ruled == {"other"}
    assert len(ruled) == 12
