"""Facts of places in plain words, for templates."""

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourism import walking
from tourism.models import Category, Place

register = template.Library()


@register.simple_tag
def place_name(place: Place) -> str:
    """Return the name of a place in the reader's language, marked with the language it is in."""
    name, language = place.name_in("en" if (get_language() or "vi").startswith("en") else "vi")
    return format_html('<span lang="{}">{}</span>', language, name)


@register.filter
def kind_name(category: Category) -> str:
    """Return the name of a group or a kind in the reader's language."""
    return category.name((get_language() or "vi")[:2])


@register.filter
def minutes_on_foot(distance_m: float) -> int:
    """Return about how long the walk takes."""
    return walking.minutes(distance_m)


@register.filter
def how_far(distance_m: float) -> str:
    """Return a distance as people say it: metres to the ten, kilometres to the tenth."""
    if distance_m < 995:
        return f"{round(distance_m, -1):.0f} m"
    return f"{number_format(distance_m / 1000, 1)} km"


@register.filter
def how_long(minutes: int) -> str:
    """Return a duration in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
