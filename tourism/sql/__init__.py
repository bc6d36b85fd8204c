"""Statements run by a function of the same name."""

from datetime import date, datetime
from typing import Any

from django.db import connection

from tiles import database


def complete_groups(*, edition: int) -> None:
    """Fill the group of every place of an edition."""
    with connection.cursor() as cursor:
        cursor.execute(database.statement("tourism", "complete_groups"), {"edition": edition})


def record_changes() -> None:
    """Keep the moment of every place that changed since this was asked last, and of every one that is gone."""
    with connection.cursor() as cursor:
        cursor.execute(database.statement("tourism", "record_changes"))


def schedules_version() -> tuple[int | None, int]:
    """Return what differs as soon as a schedule is written or forgotten."""
    [(latest, count)] = _asked("schedules_version")
    return latest, count


def prospects(
    *, moment: datetime, horizon: datetime, day: date, last: date
) -> list[tuple[str, str, str, bool, bool, str | None, datetime | None, datetime | None, datetime | None]]:
    """Return (text, place, kind, readable, covers, state, until, opens, appointment) of every schedule at a moment.

    No state: closed. `until` the state lasts, `opens` is the next opening before the horizon and `appointment` the next
    hours by appointment; `covers` tells whether the schedule is worked out from `day` to `last`.
    """
    return _asked("prospects", moment=moment, horizon=horizon, day=day, last=last)


def spans_between(
    *, begin: datetime, end: datetime, first: date, last: date
) -> list[tuple[str, str, str, bool, datetime | None, datetime | None, str | None]]:
    """Return (text, place, kind, readable, from, until, state) of all schedules that cover the days, by time.

    `place` is a code, with the kind of hours, where notices speak of one place only.
    """
    return _asked("spans_between", begin=begin, end=end, first=first, last=last)


def add_spans(*, schedules: list[int], begins: list[datetime], ends: list[datetime], states: list[str]) -> None:
    """Write spans of schedules, given as columns."""
    columns: dict[str, Any] = {"schedules": schedules, "begins": begins, "ends": ends, "states": states}
    with connection.cursor() as cursor:
        cursor.execute(database.statement("tourism", "add_spans"), columns)


def add_visits(*, days: list[date], pages: list[str], languages: list[str], counts: list[int]) -> None:
    """Add to the visits of days, given as columns."""
    columns: dict[str, Any] = {"days": days, "pages": pages, "languages": languages, "counts": counts}
    with connection.cursor() as cursor:
        cursor.execute(database.statement("tourism", "add_visits"), columns)


def known_categories(*, codes: list[str]) -> set[str]:
    """Return those of the codes that are groups or kinds."""
    return {row[0] for row in _asked("known_categories", codes=codes)}


def nearest(
    *,
    kinds: list[str],
    here: str,
    within_m: float | None,
    after_m: float | None,
    after: str,
    limit: int,
    hours: list[str],
    unless: bool,
    open: list[str],  # noqa: A002 - as in an OpenThen
    noticed: list[str],
) -> list[tuple[int, str, float | None, list[str]]]:
    """Return (id, code, metres, hours) of at most `limit` live places of groups or kinds, the nearest to `here` first.

    `after_m` and `after` are distance and code of the last one of the page before. After `limit` come those open.
    """
    where: dict[str, Any] = {"here": here, "within_m": within_m, "after_m": after_m, "after": after}
    then: dict[str, Any] = {"hours": hours, "unless": unless, "open": open, "noticed": noticed}
    return _asked("nearest", kinds=kinds, limit=limit, **where, **then)


def surroundings(*, code: str, within_m: float, limit: int) -> list[dict[str, Any]]:
    """Return the published place of a code, its twins, and at most `limit` live ones near it with `distance_m`.

    Each is the columns of a place beside `published`, `supplier` and `licence` of its edition, and whether it
    `has_events` and `has_photos`; of those without a distance also `last_verified`.
    """
    parameters = {"code": code, "within_m": within_m, "limit": limit}
    with database.asking(database.statement("tourism", "surroundings"), parameters) as cursor:
        names: list[str] = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def units_at(*, table: str, point: str) -> list[tuple[str, str, date | None, date | None]]:
    """Return (code, name, from, until) of the units of a layer's table that hold a point (EWKT), by their begin."""
    text = database.statement("tourism", "units_at").format(table=f'"{table}"')
    with database.asking(text, {"point": point}) as cursor:
        rows: list[tuple[str, str, date | None, date | None]] = cursor.fetchall()
    return rows


def features(
    *,
    ids: list[int],
    distances_m: list[float | None],
    more: list[str],
    parts: list[str | None],
    day: date,
    language: str,
    address: str,
    photos: str,
    without: list[str],
) -> list[str]:
    """Return places as GeoJSON texts in the order of `ids`, with what is known of each beside it.

    A text that is not there in the language is told in English, then in Vietnamese. `more` are JSON objects of further
    properties, `parts` those of their addresses; `address` is the list's address, to which a code is added, `photos`
    that of all photos; `without` names properties to leave out. Stars are told while their decision holds on the day.
    """
    columns = {"ids": ids, "distances_m": distances_m, "more": more, "parts": parts}
    told = {
        "day": day,
        "language": language,
        "english": language != "vi",
        "address": address,
        "photos": photos,
        "without": without,
    }
    return [row[0] for row in _asked("features", **columns, **told)]


def _asked(name: str, **parameters: object) -> list[Any]:
    with database.asking(database.statement("tourism", name), parameters) as cursor:
        rows: list[Any] = cursor.fetchall()
    return rows
