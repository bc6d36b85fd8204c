"""OpenStreetMap's elements as rows of a table: a row is an element whose tags the table's `features` name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from portal.text import plain
from tiles import geometry
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System
from tiles.ingest.batch import Findings
from tiles.ingest.elements import Element
from tiles.ingest.readers import MAX_ROWS, Found, Piece
from tiles.ingest.refusal import Refused

TABLE: Final = "OpenStreetMap"
# Headings made of several tags.
REFERENCE: Final = "@id"
KIND: Final = "@kind"
ADDRESS: Final = "@address"
# Where the node of the main entrance of an area or a line lies, in extracts that hold it.
ENTRANCE_LON: Final = "@entrance-lon"
ENTRANCE_LAT: Final = "@entrance-lat"
_SHOWN: Final = 12
# Keys that tell what an element is, so that the count of what was left out names them.
_TELLING: Final = ("amenity", "tourism", "shop", "leisure", "historic", "office", "healthcare", "craft", "natural")


def find_table(table: Mapping[str, Any], elements: Iterable[Element], findings: Findings) -> Found:
    """Return the elements that `table` is about as one table under its headings.

    What has no known kind or no name, and what lies outside the city, is left out and counted. Raises Refused when
    nothing is left.
    """
    left_out: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    rows: list[tuple[Element, list[str]]] = []
    for element in elements:
        kind = find_kind(element.tags, table["features"])
        cells = [_cell(element, kind, column["names"]) for column in table["columns"]]
        if not kind and "entrance" in element.tags:
            continue  # a door, read with its building
        if not kind:
            unknown[_told(element.tags)] += 1
        elif not all(cell for cell, column in zip(cells, table["columns"], strict=True) if column["required"]):
            left_out["osm-nameless"] += 1
        elif not np.isfinite((element.lon, element.lat)).all():
            left_out["osm-placeless"] += 1
        else:
            rows.append((element, cells))
    within = _inside_city(rows)
    inside = list(compress(rows, within))
    outside = [element for (element, _), is_inside in zip(rows, within, strict=True) if not is_inside]
    _tell(left_out, unknown, outside, findings)
    if not inside:
        raise Refused("osm-nothing", count=unknown.total() + left_out.total() + len(outside))
    if len(inside) > MAX_ROWS:
        raise Refused("too-many-rows", maximum=MAX_ROWS)
    return _found([column["names"][0] for column in table["columns"]], inside)


def _tell(left_out: Counter[str], unknown: Counter[str], outside: Sequence[Element], findings: Findings) -> None:
    if unknown:
        listed = ", ".join(f"{tag} ({count})" for tag, count in unknown.most_common(_SHOWN))
        findings.add("osm-unknown-kind", table=TABLE, values={"count": unknown.total(), "tags": listed})
    for code, count in left_out.items():
        findings.add(code, table=TABLE, values={"count": count})
    if outside:
        named = [f"{element.tags.get('name', '')} ({element.reference})".strip() for element in outside[:_SHOWN]]
        listed = ", ".join(named + ["…"] * (len(outside) > _SHOWN))
        findings.add("osm-outside", table=TABLE, values={"count": len(outside), "elements": listed})


def _found(headings: list[str], rows: Sequence[tuple[Element, list[str]]]) -> Found:
    columns = {
        heading: np.array([cells[index] or None for _, cells in rows], dtype=object)
        for index, heading in enumerate(headings)
    }
    points = shapely.points([(element.lon, element.lat) for element, _ in rows])
    piece = Piece(1, len(rows), columns, shapely.to_wkb(points))
    return Found(Path(), TABLE, "osm", headings, crs="EPSG:4326", geometry=True, rows=len(rows), piece=piece)


def find_kind(tags: Mapping[str, str], features: Mapping[str, str]) -> str:
    """Return what the first of `features` that the tags fulfil stands for, or "".

    A feature may ask for several tags, "natural=water & water=lake"; a tag may hold several values, parted by ;.
    """
    own = {f"{key}={part.strip()}" for key, value in tags.items() for part in value.split(";")}
    return next((kind for feature, kind in features.items() if own.issuperset(feature.split(" & "))), "")


def _cell(element: Element, kind: str, names: Sequence[str]) -> str:
    """Return the first of the tags `names` that has a value."""
    made = {REFERENCE: element.reference, KIND: kind}
    if element.entrance:
        made |= dict(zip((ENTRANCE_LON, ENTRANCE_LAT), map(str, element.entrance), strict=True))
    for name in names:
        text = _address(element.tags) if name == ADDRESS else made.get(name) or element.tags.get(name, "")
        if text := plain(text):
            return text
    return ""


def _address(tags: Mapping[str, str]) -> str:
    """Return the address as it is written here: number and street, then quarter or ward, then city."""
    street = " ".join(filter(None, (tags.get("addr:housenumber"), tags.get("addr:street") or tags.get("addr:place"))))
    ward = tags.get("addr:subdistrict") or tags.get("addr:suburb") or tags.get("addr:quarter")
    return tags.get("addr:full") or ", ".join(filter(None, (street, ward, tags.get("addr:city"))))


def _told(tags: Mapping[str, str]) -> str:
    key = next((key for key in _TELLING if key in tags), next(iter(tags)))
    return f"{key}={tags[key]}"[:60]


def _inside_city(rows: Sequence[tuple[Element, Any]]) -> list[bool]:
    degrees = np.array([(element.lon, element.lat) for element, _ in rows]).reshape(-1, 2)
    metres = geometry.reproject_coordinates(degrees, System(LON_LAT_SRID), SURVEY_SRID)
    return [bool(within) for within in geometry.inside_city(metres)]
