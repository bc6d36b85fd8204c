"""Prices on pages: the section of a parcel's page, and the calculator without a parcel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning.live_editions import live_editions
from planning.lookup import ParcelFacts
from planning.models import Ward
from planning.pages.dates import dated, on_of
from planning.price_forms import NAMES, Measure, PriceForm, read, shown
from planning.prices import chart, tables, words
from planning.prices.answer import NoSegment, Priced, price_land, price_parcel
from planning.prices.past import PastPrice, by_coefficient
from planning.prices.propose import Why, other_codes
from planning.prices.question import Segment, Step
from planning.prices.rules import Kind, RuleSet
from planning.uses import name_of
from planning.wards import carry_over as carry_ward
from portal.text import fold

LISTED = 20
# Inputs of land that a street prices, and the kinds of rule that ask for them; without a kind always.
ON_A_STREET: Mapping[str, str] = {
    "segment": "",
    "position": "",
    "plan_500": Kind.PLAN_500,
    "alley_level": "",
    "alley_width_m": "",
    "surface": Kind.EARTH_ALLEY,
    "distance_m": Kind.DISTANCE,
    "frontages": Kind.FRONTAGE,
    "frontage_m": "",
    "depth_m": Kind.DEPTH,
    "height_m": Kind.HEIGHT,
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field of the form with the question when its input is missing."""

    field: BoundField
    question: str


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """A step in words of the active language."""

    step: Step
    name: str
    text: str


def parcel_section(query: Mapping[str, str], parcel: ParcelFacts, bare: Priced, *, on: date) -> dict[str, Any]:
    """Return what the section on the price of a parcel shows; `price_bad` when an input cannot be read.

    `bare` is the price as the map proposes it, before anybody gave an input.
    """
    given, _street = _given(query, on=on)
    inputs, codes, bad = read(given)
    unknown: tuple[str, ...] = ()
    try:
        priced = price_parcel(parcel, inputs, on=on, **codes) if given else bare
    except NoSegment as error:
        unknown = (error.name,)
        priced = price_parcel(parcel, inputs, on=on)
    roads = priced.proposal.roads if priced.proposal else ()
    offered = {road.segment.code: road.segment for road in roads}
    for segment in filter(None, (priced.segment, priced.other)):
        offered.setdefault(segment.code, segment)
    whole = bool(given) or query.get("correct") == "1"
    context = _shown(priced, given, on=on, segments=list(offered.values()), unknown=unknown, parcel=parcel, whole=whole)
    wrong = bad or bool(unknown)
    return {
        **context,
        "price_bad": wrong,
        "price_given": bool(given),
        "price_whole": whole,
        "price_query": urlencode(given) if not wrong else "",
        # What another date is to be asked with.
        "price_kept": given | ({"correct": "1"} if query.get("correct") == "1" else {}),
    }


@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    """Work out a price without a parcel: choose the street, then answer what the rules ask."""
    on, on_error = on_of(request)
    given, carried_street = _given(request.GET, on=on)
    inputs, codes, bad = read(given)
    unknown: tuple[str, ...] = ()
    try:
        priced = price_land(inputs, on=on, **codes)
    except NoSegment as error:
        unknown = (error.name,)
        priced = price_land(inputs, on=on)
    wanted = request.GET.get("street", "").strip()[:150] or carried_street
    if priced.segment and not wanted:
        wanted = priced.segment.street
    streets = tables.streets_in_force(on=on)
    street = next((name for name in streets if fold(name) == fold(wanted)), "") if wanted else ""
    segments = tables.segments_of_street(street, on=on) if street else []
    if street and priced.segment and priced.segment.street != street:
        # Another street was chosen: the segment of the one before is left.
        given.pop("segment", None)
        priced = price_land(inputs, on=on)
    context = {
        **_shown(priced, given, on=on, segments=segments, unknown=unknown),
        **dated(on, on_error),
        "street": street,
        "wanted": wanted,
        "streets": streets,
        "alike": [name for name in streets if fold(wanted) in fold(name)][:LISTED] if wanted and not street else [],
        "begun": bool(street or given),
        "nothing_said": "street" in request.GET and not wanted and not given,
        "by_area": [(use, name_of("land-use", use)) for use in priced.rules.uses if not priced.rules.by_street(use)],
        "has_table": tables.is_priced(on=on),
        "odd": [(one, [words.odd_text(odd) for odd in one.odd]) for one in tables.odd_segments(on=on)],
        "rules": [(rule, words.name_of_rule(rule.kind)) for rule in _in_order(priced.rules)],
    }
    return render(request, "planning/prices.html", context, status=400 if bad or unknown or on_error else 200)


def _given(query: Mapping[str, str], *, on: date) -> tuple[dict[str, str], str]:
    """Return the answers of an address as they hold on a date, and the street of the segment among them.

    A segment or ward of another date is the one in its place, if there is exactly one; if not, it is asked for anew.
    """
    given = {name: query[name] for name in NAMES if query.get(name)}
    streets = []
    for name in ("segment", "other_segment"):
        if name in given:
            given[name], street = tables.carry_over(given[name], on=on)
            streets.append(street)
    if "ward" in given:
        given["ward"] = carry_ward(given["ward"], on=on)
    return {name: answer for name, answer in given.items() if answer}, streets[0] if streets else ""


