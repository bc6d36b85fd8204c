"""The quicker tags and filters say what Django's say, in each language."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.template.defaultfilters import date as django_date
from django.template.defaultfilters import floatformat as django_floatformat
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.templatetags import quick

NUMBERS = st.one_of(
    st.floats(),
    st.integers(min_value=-(10**30), max_value=10**30),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from(["12.5", "", "x", None, True, -0.0, -0.04, 0.25, 0.35, 1.005, 2159.6, 999.95, Decimal("-0.5")]),
)
NOTATIONS = st.sampled_from(["0g", "1g", "2g", "-1g", "-2g", "3g", "g", 0, 1, -1, "1", "1u"])


@pytest.mark.parametrize("tag", ["translate", "trans"])
def test_text_follows_the_language_of_each_rendering(tag: str) -> None:
    template = Template(f'{{% load i18n %}}{{% {tag} "Map" %}}')
    for _again in range(2):
        with override("vi"):
            assert template.render(Context()) == "Bản đồ"
        with override("en"):
            assert template.render(Context()) == "Map"


def test_text_of_a_variable_or_kept_in_a_variable_is_rendered_each_time() -> None:
    template = Template('{% load i18n %}{% translate word %} {% translate "Map" as kept %}{{ kept|upper }}')
    with override("vi"):
        assert template.render(Context({"word": "Map"})) == "Bản đồ BẢN ĐỒ"
        assert template.render(Context({"word": "Menu"})) == "Trình đơn BẢN ĐỒ"


def test_phrase_takes_new_values_and_the_language_of_each_rendering() -> None:
    template = Template("{% load i18n %}{% blocktranslate with day=when %}from {{ day }}{% endblocktranslate %}")
    shown = [("1/1/2020", "1/1/2020", "1/1/2020"), ("<b>", "&lt;b&gt;", "&lt;b&gt;"), (2020, "2,020", "2.020")]
    for value, english, vietnamese in shown:
        with override("en"):
            assert template.render(Context({"when": value})) == f"from {english}"
        with override("vi"):
            assert template.render(Context({"when": value})) == f"từ {vietnamese}"


def test_phrase_may_use_what_stands_around_it_or_nothing() -> None:
    template = Template("{% load i18n %}{% blocktranslate %}from {{ day }}{% endblocktranslate %}")
    with override("en"):
        assert template.render(Context({"day": "today"})) == "from today"
        assert template.render(Context()) == "from "


def test_addresses_follow_the_language_of_each_rendering() -> None:
    template = Template('{% load static %}{% url "saved" %} {% url name %} {% static "portal/portal.css" %}')
    for _again in range(2):
        with override("vi"):
            assert template.render(Context({"name": "home"})) == "/saved / /static/portal/portal.css"
        with override("en"):
            assert template.render(Context({"name": "saved"})) == "/en/saved /en/saved /static/portal/portal.css"


@given(NUMBERS, NOTATIONS)
def test_numbers_are_written_as_django_writes_them(number: object, notation: object) -> None:
    for language in ("vi", "en"):
        with override(language):
            assert quick.floatformat(number, notation) == str(django_floatformat(number, notation))


@given(st.one_of(st.dates(), st.datetimes(), st.none(), st.just("x")), st.sampled_from(["d/m/Y", "Y-m-d", None]))
def test_days_are_written_as_django_writes_them(day: object, notation: str | None) -> None:
    for language in ("vi", "en"):
        with override(language):
            assert quick.date_(day, notation) == str(django_date(day, notation))


def test_a_moment_is_shown_as_the_day_it_is_here() -> None:
    template = Template('{{ moment|date:"d/m/Y" }}')
    moment = datetime(2026, 1, 1, 20, tzinfo=ZoneInfo("UTC"))
    assert template.render(Context({"moment": moment})) == "02/01/2026"
    assert template.render(Context({"moment": date(2026, 1, 1)})) == "01/01/2026"
