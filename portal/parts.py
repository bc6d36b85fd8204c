"""Parts of pages in Jinja2: what a page says a hundred times costs a fifth there of what it costs in Django's engine.

They lie in the folders `jinja2/` of the packages. A page of Django's puts one in by `{% part %}`, and everything that
the page knows is known there; texts, addresses and filters are the same in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from typing import Any, cast

from django.template import defaultfilters, engines
from django.template.backends.django import get_installed_libraries
from django.template.backends.jinja2 import Jinja2
from django.template.library import import_library
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from django.utils.translation import get_language
from django.utils.translation.trans_real import catalog
from jinja2 import Environment, Template, pass_context
from jinja2.runtime import Context

from portal.templatetags import quick

OWN = ("portal.", "planning.", "tourism.")


def environment(**options: Any) -> Environment:
    """Return the environment of the parts (settings, TEMPLATES): it knows the filters of our template libraries."""
    made = Environment(**options, keep_trailing_newline=True)  # noqa: S701 - Django's backend escapes unless told not to
    ours = [import_library(path) for path in get_installed_libraries().values() if path.startswith(OWN)]
    for library in (*ours, quick.register):
        made.filters.update({name: _asked_each_time(one) for name, one in library.filters.items()})
    made.filters.update(
        floatformat=_floatformat, capfirst=defaultfilters.capfirst, filesizeformat=defaultfilters.filesizeformat
    )
    return made


def render_part(part: str | Template, known: Mapping[str, Any]) -> SafeString:
    """Return a part, by its name or itself, as HTML in the active language."""
    template = _parts().get_or_select_template(part)
    return mark_safe(template.render({**known, **_of_language(get_language())}))  # noqa: S308


def compile_parts() -> None:
    """Read every part, so that no visitor waits for it (0.3 s in all)."""
    for name in _parts().list_templates(extensions=["html"]):
        _parts().get_template(name)


def _parts() -> Environment:
    return cast(Jinja2, engines["parts"]).env


@cache
def _of_language(language: str | None) -> dict[str, Any]:
    """Return what depends on the language alone; it must be the active one when asked for the first time."""
    words = catalog()
    gettext = cache(words.gettext)
    return {
        "_": gettext,
        "gettext": gettext,
        "ngettext": words.ngettext,
        "pgettext": cache(words.pgettext),
        "language": language,
        "url": partial(_address, language),
    }


@lru_cache(maxsize=10_000)
def _address(language: str | None, name: str, *parts: object) -> str:
    """Return the address of a view in the active language; it is worked out once."""
    return reverse(name, args=parts)


@pass_context
def _floatformat(known: Context, number: object, notation: int | str = -1) -> str:
    return quick.floatformat(number, notation, known["language"])


def _asked_each_time(one: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that Jinja asks each time, not once for all languages; it gets the times it expects."""
    local = getattr(one, "expects_localtime", False)

    @pass_context
    def asked(_known: object, value: object, *arguments: object) -> object:
        return one(template_localtime(value) if local else value, *arguments)

    return asked
