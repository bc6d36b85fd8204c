"""Facts of places in plain words, for templates."""

from django import template

from tourism import walking

register = template.Library()


@register.filter
def minutes_on_foot(distance_m: float) -> int:
    """Return about how long the walk takes."""
    return walking.minutes(distance_m)
