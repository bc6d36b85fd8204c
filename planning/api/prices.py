"""The door of the API to the price of a parcel."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from planning import params
from planning.gone import answer_missing
from planning.lookup import find_parcel
from planning.price_forms import NAMES, PriceForm, shown
from planning.prices import words
from planning.prices.answer import NoSegment, Priced, price_parcel
from planning.prices.propose import other_codes
from planning.prices.question import Segment, Step
from planning.prices.rules import Source
from planning.prices.tables import is_priced, rules_of
from tiles.api import GONE, LANG, PROBLEMS, PublicView

ON = OpenApiParameter("on", date, description="Tables and rules in force on this date; today when missing.")
INPUTS = [
    OpenApiParameter(name, str, description=f"{field.label} (proposed from the map when missing)")
    for name, field in PriceForm.base_fields.items()
]


class NoPriceTable(NotFound):
    """Neither a price table nor a rule is in force on the date."""

    default_code = "no-price-table"
    default_detail = _lazy("No price table is in force on this date.")


class ParcelPriceView(PublicView):
    """The price of one parcel by the tables of the state."""

    @extend_schema(
        operation_id="parcels_price",
        parameters=[ON, *INPUTS, LANG],
        responses={200: dict, 301: OpenApiResponse(description="To its only successor."), **PROBLEMS, **GONE},
    )
    def get(self, request: Request, code: str) -> Response:
        """Return the price with every step, or what is missing and how to ask for it."""
        query = request.query_params
        params.parse_only(query, "on", *NAMES, "lang")
        language = params.parse_language(query)
        on = params.parse_date(query, "on", default=timezone.localdate())
        with override(language):
            given = parse_form({name: query[name] for name in NAMES if name in query})
            parcel = find_parcel(code, on=on)
            if parcel is None:
                return answer_missing(request, code, "api-parcel-price")
            if not rules_of(parcel.rule_editions, on).rules and not is_priced(on=on):
                raise NoPriceTable
            try:
                priced = price_parcel(
                    parcel,
                    given.inputs(),
                    on=on,
                    segment_code=given.cleaned_data["segment"],
                    other_code=given.cleaned_data["other_segment"],
                )
            except NoSegment as error:
                raise params.BadParameter(_no_segment(error)) from None
            return Response(
                render_price(priced, on=on, land_use=parcel.land_use), headers={"Content-Language": language}
            )


def parse_form(data: dict[str, str]) -> PriceForm:
    """Read the inputs; raises BadParameter that names the first wrong one."""
    form = PriceForm(data)
    for name, errors in form.errors.items():
        text = _("Parameter “%(name)s”: %(what)s") % {"name": name, "what": " ".join(map(str, errors))}
        raise params.BadParameter(text)
    return form


def _no_segment(error: NoSegment) -> str:
    return _("Parameter “%(name)s”: no segment in force on this date has the code “%(code)s”. See /api/v1/streets.") % {
        "name": error.name,
        "code": error.code[:60],
    }


def render_price(priced: Priced, *, on: date, land_use: str = "") -> dict[str, Any]:
    """Return an answer as plain values; texts in the active language. `land_use` is what the parcel's map says."""
    found = priced.valuation
    notes = [_("The price of the state serves fees and compensation; it is far below what is asked on the market.")]
    if on > timezone.localdate():
        notes.append(str(params.IN_FUTURE))
    if others := other_codes(land_use, priced.inputs.use, priced.rules):
        text = _(
            "The parcel has several uses; this is the price of %(use)s. Ask for %(others)s by “use”, with its area."
        )
        notes.append(text % {"use": priced.inputs.use, "others": ", ".join(others)})
    segment = found.segment or (priced.segment if {"use", "priced_use"} & {*found.missing} else None)
    return {
        "on": on,
        "amount_vnd": found.amount_vnd,
        "price_vnd_per_m2": found.price_vnd_per_m2,
        "position": found.position,
        "steps": [_step(step) for step in found.steps],
        "bands": [
            {
                "from_m": float(band.from_m),
                "to_m": float(band.to_m),
                "factor": float(band.factor),
                "least": band.least,
                "price_vnd_per_m2": band.price_vnd_per_m2,
            }
            for band in found.bands
        ],
        "table": segment and _segment(segment),
        "missing": [{"input": words.addressed(name), "question": words.question(name)} for name in found.missing],
        "inputs": {
            name: float(value) if hasattr(value, "quantize") else value
            for name, value in shown(priced.inputs, priced.segment, priced.other).items()
        },
        "proposed": [{"input": why.input, "why": why.text} for why in (priced.proposal.why if priced.proposal else ())],
        "note": " ".join(notes),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "text": words.text_of(step),
        "factor": round(float(step.factor), 8),
        "result": step.result,
        "source": _source(step.source),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "dataset": source.dataset,
        "edition": source.edition,
        "row": source.row,
        "decision": source.decision,
        "clause": source.clause,
    }


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "code": segment.code,
        "street": segment.street,
        "from_street": segment.from_street,
        "to_street": segment.to_street,
        "prices_vnd_per_m2": segment.prices,
        "odd": [words.odd_text(odd) for odd in segment.odd],
        "source": _source(segment.source),
    }
