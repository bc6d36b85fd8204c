"""The addresses of our JavaScript modules, for templates."""

import json
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

OURS = (
    "announce",
    "answers",
    "area-row",
    "areas",
    "cards",
    "directions",
    "dom",
    "features",
    "format",
    "hours",
    "icons",
    "inspect",
    "keep",
    "kept",
    "list",
    "loading",
    "locate",
    "near",
    "panel",
    "place-signs",
    "saved",
    "search",
    "selection",
    "sheet",
    "state",
    "style",
    "texts",
    "time",
    "view",
)


@register.simple_tag
@cache
def import_map() -> SafeString:
    """Return the import map of every page; it stays the same as long as the process."""
    addresses = {"maplibre-gl": static("vendor/maplibre-gl/maplibre-gl.mjs")}
    addresses |= {f"portal/{name}": static(f"portal/js/{name}.js") for name in OURS}
    return mark_safe(json.dumps({"imports": addresses}).replace("<", "\\u003c"))  # noqa: S308 - our own addresses
