"""The API of days out: the same plan as the page, as GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import JsonResponse
from django.utils import timezone, translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from portal.calendar import CITY_ZONE
from tiles.api import PROBLEMS, PublicView
from tourism.api import GEOJSON, describe, parsed
from tourism.days_out.asked import LonLat
from tourism.days_out.cautions import find_cautions
from tourism.days_out.days import Day, DayError, Gone, Leg, Visit, plan_day
from tourism.days_out.forms import DayApiForm
from tourism.days_out.sketch import numbered
from tourism.layers import place_url


class DayProblem(APIException):
    """A day that cannot be worked out; `stops` names the stops concerned."""

    status_code = 400

    def __init__(self, error: DayError) -> None:
        super().__init__(detail=error.text, code=error.code)
        self.default_code = error.code
        self.members = {"stops": error.stops}


class DaysOut(PublicView):
    """A day out worked out from stops, start and mode."""

    @extend_schema(
        operation_id="days_out_retrieve",
        parameters=describe(DayApiForm, "stops"),
        responses={(200, GEOJSON): OpenApiTypes.OBJECT, **PROBLEMS},
    )
    def get(self, request: Request) -> JsonResponse:
        """Answer a FeatureCollection: stops as points, ways as lines, the day as a whole beside them.

        `origin` and `destination` are where the day starts and ends, with what they were called; `query` asks for the
        same day again.
        """
        form = DayApiForm(request.query_params, now=timezone.now())
        form.fields["stops"].required = True
        values = parsed(form, request.query_params)
        language = values["lang"]
        with translation.override(language):
            try:
                body = render_day(plan_day(form.asked, language=language, best=values["order"] == "best"))
            except DayError as error:
                raise DayProblem(error) from None
        return JsonResponse(body, content_type=GEOJSON, json_dumps_params={"ensure_ascii": False})


def render_day(day: Day) -> dict[str, Any]:
    """Return the day as GeoJSON; `proven_best` is null where the order was given."""
    return {
        "type": "FeatureCollection",
        "mode": day.asked.mode,
        "starts": _moment(day.asked.start),
        "ends": _moment(day.ends),
        "distance_m": round(day.metres),
        "travel_minutes": day.minutes,
        "proven_best": day.proven_best,
        "origin": _end(day.asked.origin, day.asked.origin_name),
        "destination": _end(day.asked.destination, day.asked.destination_name),
        "query": day.asked.query,
        "gone": [{"code": item.code, "name": item.name} for item in day.items if isinstance(item, Gone)],
        "features": [*_features(day)],
    }


def _end(point: LonLat | None, name: str) -> dict[str, Any] | None:
    return {"name": name or None, "coordinates": point} if point else None


def _features(day: Day) -> Iterator[dict[str, Any]]:
    for number, visit in numbered(day):
        if visit.leg:
            yield _way(visit.leg, to=visit.code)
        yield _stop(number, visit)
    if day.last_leg:
        yield _way(day.last_leg, to=None)


def _stop(number: int, visit: Visit) -> dict[str, Any]:
    place = visit.card.place
    return {
        "type": "Feature",
        "id": place.code,
        "geometry": {"type": "Point", "coordinates": [round(place.lon, 6), round(place.lat, 6)]},
        "properties": {
            "kind": "stop",
            "number": number,
            "code": place.code,
            "name": visit.card.title,
            "lang": visit.card.title_language,
            "arrives": _moment(visit.arrives),
            "begins": _moment(visit.begins),
            "leaves": _moment(visit.leaves),
            "wait_minutes": visit.wait_minutes,
            "stay_minutes": visit.stay_minutes,
            "open": visit.open,
            "warnings": [{"code": caution.code, "text": caution.text} for caution in find_cautions(visit)],
            "url": place_url(place.code),
        },
    }


def _way(leg: Leg, *, to: str | None) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": leg.line.round(6).tolist()},
        "properties": {
            "kind": "way",
            "to": to,
            "distance_m": round(leg.metres),
            "minutes": leg.minutes,
            "estimated": leg.straight,
        },
    }


def _moment(moment: Any) -> str:
    text: str = moment.astimezone(CITY_ZONE).isoformat(timespec="minutes")
    return text
