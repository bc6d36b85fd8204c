"""A day out worked out: when each stop is reached, begun and left, what stands against it, and the ways between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from django.utils.translation import gettext as _

from portal.calendar import CITY_ZONE
from portal.calendar.table import current
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System, reproject_coordinates
from tourism import facts, hours, schedules
from tourism.cards import PlaceCard, make_cards
from tourism.days_out import modes, roads
from tourism.days_out.asked import Asked
from tourism.days_out.modes import MODES
from tourism.days_out.network import Distance, Floats, Ways
from tourism.days_out.timing import State, Timing, Travel, best_order, time_day, time_visit
from tourism.days_out.windows import find_state, make_wish
from tourism.listing import find_retired
from tourism.models import MAIN, Place

USUAL_STAY = 60
MINUTE = timedelta(minutes=1)


class DayError(Exception):
    """A day that cannot be worked out: why, in the reader's words, and which stops are concerned."""

    def __init__(self, code: str, text: str, stops: Sequence[str]) -> None:
        super().__init__(text)
        self.code, self.text, self.stops = code, text, list(stops)


@dataclass(frozen=True, kw_only=True)
class Leg:
    """The way to a stop or to the end of the day; `line` is in WGS 84 degrees."""

    distance: Distance
    minutes: int
    line: Floats

    @property
    def metres(self) -> float:
        """Its length; estimated where no road is known."""
        return modes.metres(self.distance)

    @property
    def straight(self) -> bool:
        """Tell whether one end lies off our roads, so that the way is an estimate."""
        return self.distance.straight_m > 0


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A stop and when it is reached, begun and left; `leg` leads to it; `silent_on` names a holiday.

    `hours_state` is what its hours say of the stay; `no_entry`: it is open, but nobody is let in any more.
    """

    card: PlaceCard
    stay_minutes: int
    arrives: datetime
    begins: datetime
    leaves: datetime
    state: State
    hours_state: hours.State
    no_entry: bool
    silent_on: str
    leg: Leg | None

    @property
    def open(self) -> bool | None:
        """Tell whether one finds it open; None: nobody can say, or one has to ask before."""
        if self.state == "closed":
            return False
        return None if self.state == "unknown" else self.hours_state.open

    @property
    def code(self) -> str:
        """The code of the place."""
        return self.card.place.code

    @property
    def wait_minutes(self) -> int:
        """How long one waits until the visit can begin."""
        return (self.begins - self.arrives) // MINUTE


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A stop that was published and is no more."""

    code: str
    name: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day out: its stops in order, those that are gone among them, and the way from the last one to its end."""

    asked: Asked
    items: tuple[Visit | Gone, ...]
    last_leg: Leg | None
    # None: nobody asked for the best order.
    proven_best: bool | None = None

    @property
    def visits(self) -> list[Visit]:
        """The stops that are there."""
        return [item for item in self.items if isinstance(item, Visit)]

    @property
    def legs(self) -> list[Leg]:
        """All ways in order."""
        return [leg for leg in (*(visit.leg for visit in self.visits), self.last_leg) if leg]

    @property
    def ends(self) -> datetime:
        """When the day is over."""
        last = self.visits[-1].leaves if self.visits else self.asked.start
        return last + MINUTE * self.last_leg.minutes if self.last_leg else last

    @property
    def metres(self) -> float:
        """How long all ways are together."""
        return sum(leg.metres for leg in self.legs)

    @property
    def minutes(self) -> int:
        """How long one is on the way."""
        return sum(leg.minutes for leg in self.legs)


def plan_day(asked: Asked, *, language: str, best: bool = False) -> Day:
    """Return the day in the order asked for, or in the order that loses least; raises DayError.

    Stops that are gone keep their place, and come last in the best order.
    """
    places, gone = _find_places(asked.codes, language)
    there = [number for number, code in enumerate(asked.codes) if code in places]
    stage = _Stage(asked, [places[asked.codes[number]] for number in there], language)
    order: Sequence[int] = range(len(there))
    proven_best = None
    if best:
        order, proven_best = best_order(stage.wishes, stage.travel)
        lost = [number for number, code in enumerate(asked.codes) if code in gone]
        asked = asked.in_order([*(there[number] for number in order), *lost])
    visits = {visit.code: visit for visit in stage.visits(order)}
    return Day(
        asked=asked,
        items=tuple(visits[code] if code in visits else gone[code] for code in asked.codes),
        last_leg=stage.leg(order[-1], stage.destination) if order else None,
        proven_best=proven_best,
    )


def usual_stay(place: Place) -> int:
    """Return how many minutes a visitor stays at such a place."""
    known = facts.stays()
    return known.get(place.category) or known.get(place.group) or USUAL_STAY


def _find_places(codes: Sequence[str], language: str) -> tuple[dict[str, Place], dict[str, Gone]]:
    # Also those the lists leave to a twin: a day planned before the two were found to be one stays a day.
    places = {place.code: place for place in Place.objects.published().filter(code__in=codes)}
    retired = {code: find_retired(code) for code in codes if code not in places}
    unknown = [code for code, place in retired.items() if place is None]
    if unknown:
        raise DayError(
            "unknown-stop",
            _("No place has the code %(codes)s. Search it by name at “Places” and take the code of its address.")
            % {"codes": ", ".join(f"“{code}”" for code in unknown)},
            unknown,
        )
    gone = {code: Gone(code=code, **_named(place, language)) for code, place in retired.items() if place}
    return places, gone


def _named(place: Place, language: str) -> dict[str, str]:
    name, spoken = place.name_in(language)
    return {"name": name, "language": spoken}


class _Stage:
    """The stops of a day with everything between them: what both the plan and the search for an order stand on."""

    def __init__(self, asked: Asked, places: list[Place], language: str) -> None:
        self.asked, self.places, self.language = asked, places, language
        self.mode = MODES[asked.mode]
        stays = dict(zip(asked.codes, asked.stays, strict=True))
        self.calendar = current()
        self.plans = schedules.timetables(places)
        self.wishes = [
            make_wish(
                self.plans[place.code],
                stay=stays[place.code] or usual_stay(place),
                start=asked.start,
                is_holiday=self.calendar.is_holiday,
            )
            for place in places
        ]
        # The places' own numbers, then the origin's and the destination's.
        self.origin = len(places) if asked.origin else None
        self.destination = len(places) + bool(asked.origin) if asked.destination else None
        self.ways = Ways(roads.network(self.mode), self._points())
        self._refuse_parted()
        self.travel = self._travel()

    def _points(self) -> Floats:
        own = [place.geom.coords for place in self.places]  # type: ignore[union-attr]
        ends = [end for end in (self.asked.origin, self.asked.destination) if end]
        if ends:
            own += reproject_coordinates(np.array(ends), System(LON_LAT_SRID), SURVEY_SRID).tolist()
        return np.array(own, dtype=float).reshape(-1, 2)

    def _refuse_parted(self) -> None:
        """Refuse stops on roads that are not connected."""
        on_roads = [number for number, spot in enumerate(self.ways.spots) if spot.piece is not None]
        for a, b in pairwise(on_roads):
            if self.ways.find_distance(a, b) is None:
                raise DayError(
                    "no-way",
                    _("No road we know leads from “%(a)s” to “%(b)s” (%(mode)s). Take one of them out of the day.")
                    % {"a": self._name(a), "b": self._name(b), "mode": self.mode.label},
                    [self.places[number].code for number in (a, b) if number < len(self.places)],
                )

    def _name(self, number: int) -> str:
        if number < len(self.places):
            return self.places[number].name_in(self.language)[0]
        asked = self.asked
        return (
            (asked.origin_name or _("where you start"))
            if number == self.origin
            else (asked.destination_name or _("where you go at the end"))
        )

    def _minutes(self, a: int | None, b: int | None) -> int:
        if a is None or b is None:
            return 0
        distance = self.ways.find_distance(a, b)
        assert distance is not None
        return self.mode.minutes(distance)

    def _travel(self) -> Travel:
        stops = range(len(self.places))
        return Travel(
            between=[[self._minutes(a, b) for b in stops] for a in stops],
            to_first=[self._minutes(self.origin, stop) for stop in stops],
            from_last=[self._minutes(stop, self.destination) for stop in stops],
        )

    def leg(self, a: int | None, b: int | None) -> Leg | None:
        """Return the way from one number to another; None from nowhere or to nowhere."""
        if a is None or b is None:
            return None
        distance = self.ways.find_distance(a, b)
        assert distance is not None
        line = reproject_coordinates(self.ways.draw(a, b), System(SURVEY_SRID), LON_LAT_SRID)
        return Leg(distance=distance, minutes=self.mode.minutes(distance), line=line)

    def visits(self, order: Sequence[int]) -> Iterator[Visit]:
        """Yield what becomes of each stop in an order."""
        timings = time_day(self.wishes, self.travel, order)
        cards = make_cards([self.places[number] for number in order], language=self.language, now=self.asked.start)
        before = self.origin
        for number, card, timing in zip(order, cards, timings, strict=True):
            yield self._visit(number, card, timing, self.leg(before, number))
            before = number

    def _silent_on(self, card: PlaceCard, moment: datetime) -> str:
        """Return the name of the holiday at a moment when the hours of the place do not say what holds on holidays."""
        if not hours.is_silent_on_holidays(card.hours[0].text):
            return ""
        return self.calendar.holiday_name(moment.astimezone(CITY_ZONE).date(), self.language)

    def _visit(self, number: int, card: PlaceCard, timing: Timing, leg: Leg | None) -> Visit:
        begins, leaves = (self.asked.start + minutes * MINUTE for minutes in (timing.begins, timing.leaves))
        wish, plan = self.wishes[number], self.plans[card.place.code][MAIN]
        return Visit(
            card=card,
            stay_minutes=wish.stay,
            arrives=self.asked.start + timing.arrives * MINUTE,
            begins=begins,
            leaves=leaves,
            state=timing.state,
            hours_state=find_state(plan, begins, leaves, self.calendar.is_holiday),
            no_entry=timing.state == "closed" and time_visit(wish.without_entries, timing.arrives).state != "closed",
            silent_on="" if timing.state == "unknown" else self._silent_on(card, begins),
            leg=leg,
        )
