"""Reading an extract from the database: the only reader. Four statements a parcel, one more for each doubt about plans
that disagree, two for its history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from planning.extracts.answers import Answer, Document, EditionUsed, ZoneShare, law_status, plan_name
from planning.extracts.areas import area_difference
from planning.extracts.building import building_rules
from planning.extracts.conflicts import conflicts, level_conflicts
from planning.extracts.extract import Extract, Nearby, OtherPlan, WardNames
from planning.extracts.history import changes_between
from planning.extracts.past import history_of
from planning.extracts.priced import editions_of, price_of
from planning.extracts.restrictions import line_restrictions, projects_restriction
from planning.extracts.summary import summary
from planning.lookup import Near, ParcelFacts, near
from planning.offices import office_to_ask
from planning.params import IN_FUTURE
from planning.prices.answer import Priced, price_parcel
from planning.prices.inputs import Inputs
from planning.shares import smallest_piece_m2
from planning.sql import rows_of
from planning.uses import UNKNOWN_COLOUR, find_use, name_of, name_of_land, system_of
from tiles.registry import find_layer

THEMES = ("construction-general", "construction-subdivision", "construction-detailed", "land-use")
NEAR_M = {"projects": 1000, "places": 500}
NEAR_LISTED = 8


def assemble(parcel: ParcelFacts, *, on: date, created: datetime, priced: Priced | None = None) -> Extract:
    """Return what is known about a parcel, found for that date, on that date; `priced` when it is known already."""
    rows = _plan_rows(parcel, on=on)
    valid = [row for row in rows if row["law_status"] == "in-force"]
    asked = timezone.localdate(created)
    answers = tuple(_themes(_answer(row, parcel.area_measured_m2, asked=asked) for row in valid))
    around = near(parcel.pk, NEAR_M, on=on, limit=NEAR_LISTED)
    projects = _nearby("projects", around["projects"])
    least_m2 = smallest_piece_m2(parcel.area_measured_m2)
    priced = priced or price_parcel(parcel, Inputs(), on=on)
    restrictions = (
        *line_restrictions(valid, parcel_m2=parcel.area_measured_m2),
        projects_restriction(projects, within_m=NEAR_M["projects"], published=parcel.projects_published),
    )
    return Extract(
        code=parcel.code,
        ward=WardNames(
            code=parcel.ward_then_code,
            name=parcel.ward_then_name,
            cadastral_code=parcel.ward_code,
            cadastral_name=parcel.ward_name,
        ),
        sheet=parcel.sheet,
        number=parcel.number,
        area_registered_m2=parcel.area_registered_m2,
        area_measured_m2=round(parcel.area_measured_m2, 2),
        land_use=parcel.land_use,
        land_use_name=name_of_land(parcel.land_use),
        address=parcel.address,
        geometry=json.loads(parcel.geojson),
        on=on,
        created=created,
        summary=summary(answers),
        editions=tuple(dict.fromkeys(_editions(parcel, answers, priced))),
        answers=answers,
        conflicts=conflicts(
            answers,
            parcel_m2=parcel.area_measured_m2,
            least_m2=least_m2,
            common=partial(common_areas, parcel.pk, layer="land-use"),
        ),
        price=price_of(priced),
        projects_near=projects,
        places_near=_nearby("places", around["places"]),
        history=None,
        disclaimer=_(
            "For reference. This answer does not replace a certificate, a decision or the official procedure. "
            "Demonstration data."
        ),
        verify_url=None,
        on_note=_note(parcel, on, created),
        area_difference=area_difference(parcel.area_registered_m2, parcel.area_measured_m2),
        sliver_m2=round(least_m2, 2),
        restrictions=restrictions,
        building=building_rules(answers, restrictions),
        other_plans=tuple(_other_plan(row) for row in rows if row["law_status"] != "in-force"),
        level_conflicts=level_conflicts(
            answers,
            parcel_m2=parcel.area_measured_m2,
            least_m2=least_m2,
            common=partial(common_areas, parcel.pk, layer="zones"),
        ),
        in_force_until=parcel.in_force_until,
    )


def with_history(extract: Extract, parcel: ParcelFacts, *, since: date | None) -> Extract:
    """Add the history of the parcel, and what changed between `since` and the extract's date when one is given."""
    history = history_of(parcel, extract.price)
    changes = changes_between(history, since=since, on=extract.on) if since else None
    return replace(extract, history=history, changes=changes)


def _note(parcel: ParcelFacts, on: date, created: datetime) -> str:
    if parcel.formed_on and on < parcel.formed_on:
        if parcel.in_force_until:
            text = _(
                "On this date the parcel did not exist yet: it was formed on %(day)s, stood until %(last)s and is no "
                "more. What is told here holds for its outline of then."
            )
            return text % {"day": f"{parcel.formed_on:%d/%m/%Y}", "last": f"{parcel.in_force_until:%d/%m/%Y}"}
        return _(
            "On this date the parcel did not exist yet: it was formed on %(day)s. What is told here holds for its "
            "outline of today; the history names the parcels it comes from."
        ) % {"day": f"{parcel.formed_on:%d/%m/%Y}"}
    if parcel.in_force_until:
        return _("This parcel stood until %(day)s and is no more. What is told here holds for its outline of then.") % {
            "day": f"{parcel.in_force_until:%d/%m/%Y}"
        }
    if on <= timezone.localdate(created):
        return ""
    return str(IN_FUTURE)


