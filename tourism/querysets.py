"""Questions about many places; every chain starts with what the public sees: `live()`."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np
import shapely
from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import GEOSGeometry, Point, Polygon
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest
from shapely import MultiPolygon

from portal.text import fold
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, TILE_SRID, System, reproject, reproject_coordinates
from tiles.models import Edition, EditionRowQuerySet
from tourism.hours import State

# Web Mercator stretches by 1 / cos(latitude): 1.022 at the city. The index asks for a little more, the metres decide.
_MERCATOR_STRETCH = 1.1
_ALIKE = 0.5


Rows = TypeVar("Rows", bound=QuerySet[Any])


class _Among(Func):
    """Whether a column is among some texts: one array, where IN would be compared text by text for each row."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, field: str, texts: list[str]) -> None:
        super().__init__(F(field), Value(texts, output_field=ArrayField(TextField())))


class PlaceQuerySet(EditionRowQuerySet):
    """Places, asked in phrases: `live().in_category("atm").near(lon, lat, within_m=500)`."""

    def published(self) -> Self:
        """Places of live editions, also those of which the public sees a twin instead."""
        return self.filter(edition__state=Edition.State.LIVE)

    def of_register(self) -> Self:
        """Places the register tells; what only OpenStreetMap has is kept by its mappers."""
        return self.filter(source="register")

    def in_category(self, *codes: str) -> Self:
        """Places of these kinds or groups."""
        return self.filter(Q(category__in=codes) | Q(group__in=codes))

    def tagged(self, *tags: str) -> Self:
        """Places that have one of these tags."""
        return self.filter(tags__overlap=list(tags))

    def known_tags(self) -> list[str]:
        """Every tag these places have."""
        tags = Func("tags", function="unnest", output_field=TextField())
        return list(self.exclude(tags=[]).values_list(tags, flat=True).distinct().order_by(tags))

    def with_access(self, *, partly: bool) -> Self:
        """Places a wheelchair can enter; `partly` adds those it can enter in part."""
        return self.filter(wheelchair__in=["yes", "designated", *(["limited"] if partly else [])])

    def in_bbox(self, west: float, south: float, east: float, north: float) -> Self:
        """Places inside a box of WGS 84 degrees."""
        low, high = _moved(west, south, TILE_SRID), _moved(east, north, TILE_SRID)
        box = Polygon.from_bbox((low.x, low.y, high.x, high.y))
        box.srid = TILE_SRID
        return self.filter(shape__bboverlaps=box)

    def in_area(self, area: MultiPolygon) -> Self:
        """Places inside polygons of WGS 84 degrees."""
        [moved] = reproject(np.array([area]), System(LON_LAT_SRID), TILE_SRID)
        return self.filter(shape__intersects=GEOSGeometry(memoryview(shapely.to_wkb(moved)), srid=TILE_SRID))

    def near(self, lon: float, lat: float, *, within_m: float | None = None) -> Self:
        """Places by distance from a WGS 84 point; `distance_m` is measured in EPSG:5899."""
        found = self
        if within_m is not None:
            found = found.filter(shape__dwithin=(_moved(lon, lat, TILE_SRID), within_m * _MERCATOR_STRETCH))
        here = Value(_moved(lon, lat, SURVEY_SRID), output_field=PointField(srid=SURVEY_SRID))
        found = found.annotate(distance_m=Func("geom", here, function="ST_Distance", output_field=FloatField()))
        if within_m is not None:
            found = found.filter(distance_m__lte=within_m)
        return found.order_by("distance_m", "code")

    def matching(self, text: str) -> Self:
        """Places whose name holds `text`, without regard to diacritics; when none does, names alike."""
        return matching(self, text)

    def by_likeness(self, wanted: str) -> Self:
        """Places by how much their name is like the folded text `wanted`: `likeness` from 1 to 0."""
        return self.annotate(likeness=_likeness(wanted)).order_by("-likeness", "code")

    def with_open(self, moment: datetime) -> Self:
        """Annotate `open` at a moment: true, false, or null where the hours are unknown or by appointment."""
        shared, own = _judged(moment)
        whens = [When(_Among("code", codes), then=Value(state.open)) for state, codes in own.items()]
        judged = (State.OPEN, State.CLOSED)
        whens += [When(_Among("opening_hours", shared[state]), then=Value(state.open)) for state in judged]
        return self.annotate(open=Case(*whens, default=Value(None), output_field=BooleanField(null=True)))

    def with_state(self, moment: datetime) -> Self:
        """Annotate `state` at a moment: one of `tourism.hours.State`."""
        shared, own = _judged(moment)
        whens = [When(_Among("code", codes), then=Value(state)) for state, codes in own.items()]
        whens += [When(_Among("opening_hours", texts), then=Value(state)) for state, texts in shared.items()]
        return self.annotate(state=Case(*whens, default=Value(State.UNKNOWN), output_field=TextField()))

    def with_last_verified(self) -> Self:
        """Annotate `last_verified`: the day a person last looked, as delivered or as recorded here since."""
        from tourism.models import Verification  # its module holds these querysets

        latest = Verification.objects.filter(place=OuterRef("code"), withdrawn=None).order_by("-day").values("day")[:1]
        return self.annotate(last_verified=Greatest("verified_on", Subquery(latest)))

    def open_at(self, moment: datetime, *, unknown: bool = False) -> Self:
        """Places open at a moment; `unknown` adds those whose hours nobody knows."""
        then = open_then(moment, unknown=unknown)
        usual = Q(_Among("opening_hours", then.hours))
        usual = ~usual if then.unless else usual
        if not then.noticed:
            return self.filter(usual)
        return self.filter(Q(_Among("code", then.open)) | ~Q(_Among("code", then.noticed)) & usual)


