"""Ready-made days for the public: their stops by name, those that are gone among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tourism.days_out.asked import Asked
from tourism.listing import find_retired
from tourism.models import Place, ReadyRoute, RouteStop


@dataclass(frozen=True, kw_only=True)
class ReadyStop:
    """A stop by name; `there` is false when its place left the register."""

    code: str
    name: str
    language: str
    there: bool


@dataclass(frozen=True, kw_only=True)
class ReadyDay:
    """A ready-made day in the reader's language, and the day it asks for."""

    title: str
    title_language: str
    description: str
    description_language: str
    stops: tuple[ReadyStop, ...]
    asked: Asked


def find_ready_days(*, start: datetime, language: str) -> list[ReadyDay]:
    """Return the published days of the tourist office, to begin at `start`."""
    routes = list(ReadyRoute.objects.filter(published=True).prefetch_related("stops"))
    codes = {stop.place for route in routes for stop in route.stops.all()}
    places = {place.code: place for place in Place.objects.published().filter(code__in=codes)}
    known = {code: _stop(code, places.get(code), language) for code in codes}
    return [_day(route, known, start, language) for route in routes]


@transaction.atomic
def add_routes(rows: Iterable[Mapping[str, str]]) -> int:
    """Add published routes from a table of stops by name; returns how many.

    Stops the register does not have are left out, and so is a route that is left with fewer than two.
    """
    routes: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        routes.setdefault(row["title_vi"], []).append(row)
    added = 0
    for position, stops in enumerate(routes.values()):
        codes = [(_code_of(row["place"]), int(row["stay"]) if row["stay"] else None) for row in stops]
        there = [(code, stay) for code, stay in codes if code]
        if len(there) < 2:
            continue
        about = {name: stops[0][name] for name in ("title_vi", "title_en", "description_vi", "description_en", "mode")}
        route = ReadyRoute.objects.create(**about, position=position, published=True)
        RouteStop.objects.bulk_create(
            RouteStop(route=route, position=number, place=code, stay_minutes=stay)
            for number, (code, stay) in enumerate(there, 1)
        )
        added += 1
    return added


def _code_of(name: str) -> str | None:
    return Place.objects.live().filter(name=name).order_by("code").values_list("code", flat=True).first()


def _stop(code: str, place: Place | None, language: str) -> ReadyStop:
    known = place or find_retired(code)
    name, spoken = known.name_in(language) if known else (code, "zxx")
    return ReadyStop(code=code, name=name, language=spoken, there=place is not None)


def _day(route: ReadyRoute, known: Mapping[str, ReadyStop], start: datetime, language: str) -> ReadyDay:
    title, title_language = route.title_in(language)
    description, description_language = route.description_in(language)
    stops = list(route.stops.all())
    asked = Asked(
        start=start,
        codes=tuple(stop.place for stop in stops),
        stays=tuple(stop.stay_minutes for stop in stops),
        mode=route.mode,
    )
    return ReadyDay(
        title=title,
        title_language=title_language,
        description=description,
        description_language=description_language,
        stops=tuple(known[stop.place] for stop in stops),
        asked=asked,
    )
