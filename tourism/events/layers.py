"""The layer of events: those that go on or come, on the map's date."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.calendar import CITY_ZONE
from tiles.dates import FROM, UNTIL
from tiles.registry import Hit, Layer, LegendEntry, register
from tourism.events.listing import EventFilter, Happening, find_events
from tourism.events.models import Event
from tourism.events.recurrence import AHEAD
from tourism.events.words import venue_of

COLOURS = {Event.State.PUBLISHED: "#8a1c6e", Event.State.CANCELLED: "#6b6b6b"}
_LABELS = {Event.State.PUBLISHED: _("Event"), Event.State.CANCELLED: _("Cancelled")}
_IS_CANCELLED = ["==", ["get", "state"], Event.State.CANCELLED.value]
_COLOUR = ["case", _IS_CANCELLED, COLOURS[Event.State.CANCELLED], COLOURS[Event.State.PUBLISHED]]
# A star in a ring, from afar a dot; a cancelled one is told by its cross, too.
_STYLE = (
    {
        "type": "circle",
        "paint": {
            "circle-color": ["step", ["zoom"], _COLOUR, 12, "#ffffff"],
            "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 3, 11.9, 5, 12, 9, 17, 12],
            "circle-stroke-color": ["step", ["zoom"], "#ffffff", 12, _COLOUR],
            "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 10, 1, 12, 2.5],
        },
    },
    {
        "type": "symbol",
        "minzoom": 12,
        "layout": {
            "icon-image": ["case", _IS_CANCELLED, "maki-cross", "maki-star"],
            "icon-size": ["interpolate", ["linear"], ["zoom"], 12, 0.6, 17, 0.8],
            "icon-allow-overlap": True,
            "text-field": ["step", ["zoom"], "", 15, ["get", "name"]],
            "text-font": ["Be Vietnam Pro SemiBold"],
            "text-size": 12,
            "text-offset": [0, 1.2],
            "text-anchor": "top",
            "text-optional": True,
            "text-max-width": 9,
        },
        "paint": {"text-color": _COLOUR, "text-halo-color": "#ffffff", "text-halo-width": 1.5},
    },
)


def event_url(code: str) -> str:
    """Return the address of an event's page, without language prefix."""
    return f"/events/{code}"


def legend() -> list[LegendEntry]:
    """Return one entry for each state the public sees."""
    return [LegendEntry(match=state.value, label=label, colour=COLOURS[state]) for state, label in _LABELS.items()]


def search_events(text: str, limit: int, language: str) -> list[Hit]:
    """Find events by name that go on or come, with typing mistakes when nothing fits: the next one first."""
    # The search is asked without a moment.
    now = timezone.now()
    found = find_events(EventFilter(since=now, until=now + AHEAD, text=text, most=1))
    return [_hit(one, language) for one in found[:limit]]


def _hit(happening: Happening, language: str) -> Hit:
    event, occurrence, point = happening.event, happening.occurrences[0], happening.point
    day = date_format(occurrence.first_day, "d/m/Y")
    when = day if event.all_day else f"{day} {occurrence.begin.astimezone(CITY_ZONE):%H:%M}"
    state = str(_LABELS[Event.State(event.state)])
    return Hit(
        kind="event",
        code=event.code,
        title=event.text("name", language)[0],
        subtitle=", ".join(filter(None, [state, when, venue_of(happening, language).in_words])),
        url=event_url(event.code),
        layer="events",
        lon=round(point[0], 6) if point else None,
        lat=round(point[1], 6) if point else None,
    )


register(
    Layer(
        id="events",
        title=_("Events"),
        model="events.EventMark",
        kind="point",
        group="tourism",
        zooms=(10, 15),
        order=65,
        properties=("name", "name_en", "state", FROM, UNTIL),
        style=_STYLE,
        search=search_events,
        url=event_url,
        legend=legend,
        legend_property="state",
        visible=True,
    )
)