class NoticeQuerySet(QuerySet[Any]):
    """Notices on hours, asked in phrases: `standing().holding(on=day)`."""

    def standing(self) -> Self:
        """Notices nobody has ended."""
        return self.filter(ended=None)

    def not_over(self, on: date) -> Self:
        """Notices that hold on a day or later."""
        return self.filter(Q(last=None) | Q(last__gte=on))

    def holding(self, *, on: date) -> Self:
        """Notices that hold on a day."""
        return self.standing().not_over(on).filter(first__lte=on)


class OpenThen(NamedTuple):
    """Which places are open: those of `open`, and of those not `noticed` the ones whose hours are in `hours`.

    With `unless` the ones whose hours are not in `hours`; so it says of every place, as long as nothing else is said.
    """

    hours: list[str] = []
    unless: bool = True
    open: list[str] = []
    noticed: list[str] = []


def open_then(moment: datetime, *, unknown: bool) -> OpenThen:
    """Return which places are open at a moment; `unknown` adds those whose hours nobody knows."""
    shared, own = _judged(moment)
    return OpenThen(
        hours=shared[State.CLOSED if unknown else State.OPEN],
        unless=unknown,
        open=own[State.OPEN] + (own[State.UNKNOWN] + own[State.APPOINTMENT] if unknown else []),
        noticed=[code for codes in own.values() for code in codes],
    )


def _judged(moment: datetime) -> tuple[dict[State, list[str]], dict[State, list[str]]]:
    """Return texts of hours by what they say at a moment, and codes of places whose notices say otherwise."""
    from tourism import schedules  # its models hold these querysets
    from tourism.models import MAIN

    shared: dict[State, list[str]] = defaultdict(list)
    own: dict[State, list[str]] = defaultdict(list)
    for key, state in schedules.states(moment).items():
        if not key.place:
            shared[state].append(key.text)
        elif key.kind == MAIN:
            own[state].append(key.place)
    return shared, own


def matching(rows: Rows, text: str) -> Rows:
    """Return the rows whose `name_fold` holds `text`, without regard to diacritics; when none does, names alike."""
    wanted = fold(text)
    if not wanted:
        return rows
    holds = rows.filter(name_fold__contains=wanted)
    if holds.exists():
        return holds
    return rows.alias(alike=_word_similarity(wanted)).filter(alike__gte=_ALIKE)


def here_as_text(lon: float, lat: float) -> str:
    """Return a WGS 84 point as places are measured from, as EWKT."""
    x, y = _coordinates(lon, lat, SURVEY_SRID)
    return f"SRID={SURVEY_SRID};POINT({x} {y})"


def _moved(lon: float, lat: float, srid: int) -> Point:
    """Return a WGS 84 point in another system."""
    x, y = _coordinates(lon, lat, srid)
    return Point(x, y, srid=srid)


def _coordinates(lon: float, lat: float, srid: int) -> tuple[float, float]:
    # A GEOS transformation would be made anew for every question.
    [[x, y]] = reproject_coordinates(np.array([[lon, lat]]), System(LON_LAT_SRID), srid)
    return float(x), float(y)


def _word_similarity(wanted: str) -> Func:
    """How well some words of the name fit; blind to what else the name holds."""
    return Func(Value(wanted), "name_fold", function="word_similarity", output_field=FloatField())


def _likeness(wanted: str) -> Cast:
    """How well the whole name fits, in the better of its languages."""
    alike = (
        Func(Value(wanted), _folded(field), function="similarity", output_field=FloatField())
        for field in ("name", "name_en")
    )
    # In double precision a cursor's number is the column's again.
    return Cast(Greatest(*alike), FloatField())


def _folded(field: str) -> Func:
    return Func(field, function="city_fold", output_field=TextField())
