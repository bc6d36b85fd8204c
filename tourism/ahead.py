"""What texts of opening hours mean in the days ahead: a phone without a line needs no grammar to know what is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from portal.calendar import CITY_ZONE
from tiles.api import LANG, PROBLEMS, PublicView
from tourism import sql
from tourism.api import parsed
from tourism.hours import State
from tourism.models import MAIN

AHEAD = timedelta(days=14)


def hours_ahead(moment: datetime) -> dict[str, Any]:
    """Return from when until when the answer holds, and for every text its open spans, and those nobody can judge.

    Those by appointment are among the latter, and named besides. A text that no program can judge is null; one that is
    not there is as unknown. `places` are those of which a notice speaks, by code: theirs go before the text's.
    """
    # From midnight on: the phone's clock may be a little behind ours.
    begin = moment.astimezone(CITY_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    end = begin + AHEAD
    rows = sql.spans_between(begin=begin, end=end, first=begin.date(), last=end.date())
    texts, places = _spans(rows)
    return {"from": begin.isoformat(), "until": end.isoformat(), "texts": texts, "places": places}


Judged = dict[str, dict[str, list[list[str]]] | None]


def _spans(rows: Iterable[tuple[Any, ...]]) -> tuple[Judged, Judged]:
    texts: Judged = {}
    places: Judged = {}
    for text, place, kind, readable, since, until, state in rows:
        if kind not in ("", MAIN):
            continue
        of = places if place else texts
        found = of.setdefault(place or text, {"open": [], "unknown": [], "appointment": []} if readable else None)
        if found is not None and since is not None:
            span = [moment.astimezone(CITY_ZONE).isoformat(timespec="minutes") for moment in (since, until)]
            found["open" if state == State.OPEN else "unknown"].append(span)
            if state == State.APPOINTMENT:
                found["appointment"].append(span)
    return texts, places


class LanguageForm(forms.Form):
    """Nothing but the language of what is said when something is wrong."""

    lang = forms.ChoiceField(required=False, choices=[("vi", "vi"), ("en", "en")])


class OpeningHours(PublicView):
    """The texts of opening hours, worked out for a fortnight."""

    @extend_schema(
        operation_id="opening_hours_list",
        parameters=[LANG],
        responses={200: OpenApiTypes.OBJECT, **PROBLEMS},
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer what each text means for a fortnight from today."""
        parsed(LanguageForm(request.query_params), request.query_params)
        response = JsonResponse(hours_ahead(timezone.now()), json_dumps_params={"ensure_ascii": False})
        response["Cache-Control"] = "public, max-age=300"
        return response
