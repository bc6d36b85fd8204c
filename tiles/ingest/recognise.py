"""Which table and column of a file is which of the declaration, however a supplier spells it."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.text import fold
from tiles.ingest.personal import names_person


def plain(text: str) -> str:
    """Return a heading or table name for comparison: folded, letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


@dataclass
class Columns:
    """How a table's headings were understood; `fields` maps a field to the heading that fills it."""

    fields: dict[str, str] = field(default_factory=dict)
    lon_lat: tuple[str, str] | None = None
    missing: list[dict[str, Any]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)


def find_table(table: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return which of the file's table `names` is `table`, by folded name."""
    wanted = [plain(name) for name in table["names"]]
    return next((name for name in names if plain(name) in wanted), None)


def find_heading(names: Sequence[str], headings: Sequence[str]) -> str | None:
    """Return the heading that carries one of `names`, the first name first; also as a DBF cuts it."""
    by_plain = {plain(heading): heading for heading in reversed(headings)}
    for name in names:
        if heading := by_plain.get(plain(name)):
            return heading
    # A DBF keeps ten letters of a name; UTF-8 letters with marks count two or three.
    short = [heading for heading in headings if 8 <= len(heading.encode()) <= 10]
    for name in names:
        for heading in short:
            if len(name.encode()) > 10 and name.lower().startswith(heading.lower()):
                return heading
    return None


def map_columns(
    table: Mapping[str, Any], headings: Sequence[str], chosen: Mapping[str, str], *, has_geometry: bool
) -> Columns:
    """Match `headings` with the columns of `table`; `chosen` is the planner's heading → field."""
    found = Columns()
    given = {plain(heading): name for heading, name in chosen.items()}
    fields = {column["field"] for column in table["columns"]}
    for heading in headings:
        if (field_name := given.get(plain(heading))) in fields:
            found.fields[str(field_name)] = heading
    free = [heading for heading in headings if plain(heading) not in given]
    for column in table["columns"]:
        if column["field"] in found.fields:
            continue
        if match := find_heading(column["names"], free):
            found.fields[column["field"]] = match
        elif column["required"]:
            found.missing.append({"column": column["names"][0], "field": column["field"]})
    if table["lon_lat"] and not has_geometry:
        _map_coordinates(table, free, found)
    declared = {plain(name) for column in table["columns"] for name in column["names"]}
    used = {*found.fields.values(), *(found.lon_lat or ())}
    for heading in headings:
        if heading in (found.lon_lat or ()):
            continue
        # A column that the source declares is about a thing: the telephone of a place, the address of a parcel.
        if plain(heading) not in declared and names_person(heading):
            found.personal.append(heading)
        elif heading not in used:
            found.ignored.append(heading)
    found.fields = {name: heading for name, heading in found.fields.items() if heading not in found.personal}
    for gap in found.missing:
        gap["likely"] = _likely(gap["column"], found.ignored)
    return found


def _map_coordinates(table: Mapping[str, Any], headings: Sequence[str], found: Columns) -> None:
    pair = [find_heading(names, headings) for names in table["lon_lat"]]
    if pair[0] and pair[1]:
        found.lon_lat = (pair[0], pair[1])
        return
    for heading, names in zip(pair, table["lon_lat"], strict=True):
        if heading is None:
            found.missing.append({"column": names[0], "field": "geom"})


def _likely(name: str, headings: Sequence[str]) -> str:
    """Return the heading nearest to `name`, or a word that stands for one."""
    by_plain = {plain(heading): heading for heading in headings}
    near = difflib.get_close_matches(plain(name), by_plain, n=1, cutoff=0.4)
    return by_plain[near[0]] if near else "HEADING"
