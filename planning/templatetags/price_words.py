"""Factors and measures of prices, for templates."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from portal.templatetags.quick import grouped

register = template.Library()


@register.filter
def plain(value: Decimal) -> str:
    """Return a number to six decimals without needless zeros, as the active language writes it."""
    short = round(Decimal(value), 6).normalize()
    return grouped(short if short % 1 else short.quantize(Decimal(1)), get_language())
