"""Parts of pages in Jinja2 say what Django's templates say."""

from datetime import UTC, datetime

import pytest
from django.template import engines
from django.utils import translation

from portal.parts import render_part

WHEN = datetime(2026, 7, 1, 20, 0, tzinfo=UTC)
SAME = [
    ('{{ 100|floatformat("1g") }}', '{{ 100|floatformat:"1g" }}'),
    ('{{ area|floatformat("1g") }} m²', '{{ area|floatformat:"1g" }} m²'),
    ('{{ when|date("d/m/Y H:i") }}', '{{ when|date:"d/m/Y H:i" }}'),
    ('{{ when|date("d/m/Y") }}', '{{ when|date:"d/m/Y" }}'),
    ("{{ name }}", "{{ name }}"),
    ('{{ _("Land price") }}', '{% load i18n %}{% translate "Land price" %}'),
    (
        '{% trans day=when|date("d/m/Y") %}until {{ day }}{% endtrans %}',
        '{% load i18n %}{% blocktranslate with day=when|date:"d/m/Y" %}until {{ day }}{% endblocktranslate %}',
    ),
    ('{{ url("plan", code) }}', "{% url 'plan' code %}"),
    ("{{ nothing }}", "{{ nothing }}"),
    ("{{ ask|capfirst }}", "{{ ask|capfirst }}"),
]


@pytest.mark.parametrize(("part", "page"), SAME)
def test_a_part_says_what_a_page_says_in_both_languages(part: str, page: str) -> None:
    known = {"area": 12345.67, "when": WHEN, "name": "<b>Chùa & 'Hẻm'</b>", "code": "qhc-đà", "ask": "phòng quản lý"}
    in_part, in_page = engines["parts"].from_string(part), engines["django"].from_string(page)
    told = []
    for language in ("vi", "en"):
        with translation.override(language):
            html = render_part(in_part.template, known)
            assert html.replace("&#39;", "&#x27;") == in_page.render(known)
            told.append(html)
    assert "<b>" not in told[0]


def test_a_phrase_escapes_what_is_put_into_it() -> None:
    part = engines["parts"].from_string("{% trans zone=name %}zone {{ zone }}{% endtrans %}")
    assert "&lt;i&gt;" in render_part(part.template, {"name": "<i>"})
