"""The API of places: GeoJSON out of the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from portal.calendar import CITY_ZONE
from tiles import revisions
from tiles.api import PROBLEMS, BadParameter, PublicView
from tourism import schedules
from tourism.answers import KeptAnswers, respond, respond_at_once
from tourism.api_schema import COLLECTION, FEATURE
from tourism.changes import gone_since, last_change
from tourism.cursors import Cursor, render_cursor
from tourism.features import LONG, PROPERTIES, render_features, render_table
from tourism.forms import MAX_LIMIT, PlaceAnswerForm, PlaceListForm
from tourism.layers import PLACES
from tourism.listing import PlaceFilter, find_page, listed
from tourism.models import Place

DEFAULT_LIMIT = 100
# From here on an answer is kept: it takes a hundred times the work of a page.
LARGE = 1000
GEOJSON = "application/geo+json"
CSV = "text/csv; charset=utf-8"
TYPES: dict[type[forms.Field], OpenApiTypes] = {
    forms.IntegerField: OpenApiTypes.INT,
    forms.FloatField: OpenApiTypes.DOUBLE,
}


_kept = KeptAnswers(16)


class NoSuchPlace(NotFound):
    """No live place has this code."""

    default_code = "no-such-place"
    default_detail = _("There is no such place. Search by name at /api/v1/places?q=")


def parsed(form: forms.Form, query: Any) -> dict[str, Any]:
    """Return the values of a query; raises BadParameter that names what is wrong."""
    known = type(form).base_fields
    for name in query:
        if name not in known:
            raise BadParameter(
                _("%(name)s: no such parameter. Known: %(known)s.")
                % {"name": name[:60], "known": ", ".join(sorted(known))}
            )
        if len(query.getlist(name)) > 1:
            raise BadParameter(_("%(name)s: give it once.") % {"name": name})
    for name, errors in form.errors.as_data().items():
        raise BadParameter(f"{name}: {_told(errors[0], form.fields.get(name))}")
    return form.cleaned_data


def _told(error: forms.ValidationError, field: forms.Field | None) -> str:
    if error.code == "invalid_choice" and isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        known = ", ".join(str(value) for value, _label in choices if value)
        return _("“%(value)s” is none of: %(known)s.") % {**(error.params or {}), "known": known}
    return error.messages[0]


def describe(form: type[forms.Form], *required: str) -> list[OpenApiParameter]:
    """Return the form's fields as parameters of the API's description, in English."""
    with translation.override("en"):
        return [
            OpenApiParameter(
                name,
                TYPES.get(type(field), OpenApiTypes.STR),
                required=name in required,
                description=str(field.help_text or field.label),
                enum=[value for value, _label in getattr(field, "choices", ()) if value] or None,
            )
            for name, field in form.base_fields.items()
        ]


@cache
def list_address(language: str) -> str:
    """Return the address of the list page in a language of the site."""
    with translation.override("vi" if language == "vi" else "en"):
        return reverse("places")


def next_address(request: Request, cursor: Cursor, **held: str) -> str:
    """Return the address of the page after `cursor`; `held` are parameters that must stay as they were understood."""
    query = {**request.query_params.dict(), **held, "cursor": render_cursor(cursor)}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")


@dataclass(frozen=True)
class Page:
    """Places as GeoJSON texts, the address of the next page, and what a copy kept elsewhere needs to follow."""

    features: list[str]
    next: str | None
    changes: dict[str, Any]

    def collection(self) -> str:
        """Return the page as a FeatureCollection."""
        members = {"type": "FeatureCollection", "next": self.next, **self.changes}
        head = json.dumps(members, ensure_ascii=False)
        return f'{head[:-1]}, "features": [{",".join(self.features)}]}}'


class PlaceList(PublicView):
    """Places by box, area, distance, kind, text and hours."""

    @extend_schema(
        operation_id="places_list",
        parameters=describe(PlaceListForm),
        responses={(200, GEOJSON): COLLECTION, **PROBLEMS},
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer a FeatureCollection and the address of the next page.

        In order of distance from `near`, else of likeness to `q`, else of code; what is level stands by code. The
        cursor in `next` keeps the place in that order. Lists with `updated_since` go by code.

        With `updated_since`: also what is `gone` since, on the first page, and `as_of`, to ask from next time.

        Beside each text stands its language, such as `description_lang`. `open` is null where the hours are unknown or
        by appointment: `state` tells which, `appointment` when the next one is. `today` and `details` come when
        `fields` names them.
        """
        now = timezone.now()
        asked, values = _asked(request, now=now, limit=DEFAULT_LIMIT)

        def make() -> bytes:
            return _page(request, asked, values, now=now).collection().encode()

        if values["limit"] < LARGE:
            return respond_at_once(request, make(), content_type=GEOJSON)
        revision = revisions.current(PLACES.id)
        moment = asked.open_at or now
        # The day beside the states: what is announced and which holiday it is turn with it.
        told = (timezone.localdate(moment, CITY_ZONE), tuple(sorted(schedules.states(moment).items())))
        key = (request.build_absolute_uri(), revision and revision.number, told)
        return respond(request, key, lambda: _kept.find(key, make), content_type=GEOJSON)


