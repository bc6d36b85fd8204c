"""Two extracts side by side, in words of the active language. No database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.extracts.answers import Answer, Status
from planning.extracts.compared_zones import differences_in_words, number, zone_lines
from planning.extracts.extract import ConflictSide, Extract, Restriction
from planning.templatetags.planning_words import indicators

LINE_THEMES = ("road-line", "building-line", "corridor")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question, what each of the two parcels answers to it, line by line, and how these differ in words."""

    label: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    difference: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Tell whether both answer the same."""
        return self.first == self.second


@dataclass(frozen=True, kw_only=True)
class Section:
    """Lines that belong together."""

    title: str
    lines: tuple[Line, ...]


def compare(first: Extract, second: Extract) -> Iterator[Section]:
    """Yield the sections of the comparison: the parcels, their plans, price, projects nearby."""

    def line(label: str, say: Callable[[Extract], list[str]]) -> Line:
        return Line(label=label, first=tuple(say(first)), second=tuple(say(second)))

    yield Section(
        title=_("The parcel"),
        lines=(
            line(_("Ward on this date"), lambda extract: [extract.ward.name]),
            line(_("Ward of the map sheet"), lambda extract: [extract.ward.cadastral_name]),
            line(_("Address"), lambda extract: [extract.address or _("not stated")]),
            line(_("Registered area"), lambda extract: _area(extract.area_registered_m2)),
            line(_("Measured area"), lambda extract: _area(extract.area_measured_m2)),
            line(_("Land code"), _land),
        ),
    )
    for theme in dict.fromkeys(answer.theme for answer in (*first.answers, *second.answers)):
        plans = _plans(theme, first) | _plans(theme, second)
        for code, title in plans.items():
            yield Section(title=f"{_theme(theme)}: {title}", lines=tuple(_of_plan(theme, code, first, second)))
        if not plans:
            yield Section(title=_theme(theme), lines=(line(_("Uses on this parcel"), partial(_unconcerned, theme)),))
    yield Section(
        title=_("Do the plans agree?"),
        lines=(
            line(_("Construction and land-use plan"), _conflicts),
            line(_("Construction plans of two levels"), _level_conflicts),
        ),
    )
    yield Section(
        title=_("Lines of the plan"),
        lines=tuple(line(_line_theme(theme), partial(_restricted, theme)) for theme in LINE_THEMES),
    )
    yield Section(
        title=_("Land price"),
        lines=(
            line(_("Priced by"), _priced_by),
            line(_("Price, đ/m²"), _prices),
        ),
    )
    yield Section(title=_("Nearby"), lines=(line(_("Projects nearby"), _projects),))


def _answers(theme: str, extract: Extract) -> list[Answer]:
    return [answer for answer in extract.answers if answer.theme == theme]


def _plans(theme: str, extract: Extract) -> dict[str, str]:
    return {answer.plan.code: answer.plan.title for answer in _answers(theme, extract) if answer.plan}


def _of_plan(theme: str, code: str, first: Extract, second: Extract) -> Iterator[Line]:
    """Yield what one plan says of each parcel: its zones and how they differ, what may be built, its decision."""
    one, other = (_find(code, _answers(theme, extract)) for extract in (first, second))
    for label, say in (
        (_("Uses on this parcel"), zone_lines),
        (_("What may be built"), _built),
        (_("Decision"), _decision),
    ):
        yield Line(
            label=label,
            first=_told(say, theme, one, first),
            second=_told(say, theme, other, second),
            difference=tuple(differences_in_words(one, other)) if say is zone_lines and one and other else (),
        )


def _find(code: str, answers: list[Answer]) -> Answer | None:
    return next((answer for answer in answers if answer.plan and answer.plan.code == code), None)


def _told(
    say: Callable[[Answer], Iterable[str]], theme: str, answer: Answer | None, extract: Extract
) -> tuple[str, ...]:
    if answer:
        return tuple(say(answer)) or (_("not stated"),)
    # Where another plan of the theme concerns the parcel, this one does not.
    return tuple(_unconcerned(theme, extract)) or (_status("not-concerned"),)


def _built(answer: Answer) -> Iterable[str]:
    # A frozen dataclass: the filter only reads it.
    said = ((zone.use, indicators(zone)) for zone in answer.zones)  # type: ignore[arg-type]
    return dict.fromkeys(f"{use}: {built}" for use, built in said if built)


def _decision(answer: Answer) -> Iterable[str]:
    return [answer.decision] if answer.decision else []


def _unconcerned(theme: str, extract: Extract) -> list[str]:
    """Say for which want a theme has no answer: no data, or none that concerns the parcel."""
    return [_status(status) for status in _statuses(_answers(theme, extract)) if status != "concerned"]


def _conflicts(extract: Extract) -> list[str]:
    if extract.conflicts is None:
        return [_("not examined: no data")]
    return [_disagree(one.construction, one.land_use, one.area_m2) for one in extract.conflicts] or [
        _("no conflict found")
    ]


def _level_conflicts(extract: Extract) -> list[str]:
    return [_disagree(one.detailed, one.broader, one.area_m2) for one in extract.level_conflicts] or [
        _("no conflict found")
    ]


def _disagree(one: ConflictSide, other: ConflictSide, area_m2: float) -> str:
    sides = " / ".join(f"{_theme(side.theme)}: {side.use_name} ({side.use})" for side in (one, other))
    return f"{sides}, {number(area_m2)}\N{NO-BREAK SPACE}m²"


def _restricted(theme: str, extract: Extract) -> list[str]:
    found = [one for one in extract.restrictions if one.theme == theme]
    said = [one.text for one in found if one.status == "concerned"]
    return said or [_status(status) for status in _statuses(found)]


def _statuses(answers: Sequence[Answer | Restriction]) -> list[Status]:
    return list(dict.fromkeys(answer.status for answer in answers)) or ["not-concerned"]


def _status(status: Status) -> str:
    return _("no data") if status == "no-data" else _("does not concern this parcel")


def _priced_by(extract: Extract) -> list[str]:
    price = extract.price
    if price is None:
        return [_("no price table in force")]
    if price.street:
        return [f"{price.street} ({number(price.distance_m or 0)} m)"]
    return [price.text or _("not decided")]


def _prices(extract: Extract) -> list[str]:
    price = extract.price
    if price is None:
        return [_("no price table in force")]
    if price.price_vnd_per_m2 is not None:
        return [_("%(amount)s đ/m²") % {"amount": number_format(price.price_vnd_per_m2)}]
    stated = [
        _("position %(number)s: %(amount)s đ/m²") % {"number": number, "amount": number_format(amount)}
        for number, amount in enumerate(price.prices_vnd_per_m2, start=1)
        if amount is not None
    ]
    return stated or [": ".join((_("not decided"), *(one.question for one in price.missing[:1])))]


def _projects(extract: Extract) -> list[str]:
    near = [f"{near.title} ({number(near.distance_m)} m)" for near in extract.projects_near]
    return near or [one.text for one in extract.restrictions if one.theme == "projects"]


def _land(extract: Extract) -> list[str]:
    return [f"{extract.land_use} – {extract.land_use_name}" if extract.land_use else _("not stated")]


def _area(area_m2: float | None) -> list[str]:
    return [_("not stated") if area_m2 is None else f"{number(area_m2)} m²"]


def _line_theme(theme: str) -> str:
    return {
        "road-line": _("Red line of the road"),
        "building-line": _("Building line (setback)"),
        "corridor": _("Protection corridor"),
    }[theme]


def _theme(theme: str) -> str:
    return {
        "construction-general": _("General construction plan"),
        "construction-subdivision": _("Subdivision plan"),
        "construction-detailed": _("Detailed plan"),
        "land-use": _("Land-use plan"),
    }.get(theme, _("Construction plan"))