def _shown(
    priced: Priced,
    given: Mapping[str, str],
    *,
    on: date,
    segments: list[Segment],
    unknown: tuple[str, ...],
    parcel: ParcelFacts | None = None,
    whole: bool = True,
) -> dict[str, Any]:
    """Return what is shown of a price; unless `whole`, only what is missing can be filled in."""
    found = priced.valuation
    values = shown(priced.inputs, priced.segment, priced.other)
    missing = {words.addressed(name): words.question(name) for name in found.missing}
    names = _on_form(priced, with_parcel=parcel is not None) if whole else []
    names = list(dict.fromkeys((*names, *(name for name in missing if name in NAMES))))
    # What the map proposed needs no examination.
    data = {**values, **given} if given else None
    form = PriceForm(data, initial=values, auto_id="price-%s", only=None if whole else names)
    reasons = priced.proposal.why if priced.proposal else ()
    for why in reasons if whole else ():
        form.fields[why.input].help_text = why.text
    form.is_valid()
    for name in unknown:
        form.add_error(name, _("No segment in force on this date has this code. Choose one of the list."))
    # What cannot be read is told at its field, also where the rules do not ask for it.
    names = list(dict.fromkeys((*names, *form.errors)))
    _offer(form, set(names), priced, segments, on=on)
    segment = (found.segment or priced.segment) if priced.by_street else None
    position = found.position or 1 if priced.by_street else 1
    history = [part for past in _history(priced, segment, parcel) for part in by_coefficient(past)]
    return {
        "priced": priced,
        "found": found,
        "price_form": form,
        "price_fields": [Asked(field=form[name], question=missing.get(name, "")) for name in names],
        "price_proposed": [] if whole else [_reason(why, values) for why in reasons],
        "price_use": f"{priced.inputs.use} – {name_of('land-use', priced.inputs.use)}" if priced.inputs.use else "",
        # Of land with several uses each part has its own price and area.
        "price_others": [
            (code, name_of("land-use", code))
            for code in (other_codes(parcel.land_use, priced.inputs.use, priced.rules) if parcel else [])
        ],
        "price_missing": list(missing.items()),
        "price_steps": [_step(step) for step in found.steps],
        "price_segment": segment,
        "price_odd": [words.odd_text(odd) for odd in segment.odd] if segment else [],
        "price_history": history,
        "price_multiplied": any(past.coefficients for past in history),
        "price_chart": chart.draw(history, position=position, today=on),
        "price_position": position,
    }


def _history(priced: Priced, segment: Segment | None, parcel: ParcelFacts | None) -> list[PastPrice]:
    """Return what the tables of all times state for the land, with the coefficients of its units."""
    if priced.by_street and segment is None:
        return []
    units = tables.units_of_parcel(parcel.pk) if parcel else tables.units_of_ward(priced.inputs.ward)
    editions = parcel.rule_editions if parcel else live_editions().rules
    past = tables.past_of(priced.inputs.use, units, editions=editions)
    if segment:
        return past.with_coefficients(tables.history_of(segment))
    return past.of_land(english=get_language() == "en")


def _step(step: Step) -> StepShown:
    return StepShown(step=step, name=words.name_of_rule(step.rule), text=words.text_of(step))


def _offer(form: PriceForm, asked: set[str], priced: Priced, segments: list[Segment], *, on: date) -> None:
    """Fill the lists to choose from."""
    if "use" in asked:
        use = priced.inputs.use
        codes = [*priced.rules.uses, *([use] if use and use not in priced.rules.uses else [])]
        form.offer("use", [(code, f"{code} – {name_of('land-use', code)}") for code in codes])
    if "ward" in asked:
        form.offer("ward", list(Ward.objects.live().in_force(on=on).order_by("name").values_list("code", "name")))
    choices = [(one.code, words.span(one)) for one in segments]
    for name, empty in (("segment", None), ("other_segment", _("no other way"))):
        if name in asked:
            form.offer(name, choices, empty=empty)


def _on_form(priced: Priced, *, with_parcel: bool) -> list[str]:
    """Return the inputs the rules ask for with this use."""
    use = priced.inputs.use
    names = ["use", "area_m2", *([] if with_parcel else ["ward"])]
    if not priced.by_street:
        names += ["house"] if priced.rules.of(Kind.HOUSE, use=use) else []
        names += ["adjacent_vnd_per_m2"] if priced.rules.of(Kind.UNUSED, use=use) else []
    else:
        names += [name for name, kind in ON_A_STREET.items() if not kind or priced.rules.of(kind, use=use)]
        names += ["other_segment", "other_position"] if with_parcel and len(priced.proposal.roads) > 1 else []  # type: ignore[union-attr]
    return names


def _reason(why: Why, values: Mapping[str, Any]) -> str:
    """Return what was proposed with its reason; a choice is told by the reason alone."""
    field = PriceForm.base_fields[why.input]
    measured = why.input in values and isinstance(field.widget, Measure)
    return f"{field.label}: {number_format(values[why.input])}. {why.text}" if measured else why.text


def _in_order(rules: RuleSet) -> list[Any]:
    return sorted(rules.rules, key=lambda rule: (rule.order, rule.source.row))