def common_areas(parcel_id: int, pairs: Sequence[tuple[str, str]], *, layer: str) -> Mapping[tuple[str, str], float]:
    """Measure how many m² of a parcel lie in a zone and in an area of a layer at once, for pairs of their codes."""
    zones, areas = zip(*pairs, strict=True)
    rows = rows_of("common_areas", parcel=parcel_id, zones=[*zones], areas=[*areas], layer=layer)
    return {(row["zone"], row["area"]): row["area_m2"] for row in rows}


def _plan_rows(parcel: ParcelFacts, *, on: date) -> list[dict[str, Any]]:
    """Return the plans that concern the parcel or are in force on a date, by level; the law's word is with each."""
    rows = rows_of("plan_answers", parcel=parcel.pk, on=on)
    for row in rows:
        row["law_status"] = law_status(row["in_force_from"], row["in_force_until"], on=on)
    return sorted(rows, key=lambda row: (row["layer"] == "land-use", _rank(row["level"]), row["plan"]))


def _rank(level: str) -> int:
    levels = [theme.removeprefix("construction-") for theme in THEMES]
    return levels.index(level) if level in levels else len(levels)


def _theme(row: dict[str, Any]) -> str:
    return "land-use" if row["layer"] == "land-use" else f"construction-{row['level'] or 'other'}"


def _other_plan(row: dict[str, Any]) -> OtherPlan:
    return OtherPlan(
        theme=_theme(row),
        plan=plan_name(row),
        decision=row["decision"],
        in_force_from=row["in_force_from"],
        in_force_until=row["in_force_until"],
        law_status=row["law_status"],
    )


def _answer(row: dict[str, Any], area_m2: float, *, asked: date) -> Answer:
    theme = _theme(row)
    used = EditionUsed(dataset=row["code"], edition=row["id"], published=row["published"])
    if not row["computed"]:
        return Answer(theme=theme, status="no-data", edition=used)
    if not row["concerned"]:
        return Answer(theme=theme, status="not-concerned")
    return Answer(
        theme=theme,
        status="concerned",
        plan=plan_name(row),
        decision=row["decision"],
        in_force_from=row["in_force_from"],
        in_force_until=row["in_force_until"],
        scale=row["scale"],
        office=row["office"],
        documents=tuple(
            Document(title=paper["title"], url=f"/plans/{row['plan']}/documents/{paper['name']}")
            for paper in row["documents"] or ()
        ),
        zones=tuple(_zone(zone, row["layer"], area_m2) for zone in row["listed"] or ()),
        gap_m2=round(row["gap_m2"], 2),
        overlap_m2=round(row["overlap_m2"], 2),
        slivers_m2=round(row["slivers_m2"], 2),
        edition=used,
        law_status=row["law_status"],
        ask=office_to_ask(row["layer"], row["level"], on=asked),
    )


def _zone(zone: dict, layer: str, area_m2: float) -> ZoneShare:
    system = system_of(layer)
    use = find_use(system, zone["use"])
    return ZoneShare(
        **{
            **zone,
            "use_name": name_of(system, zone["use"], zone["use_name"]),
            "area_m2": round(zone["area_m2"], 2),
        },
        colour=use.colour if use else UNKNOWN_COLOUR,
        hatch=use.hatch if use else "none",
        share=round(zone["area_m2"] / area_m2, 6),
        url=f"/zones/{zone['code']}" if layer == "zones" else "",
    )


def _themes(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Yield the plans that concern the parcel, and one answer for each theme without such a plan."""
    every = list(answers)
    for theme in dict.fromkeys((*THEMES, *(answer.theme for answer in every))):
        of_theme = [answer for answer in every if answer.theme == theme]
        known = [answer for answer in of_theme if answer.status != "not-concerned"]
        if known:
            yield from known
        else:
            yield Answer(theme=theme, status="not-concerned" if of_theme else "no-data")


def _editions(parcel: ParcelFacts, answers: Iterable[Answer], priced: Priced) -> Iterator[EditionUsed]:
    yield EditionUsed(dataset=parcel.dataset, edition=parcel.edition, published=parcel.published)
    yield from (answer.edition for answer in answers if answer.edition)
    yield from editions_of(priced)
    yield from parcel.further_editions


def _nearby(layer_id: str, found: Iterable[Near]) -> tuple[Nearby, ...]:
    layer = find_layer(layer_id)
    return tuple(
        Nearby(
            code=one.code,
            title=one.title,
            kind=one.kind,
            distance_m=round(one.distance_m, 1),
            url=layer.url(one.code) if layer and layer.url else "",
        )
        for one in found
    )
