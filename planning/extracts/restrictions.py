"""Road lines, setbacks, protection corridors and projects: do they concern a parcel, or is nothing known?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from planning.extracts.answers import EditionUsed, plan_name
from planning.extracts.extract import LineName, Nearby, Restriction
from planning.extracts.rounding import tenths
from planning.models import PlanLine

Rows = Sequence[dict[str, Any]]
_CONCERNED = {
    "road-line": gettext_noop(
        "%(area)s m² lie between the red line and the road: %(names)s. They are kept for the road."
    ),
    "building-line": gettext_noop(
        "%(area)s m² lie between building line and red line: %(names)s. No building may stand there."
    ),
    "corridor": gettext_noop("%(area)s m² lie in a protection corridor: %(names)s."),
}
_NOT_CONCERNED = {
    "road-line": gettext_noop("No part lies between a red line and its road."),
    "building-line": gettext_noop("No part lies between a building line and the red line."),
    "corridor": gettext_noop("No part lies in a protection corridor."),
}


def line_restrictions(rows: Rows, *, parcel_m2: float) -> Iterator[Restriction]:
    """Yield what the plans in force say of each kind of line, from the rows of `plan_answers`.

    A theme has no data where no plan that concerns the parcel drew such lines.
    """
    for kind in PlanLine.Kind:
        found = [
            _restriction(row, behind, parcel_m2)
            for row in rows
            for behind in row["lines"] or ()
            if behind["kind"] == kind
        ]
        if found:
            # What a more detailed plan draws as the other did is told once, by the more detailed one.
            yield from {(one.text, _widths(one)): one for one in found}.values()
            continue
        drawn = any(row["concerned"] and kind in row["line_kinds"].split(",") for row in rows)
        yield Restriction(
            theme=kind.value,
            status="not-concerned" if drawn else "no-data",
            text=gettext(_NOT_CONCERNED[kind.value])
            if drawn
            else _("No plan with such lines is published for this parcel."),
        )


def projects_restriction(near: Sequence[Nearby], *, within_m: float, published: bool) -> Restriction:
    """Return whether a project lies on the parcel, and which is the nearest; `published`: some project is."""
    words = {"metres": number_format(within_m, 0)}
    if not published:
        return Restriction(theme="projects", status="no-data", text=_("No projects of that year are published."))
    if not near:
        text = _("No published project lies within %(metres)s m.") % words
        return Restriction(theme="projects", status="not-concerned", text=text)
    on_it = [project.title for project in near if project.distance_m == 0]
    if on_it:
        text = _("On this parcel: %(projects)s.") % {"projects": ", ".join(on_it)}
        return Restriction(theme="projects", status="concerned", text=text)
    text = _("Not on this parcel; the nearest, %(project)s, is %(metres)s m away.") % {
        "project": near[0].title,
        "metres": number_format(round(near[0].distance_m)),
    }
    return Restriction(theme="projects", status="not-concerned", text=text)


def _restriction(row: dict[str, Any], behind: dict[str, Any], parcel_m2: float) -> Restriction:
    area_m2 = behind["area_m2"]
    # A line that is drawn in pieces is told once.
    pieces = {(line["name"], line["category"], line["width_m"]): LineName(**line) for line in reversed(behind["lines"])}
    lines = tuple(reversed(pieces.values()))
    return Restriction(
        theme=behind["kind"],
        status="concerned",
        plan=plan_name(row),
        decision=row["decision"],
        in_force_from=row["in_force_from"],
        in_force_until=row["in_force_until"],
        area_m2=None if area_m2 is None else round(area_m2, 2),
        share=None if area_m2 is None else round(min(area_m2 / parcel_m2, 1), 6),
        lines=lines,
        text=_concerned(behind["kind"], area_m2, lines),
        edition=EditionUsed(dataset=row["code"], edition=row["id"], published=row["published"]),
    )


def _widths(one: Restriction) -> tuple[tuple[str, float | None], ...]:
    return tuple((line.category, line.width_m) for line in one.lines)


def _concerned(kind: str, area_m2: float | None, lines: tuple[LineName, ...]) -> str:
    words = {"names": ", ".join(dict.fromkeys(line.name or line.code for line in lines))}
    if area_m2 is None:
        return _("A line of %(names)s crosses the parcel; how much it cuts off cannot be measured.") % words
    words["area"] = number_format(tenths(round(area_m2, 2)))
    return gettext(_CONCERNED[kind]) % words