class PlaceTable(PublicView):
    """The same places as a table."""

    @extend_schema(
        operation_id="places_table",
        parameters=describe(PlaceListForm),
        responses={(200, "text/csv"): OpenApiTypes.STR, **PROBLEMS},
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer CSV (RFC 4180, UTF-8, marked), lon and lat in WGS 84; the header Link names the next page.

        In the same order as the list.
        """
        now = timezone.now()
        asked, values = _asked(request, now=now, limit=MAX_LIMIT)
        page = _page(request, asked, values, now=now)
        wanted = values["fields"] or set(PROPERTIES) - LONG
        names = [name for name in PROPERTIES if name in wanted or name == "code"]
        response = respond_at_once(request, render_table(page.features, names).encode("utf-8-sig"), content_type=CSV)
        response["Content-Disposition"] = 'attachment; filename="places.csv"'
        if page.next:
            response["Link"] = f'<{page.next}>; rel="next"'
        return response


def _asked(request: Request, *, now: datetime, limit: int) -> tuple[PlaceFilter, dict[str, Any]]:
    """Return what is asked for; raises BadParameter."""
    form = PlaceListForm(request.query_params, now=now)
    values = parsed(form, request.query_params)
    return form.filter, {**values, "limit": values["limit"] or limit}


def _page(request: Request, asked: PlaceFilter, values: dict[str, Any], *, now: datetime) -> Page:
    limit, language = values["limit"], values["lang"]
    found = find_page(asked, values["cursor"], limit=limit + 1, now=now)
    following = None
    if len(found) > limit:
        found, last = found[:limit], found[limit - 1]
        following = next_address(request, Cursor(asked.order, last.measure, last.code))
    texts = render_features(
        found,
        near=asked.near is not None,
        moment=asked.open_at or now,
        language=language,
        address=list_address(language),
        names=values["fields"],
    )
    changes: dict[str, Any] = {}
    if asked.updated_since:
        # What is gone fits no filter; it comes once, with the first page.
        gone = [] if values["cursor"] else list(gone_since(asked.updated_since))
        changes = {"as_of": last_change(), "gone": gone}
    return Page(texts, following, changes)


class PlaceDetail(PublicView):
    """One place."""

    @extend_schema(
        operation_id="places_retrieve",
        parameters=describe(PlaceAnswerForm),
        responses={(200, GEOJSON): FEATURE, **PROBLEMS},
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        """Answer a Feature.

        Its properties are those of the list, with `today` and `details`.
        """
        values = parsed(PlaceAnswerForm(request.query_params), request.query_params)
        language = values["lang"]
        now = timezone.now()
        found = render_features(
            listed(Place.objects.published().filter(code=code)),
            near=False,
            moment=now,
            language=language,
            address=list_address(language),
            names=values["fields"],
            details=True,
            on=values["on"],
        )
        if not found:
            raise NoSuchPlace
        return respond_at_once(request, found[0].encode(), content_type=GEOJSON)
