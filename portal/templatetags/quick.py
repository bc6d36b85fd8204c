"""Django's own tags and filters that a page uses a hundred times, with what never changes worked out once.

They say what Django's say, letter by letter, and stand in for them in every template (settings, TEMPLATES).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, Variable, render_value_in_context
from django.template.defaultfilters import date as django_date
from django.template.defaultfilters import floatformat as django_floatformat
from django.template.defaulttags import url as django_url
from django.templatetags import i18n
from django.templatetags import static as django_static
from django.utils.formats import get_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()
register.tags.update(i18n.register.tags | django_static.register.tags)
register.filters.update(i18n.register.filters)

# The notations of numbers that templates ask for, and the last digit of each; g groups thousands.
_LAST_DIGITS = {f"{places}g": Decimal(1).scaleb(-places) for places in (0, 1, 2)}
_PRECISE = Context(prec=60)


class ConstantNode(Node):
    """Renders a node whose words depend on nothing but the language."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.shown: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        """Return the words, rendered at the first asking."""
        language = get_language()
        if language not in self.shown:
            self.shown[language] = self.node.render(context)
        return self.shown[language]


class PhraseNode(Node):
    """Renders a phrase with values in it; the phrase is looked up once a language."""

    def __init__(self, node: i18n.BlockTranslateNode) -> None:
        self.node = node
        self.text, self.names = node.render_token_list(node.singular)
        self.phrases: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        """Return the phrase in the active language; a value that is not there is left to Django."""
        language = get_language()
        phrase = self.phrases.get(language)
        if phrase is None:
            phrase = self.phrases[language] = gettext(self.text)
        given = self.node.extra_context
        try:
            return phrase % {
                name: render_value_in_context(given[name].resolve(context) if name in given else context[name], context)
                for name in self.names
            }
        except (KeyError, ValueError):
            return str(self.node.render(context))


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Return Django's node, kept once rendered when its text is written in the template and put out at once."""
    node = i18n.do_translate(parser, token)
    text = node.filter_expression
    constant = _is_written(text) and not node.asvar and (not node.message_context or _is_written(node.message_context))
    return ConstantNode(node) if constant else node


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> Node:
    """Return Django's node, or a quicker one for a phrase without plural, context and variable of its own."""
    node = i18n.do_block_translate(parser, token)
    return node if node.plural or node.asvar or node.message_context else PhraseNode(node)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Return Django's node, kept once rendered when the file is written in the template and put out at once."""
    node = django_static.do_static(parser, token)
    return ConstantNode(node) if _is_written(node.path) and node.varname is None else node


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Return Django's node, kept once rendered when the address has no parts to fill in and is put out at once."""
    node = django_url(parser, token)
    constant = _is_written(node.view_name) and not node.args and not node.kwargs and not node.asvar
    return ConstantNode(node) if constant else node


@register.filter(is_safe=True)
def floatformat(number: object, notation: int | str = -1, language: str | None = None) -> str:
    """Return a number with 0, 1 or 2 places and grouped thousands as the language writes it; else as Django does."""
    last_digit = _LAST_DIGITS.get(str(notation))
    if last_digit is None or type(number) not in (float, int, Decimal):
        return str(django_floatformat(number, notation))
    exact = Decimal(str(number))
    if not exact.is_finite() or abs(exact.adjusted()) > 20:
        return str(django_floatformat(number, notation))
    # Adding nothing takes the sign from a zero.
    return SafeString(grouped(exact.quantize(last_digit, ROUND_HALF_UP, _PRECISE) + 0, language or get_language()))


def grouped(number: Decimal, language: str | None) -> str:
    """Return a number with all its places and grouped thousands as a language writes it."""
    return f"{number:,f}".translate(_separators(language))


@register.filter(expects_localtime=True, is_safe=False)
def date_(value: date | str | None, notation: str | None = None) -> str:
    """Return a day as 31/12/2026 or 2026-12-31; every other notation as Django does."""
    if isinstance(value, date) and notation in ("d/m/Y", "Y-m-d"):
        day, month, year = f"{value.day:02d}", f"{value.month:02d}", f"{value.year:04d}"
        return f"{day}/{month}/{year}" if notation == "d/m/Y" else f"{year}-{month}-{day}"
    return str(django_date(value, notation))


register.filters["date"] = register.filters.pop("date_")


def _is_written(text: FilterExpression) -> bool:
    written = isinstance(text.var, str) or (isinstance(text.var, Variable) and text.var.literal is not None)
    return written and not text.filters


@cache
def _separators(language: str | None) -> dict[int, str]:
    """Return what turns 1,234.5 into the language's notation."""
    return str.maketrans(
        {",": get_format("THOUSAND_SEPARATOR", language), ".": get_format("DECIMAL_SEPARATOR", language)}
    )
