"""Facts of places in plain words, for templates."""

from django import template
from django.utils.formats import number_format

from tourism import walking

register = template.Library()


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
