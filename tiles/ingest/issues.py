"""Issues: one thing wrong with a row or a delivery, as a record that says what, where and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.contrib.gis.geos import Point
from django.utils.formats import number_format

from tiles.geometry import SURVEY_SRID
from tiles.ingest.kinds import DONE, KINDS, REFUSALS, TERMS, Kind
from tiles.models import Edition, Issue

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["Kind", "UnknownKindError", "all_kinds", "get_kind", "message", "new", "register", "sentence"]


class UnknownKindError(LookupError):
    """No app registers an issue kind of this code."""


# Values of messages that are words to translate.
_TERM_NAMES = ("what", "reason", "kind", "expected")
_kinds: dict[str, Kind] = {kind.code: kind for kind in (*KINDS, *REFUSALS)}


def register(*kinds: Kind, terms: Mapping[str, StrOrPromise] = MappingProxyType({})) -> None:
    """Add kinds of issues, a code belongs to one kind only; and words that stand in their values."""
    TERMS.update(terms)
    for kind in kinds:
        if _kinds.setdefault(kind.code, kind) != kind:
            raise ValueError(f"issue kind {kind.code!r} is declared twice")


def get_kind(code: str) -> Kind:
    """Return the kind; raises UnknownKindError."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKindError(code) from None


def all_kinds() -> list[Kind]:
    """Every registered kind, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


def new(
    edition: Edition,
    code: str,
    *,
    row: int | None = None,
    table: str = "",
    column: str = "",
    values: Mapping[str, Any] | None = None,
    original: Mapping[str, Any] | None = None,
    place: Point | tuple[float, float] | None = None,
    repair: str = "",
) -> Issue:
    """Return an unsaved issue; level and actor come from its kind, `place` is in EPSG:5899."""
    kind = get_kind(code)
    point = Point(*place, srid=SURVEY_SRID) if isinstance(place, tuple) else place
    return Issue(
        edition=edition,
        code=code,
        level=kind.level,
        actor=kind.actor,
        table=table[:100],
        row=row,
        column=column[:100],
        values=dict(values or {}),
        original=dict(original or {}),
        place=point,
        repair=repair,
    )


class _Values(dict[str, Any]):
    """Values of a message; one that an old issue lacks shows as an ellipsis instead of failing the page."""

    def __missing__(self, name: str) -> str:
        return "…"


def message(issue: Issue) -> str:
    """Return the issue as a sentence in the active language."""
    text = sentence(issue.code, {"table": issue.table, "row": issue.row, "column": issue.column, **issue.values})
    return f"{text} {DONE[issue.repair]}" if issue.repair in DONE else text


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """Return what an issue of kind `code` says of `values`; fractions are written as the active language does."""
    try:
        kind = get_kind(code)
    except UnknownKindError:
        return code
    return str(kind.text) % _Values({name: _shown(name, value) for name, value in values.items()})


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, float):
        return number_format(value)
    return TERMS.get(value, value) if name in _TERM_NAMES else value
