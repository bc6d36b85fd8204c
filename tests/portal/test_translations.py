"""Texts of templates: translated once a language, and never shown in another."""

import pytest
from django.template import Context, Template
from django.utils.translation import override


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
