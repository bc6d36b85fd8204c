"""The tag that puts a part in Jinja2 into a page of Django's."""

from typing import Any, cast

from django import template
from django.utils.safestring import SafeString

from portal.parts import render_part

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context: template.Context, name: str, **given: Any) -> SafeString:
    """Return the part of a name as HTML; it knows what the page knows, and what is given here."""
    return render_part(name, {**cast(dict[str, Any], context.flatten()), **given})
