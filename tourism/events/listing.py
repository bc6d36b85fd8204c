"""Finding events: one filter for pages, API and calendars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np

from portal.calendar import CITY_ZONE
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System, reproject_coordinates
from tourism.cursors import Cursor
from tourism.events import recurrence
from tourism.events.models import Event
from tourism.events.recurrence import Occurrence
from tourism.models import Place

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class EventFilter:
    """Which events are asked for: those that take place between two moments; degrees are WGS 84."""

    since: datetime
    until: datetime
    bbox: tuple[float, float, float, float] | None = None
    near: Point | None = None
    within_m: float | None = None
    text: str = ""
    free: bool = False
    # How many occurrences of each event are told.
    most: int = recurrence.MOST


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event with where it is and when it takes place in the time asked for; `distance_m` from the point asked for.

    `place` is the place of the register it is at; one that left the register still says where.
    """

    event: Event
    place: Place | None
    point: Point | None
    occurrences: tuple[Occurrence, ...]
    distance_m: float | None = None


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day with what takes place on it, in order."""

    day: date
    entries: tuple[tuple[Occurrence, Happening], ...]


def find_events(asked: EventFilter) -> list[Happening]:
    """Return the public events asked for: by distance where a point is given, else by their next beginning."""
    events = Event.objects.public().between(asked.since, asked.until)
    if asked.free:
        events = events.filter(free=True)
    if asked.text:
        events = events.matching(asked.text)
    found = happenings(events, asked.since, asked.until, most=asked.most)
    found = [one for one in found if one.occurrences and (asked.bbox is None or _inside(one.point, asked.bbox))]
    if asked.near is None:
        return sorted(found, key=_next)
    return _by_distance(found, asked.near, asked.within_m)


def cursor_of(happening: Happening) -> Cursor:
    """Return where a happening stands in the list of those found: two never stand at the same."""
    if happening.distance_m is not None:
        return Cursor("distance", happening.distance_m, happening.event.code)
    return Cursor("time", happening.occurrences[0].begin.timestamp(), happening.event.code)


def after(found: list[Happening], cursor: Cursor | None) -> list[Happening]:
    """Return what follows `cursor` in the list of those found."""
    if cursor is None:
        return found
    end = (cursor.key, cursor.code)
    return [one for one in found if ((here := cursor_of(one)).key, here.code) > end]


def find_later(asked: EventFilter, found: Iterable[Happening]) -> list[Happening]:
    """Return what comes after the time asked for, each event once, without those found in it."""
    known = {one.event.pk for one in found}
    later = find_events(replace(asked, since=asked.until, until=asked.until + recurrence.AHEAD, most=1))
    return [one for one in later if one.event.pk not in known]


def happenings(
    events: Iterable[Event], since: datetime, until: datetime, *, most: int = recurrence.MOST
) -> list[Happening]:
    """Return events with their places and at most `most` of their occurrences between two moments, if any."""
    events = list(events)
    places = _places({event.place for event in events if event.place})
    return [
        _happening(event, places.get(event.place), recurrence.occurrences(event.timing, since, until, limit=most))
        for event in events
    ]


def find_public(code: str, *, since: datetime, until: datetime, most: int = recurrence.MOST) -> Happening | None:
    """Return a public event with at most `most` of its occurrences between two moments, if any."""
    return next(iter(happenings(Event.objects.public().filter(code=code), since, until, most=most)), None)


def find_at_place(place: Place, *, now: datetime, limit: int) -> list[Happening]:
    """Return the events at a live place that go on or come next, each with its next occurrence."""
    events = Event.objects.public().between(now, now + recurrence.AHEAD).filter(place=place.code)
    coming = [
        _happening(event, place, recurrence.occurrences(event.timing, now, now + recurrence.AHEAD, limit=1))
        for event in events
    ]
    return sorted((one for one in coming if one.occurrences), key=_next)[:limit]


def by_day(found: Iterable[Happening], first: date, last: date) -> list[Day]:
    """Return the days from the first to the last on which something takes place; what lasts is on each of its days."""
    entries = [(occurrence, one) for one in found for occurrence in one.occurrences]
    entries.sort(key=lambda entry: (entry[0].begin, entry[1].event.code))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    told = (Day(day=day, entries=tuple(entry for entry in entries if _is_on(entry[0], day))) for day in days)
    return [day for day in told if day.entries]


def on_every_day(found: Iterable[Happening], first: date, last: date) -> list[Happening]:
    """Return what takes place on every day from the first to the last, of more than one: told once, not every day."""
    days = {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return [
        one
        for one in found
        if len(days) > 1 and all(any(_is_on(each, day) for each in one.occurrences) for day in days)
    ]


def weekend(day: date) -> tuple[date, date]:
    """Return the Saturday and Sunday to come, or what is left of those that are."""
    saturday = day + timedelta(days=max(0, 5 - day.weekday()))
    return saturday, saturday + timedelta(days=6 - saturday.weekday())


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments from the first day to the last in the city's time."""
    midnights = (datetime.combine(day, time(), CITY_ZONE) for day in (first, last + timedelta(days=1)))
    return next(midnights), next(midnights)


def _is_on(occurrence: Occurrence, day: date) -> bool:
    return occurrence.first_day <= day <= occurrence.last_day


def _next(happening: Happening) -> tuple[datetime, str]:
    return happening.occurrences[0].begin, happening.event.code


def _happening(event: Event, place: Place | None, occurrences: list[Occurrence]) -> Happening:
    own = (event.lon, event.lat) if event.lon is not None and event.lat is not None else None
    return Happening(
        event=event,
        place=place if place and place.edition.state == "live" else None,
        point=place.lon_lat if place else own,
        occurrences=tuple(occurrences),
    )


def _places(codes: set[str]) -> dict[str, Place]:
    """Return the published place of each code, also one that its twin stands for, else the one that was live last."""
    if not codes:
        return {}
    known = Place.objects.filter(edition__state__in=["live", "retired"], code__in=codes).select_related("edition")
    return {place.code: place for place in sorted(known, key=lambda one: (one.edition.state == "live", one.edition_id))}


def _inside(point: Point | None, bbox: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bbox
    return point is not None and west <= point[0] <= east and south <= point[1] <= north


def _by_distance(found: list[Happening], near: Point, within_m: float | None) -> list[Happening]:
    placed = [one for one in found if one.point]
    points = np.array([near, *(one.point for one in placed if one.point)])
    here, *there = reproject_coordinates(points, System(LON_LAT_SRID), SURVEY_SRID)
    measured = [replace(one, distance_m=float(np.hypot(*(at - here)))) for one, at in zip(placed, there, strict=True)]
    reached = [one for one in measured if within_m is None or (one.distance_m or 0) <= within_m]
    return sorted(reached, key=lambda one: (one.distance_m, one.event.code))
