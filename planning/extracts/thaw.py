"""A kept answer, plain JSON values, as an extract again: what was said, not what would be said today. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from planning.extracts.extract import Extract

# What an answer does not say that was kept before the portal learnt to say it.
_UNSAID: dict[Any, Any] = {str: "", int: 0, float: 0, tuple: (), dict: {}}


def thaw(values: Mapping[str, Any], *, created: datetime) -> Extract:
    """Return the extract that a kept answer was made of; names it lacks are empty, names no longer known are left."""
    extract: Extract = _build(Extract, {**values, "created": created.isoformat()})
    return extract


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, values: Mapping[str, Any]) -> Any:
    given = {}
    for field in fields(kind):
        hint = _hints(kind)[field.name]
        if field.name in values:
            given[field.name] = _read(hint, values[field.name])
        elif field.default is MISSING:
            given[field.name] = _unsaid(hint)
    return kind(**given)


def _read(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        return _read(next(one for one in get_args(hint) if one is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], one) for one in value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return _build(hint, value) if is_dataclass(hint) else value


def _unsaid(hint: Any) -> Any:
    return _build(hint, {}) if is_dataclass(hint) else _UNSAID.get(get_origin(hint) or hint)
