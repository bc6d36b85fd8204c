"""The history of a place for programs."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from portal.calendar import CITY_ZONE
from tiles.api import PROBLEMS, PublicView
from tourism.answers import respond_at_once
from tourism.api import NoSuchPlace, describe, parsed
from tourism.history.entries import Entry, find_history
from tourism.history.views import PAGE_SIZE
from tourism.listing import find_ever


class HistoryForm(forms.Form):
    """Which part of a history, and in which language."""

    lang = forms.ChoiceField(label=_("Language"), required=False, choices=[("vi", "vi"), ("en", "en")])
    page = forms.IntegerField(
        label=_("Page"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Fifty changes a page, the latest on the first."),
    )


class PlaceHistory(PublicView):
    """What changed of one place."""

    @extend_schema(
        operation_id="places_history",
        parameters=describe(HistoryForm),
        responses={200: OpenApiTypes.OBJECT, **PROBLEMS},
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        """Answer the changes of a place, the latest first, also of one that is no longer listed; no name of staff."""
        asked = parsed(HistoryForm(request.query_params), request.query_params)
        place = find_ever(code)
        if place is None:
            raise NoSuchPlace
        language = asked["lang"] or "vi"
        with translation.override(language):
            page = Paginator(find_history(code, language=language), PAGE_SIZE).get_page(asked["page"])
        following = None
        if page.has_next():
            query = request.query_params.copy()
            query["page"] = str(page.next_page_number())
            following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        body = {"code": code, "changes": [_render(entry) for entry in page], "next": following}
        return respond_at_once(request, json.dumps(body, ensure_ascii=False).encode(), content_type="application/json")


def _render(entry: Entry) -> dict[str, Any]:
    edition = entry.edition
    return {
        "changed": entry.moment.astimezone(CITY_ZONE).isoformat(timespec="seconds"),
        "kind": entry.kind,
        "text": entry.words,
        "office": entry.office or None,
        "edition": {"number": edition.pk, "dataset": edition.dataset.code, "title": entry.dataset} if edition else None,
        "fields": [
            {"field": one.field, "title": one.title, "before": one.before or None, "after": one.after or None}
            for one in entry.fields
        ],
        "reason": entry.reason or None,
        "other": entry.other or None,
    }
