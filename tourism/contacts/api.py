"""The API of official contacts."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from tiles.api import PROBLEMS, PublicView
from tourism.answers import respond_at_once
from tourism.api import describe, parsed
from tourism.contacts.check import Answer, check
from tourism.contacts.forms import CheckQueryForm
from tourism.contacts.views import report_fields
from tourism.models import Place

_OFFICIAL = ("phone", "website", "page", "email", "beneficiary", "licence_state")


class ContactCheck(PublicView):
    """Whether a contact is the official one of a place."""

    @extend_schema(
        operation_id="places_check",
        parameters=describe(CheckQueryForm, "contact"),
        responses={200: OpenApiTypes.OBJECT, **PROBLEMS},
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer yes, no (it could be taken for the official one), reported (known to be false) or unknown."""
        form = CheckQueryForm(request.query_params)
        values = parsed(form, request.query_params)
        language = values["lang"] or "vi"
        with translation.override(language):
            told = _describe(check(form.read, place=values["place"]), claimed=values["place"], language=language)
        return respond_at_once(request, json.dumps(told, ensure_ascii=False).encode(), content_type="application/json")


def _describe(answer: Answer, *, claimed: str, language: str) -> dict[str, object]:
    reported, emergency = answer.reported, answer.emergency
    return {
        "contact": answer.contact.text,
        "kind": answer.contact.kind.value,
        "normalised": answer.contact.key,
        "answer": answer.verdict,
        "since": reported.since.isoformat() if reported else None,
        "emergency": emergency and emergency[f"name_{language}"],
        "places": [_official(place, language) for place in answer.places],
        "belongs_to": [_official(place, language) for place in answer.owners],
        "report": f"{reverse('home')}report/?{urlencode(report_fields(answer, claimed=claimed))}",
    }


def _official(place: Place, language: str) -> dict[str, str]:
    contacts = {name: getattr(place, name) for name in _OFFICIAL}
    return {
        "code": place.code,
        "name": place.name_in(language)[0],
        "url": reverse("place", args=[place.code]),
        **contacts,
    }
