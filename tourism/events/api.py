"""The API of events."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from tiles.api import PROBLEMS, PublicView
from tourism.answers import respond_at_once
from tourism.api import DEFAULT_LIMIT, GEOJSON, describe, next_address, parsed
from tourism.asking import LanguageForm
from tourism.events.features import describe_feature
from tourism.events.forms import LONGEST, EventListForm
from tourism.events.listing import after, cursor_of, find_events, find_public


class NoSuchEvent(NotFound):
    """No public event has this code."""

    default_code = "no-such-event"
    default_detail = _("There is no such event. Search by name at /api/v1/events?q=")


class EventList(PublicView):
    """What takes place, by time, box, distance and text."""

    @extend_schema(
        operation_id="events_list",
        parameters=describe(EventListForm),
        responses={(200, "application/geo+json"): OpenApiTypes.OBJECT, **PROBLEMS},
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer a FeatureCollection of events with their occurrences in the time asked for, and the next page.

        A text that is missing in the language asked for is told in the other one: `lang` is the language of the name,
        `description_lang`, `reason_lang`, `price_lang` and `organiser_lang` are those of the others.
        """
        form = EventListForm(request.query_params, now=timezone.now())
        values = parsed(form, request.query_params)
        asked = form.filter
        found = find_events(asked)
        limit, left = values["limit"] or DEFAULT_LIMIT, after(found, values["cursor"])
        page, rest = left[:limit], left[limit:]
        # "Now" goes on while somebody turns the pages: all are of the time the first was asked for.
        held = {"from": asked.since.isoformat(), "until": asked.until.isoformat()}
        return _answer(
            request,
            {
                "type": "FeatureCollection",
                "numberMatched": len(found),
                "numberReturned": len(page),
                "next": next_address(request, cursor_of(page[-1]), **held) if rest else None,
                "features": [describe_feature(one, language=values["lang"]) for one in page],
            },
        )


class EventDetail(PublicView):
    """One event."""

    @extend_schema(
        operation_id="events_retrieve",
        parameters=describe(LanguageForm),
        responses={(200, "application/geo+json"): OpenApiTypes.OBJECT, **PROBLEMS},
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        """Answer a Feature with the occurrences of the coming year."""
        values = parsed(LanguageForm(request.query_params), request.query_params)
        now = timezone.now()
        found = find_public(code, since=now, until=now + LONGEST)
        if found is None:
            raise NoSuchEvent
        return _answer(request, describe_feature(found, language=values["lang"]))


def _answer(request: Request, body: dict[str, Any]) -> HttpResponse:
    return respond_at_once(request, json.dumps(body, ensure_ascii=False).encode(), content_type=GEOJSON)
