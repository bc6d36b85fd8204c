"""OpenStreetMap's elements as rows of a table: Overpass JSON, GeoJSON made of it, PBF and XML.

A row is an element whose tags a table's `features` name; its place is the middle of its box, as Overpass's `center`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
import shapely

from portal.text import plain
from tiles import geometry
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System
from tiles.ingest.batch import Findings
from tiles.ingest.formats import Format
from tiles.ingest.readers import MAX_ROWS, Found, Piece, refusing
from tiles.ingest.refusal import Refused

TABLE: Final = "OpenStreetMap"
# Headings made of several tags.
REFERENCE: Final = "@id"
KIND: Final = "@kind"
ADDRESS: Final = "@address"
# Where a way's node of the main entrance lies, in Overpass's answers that hold nodes with their tags.
ENTRANCE_LON: Final = "@entrance-lon"
ENTRANCE_LAT: Final = "@entrance-lat"
_SHOWN: Final = 12
_HEAD_BYTES: Final = 65_536
_OVERPASS: Final = re.compile(rb'"(?:elements|osm3s)"\s*:|"generator"\s*:\s*"Overpass')
_GEOJSON: Final = re.compile(rb'"@?id"\s*:\s*"(?:node|way|relation)/\d+"')
_REFERENCE: Final = re.compile(r"(node|way|relation)/\d{1,19}")
_OF_LAYER: Final = {
    "points": "node",
    "lines": "way",
    "multilinestrings": "relation",
    "multipolygons": "relation",
    "other_relations": "relation",
}
# Keys that tell what an element is, so that the count of what was left out names them.
_TELLING: Final = ("amenity", "tourism", "shop", "leisure", "historic", "office", "healthcare", "craft", "natural")


@dataclass(frozen=True)
class Element:
    """One element: "node/123", its tags, and its place in WGS 84 degrees; NaN where the file gives none."""

    reference: str
    tags: Mapping[str, str]
    lon: float
    lat: float
    entrance: tuple[float, float] | None = None


def holds_elements(path: Path, form: Format) -> bool:
    """Tell whether a file of this format is an extract of OpenStreetMap."""
    if form.name == "osm":
        return True
    if form.name != "geojson":
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return bool(_OVERPASS.search(head) or _GEOJSON.search(head))


def read_elements(path: Path, form: Format) -> Iterator[Element]:
    """Yield the elements that have tags; raises Refused when the file is damaged."""
    if form.name == "osm":
        yield from _of_gdal(path)
        return
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused("corrupt") from error
    if not isinstance(content, dict):
        raise Refused("corrupt")
    if isinstance(content.get("features"), list):
        yield from filter(None, map(_of_feature, content["features"]))
    elif isinstance(content.get("elements"), list):
        yield from _of_overpass(content["elements"])
    else:
        raise Refused("corrupt")


def _of_gdal(path: Path) -> Iterator[Element]:
    pyogrio.set_gdal_config_options({"OSM_CONFIG_FILE": str(Path(__file__).with_name("osmconf.ini"))})
    for layer, kind in _OF_LAYER.items():
        with refusing():
            meta, _, wkb, columns = pyogrio.raw.read(path, layer=layer)
        by_name = dict(zip(meta["fields"], columns, strict=True))
        ways = by_name.get("osm_way_id", [None] * len(wkb))
        boxes = shapely.bounds(shapely.from_wkb(wkb, on_invalid="ignore"))
        for number, way, text, box in zip(by_name["osm_id"], ways, by_name["other_tags"], boxes, strict=True):
            if text:
                yield Element(f"way/{way}" if way else f"{kind}/{number}", json.loads(text), *_middle(box))


def _of_feature(feature: Any) -> Element | None:
    """Read a feature of GeoJSON, its tags beside each other or in `tags`."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return None
    given = (
        properties.get("@id"),
        properties.get("id"),
        feature.get("id"),
        f"{properties.get('type')}/{feature.get('id')}",
    )
    reference = next((text for text in map(str, given) if _REFERENCE.fullmatch(text)), "")
    nested = properties.get("tags")
    tags = _texts(nested if isinstance(nested, dict) else properties)
    if not reference or not tags:
        return None
    shape = shapely.from_geojson(json.dumps(feature.get("geometry") or {}), on_invalid="ignore")
    return Element(reference, tags, *_middle(shapely.bounds(shape)))


def _of_overpass(elements: Sequence[Any]) -> Iterator[Element]:
    known = {(one["type"], one["id"]): one for one in elements if _is_element(one)}
    for (kind, number), one in known.items():
        if tags := _texts(one.get("tags")):
            yield Element(f"{kind}/{number}", tags, *_middle(_box(one, known)), _entrance(one, known))


def _entrance(one: Mapping[str, Any], known: Mapping[Any, Mapping[str, Any]]) -> tuple[float, float] | None:
    nodes = (known[part] for part in _parts(one) if part in known and one["type"] == "way")
    doors = (node for node in nodes if _texts(node.get("tags")).get("entrance") == "main")
    found = [(_degrees(door, "lon"), _degrees(door, "lat")) for door in doors]
    return next((door for door in found if np.isfinite(door).all()), None)


def _is_element(one: Any) -> bool:
    return isinstance(one, dict) and one.get("type") in ("node", "way", "relation") and isinstance(one.get("id"), int)


def _texts(tags: Any) -> dict[str, str]:
    if not isinstance(tags, dict):
        return {}
    return {
        str(key): str(value) for key, value in tags.items() if isinstance(value, str | int | float) and key[:1] != "@"
    }


def _box(one: Mapping[str, Any], known: Mapping[Any, Mapping[str, Any]], depth: int = 0) -> Sequence[float]:
    """Return west, south, east, north of an element, however Overpass was asked to tell its place."""
    nothing = (np.nan,) * 4
    if "lat" in one:
        return _around([one])
    if isinstance(center := one.get("center"), dict):
        return _around([center])
    if isinstance(bounds := one.get("bounds"), dict):
        return tuple(_degrees(bounds, name) for name in ("minlon", "minlat", "maxlon", "maxlat"))
    if isinstance(points := one.get("geometry"), list):
        return _around([point for point in points if isinstance(point, dict)])
    if depth > 1:  # a relation of relations of ways says enough
        return nothing
    boxes = [_box(known[part], known, depth + 1) for part in _parts(one) if part in known]
    sound = np.array([box for box in boxes if np.isfinite(box).all()])
    return (*sound[:, :2].min(axis=0), *sound[:, 2:].max(axis=0)) if len(sound) else nothing


def _parts(one: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the elements that a way or a relation is made of."""
    nodes, members = (found if isinstance(found, list) else [] for found in (one.get("nodes"), one.get("members")))
    yield from (("node", number) for number in nodes if isinstance(number, int))
    for member in members:
        if isinstance(member, dict) and isinstance(member.get("ref"), int):
            yield str(member.get("type")), member["ref"]


def _around(points: Sequence[Mapping[str, Any]]) -> Sequence[float]:
    lon = [_degrees(point, "lon") for point in points] or [np.nan]
    lat = [_degrees(point, "lat") for point in points] or [np.nan]
    return min(lon), min(lat), max(lon), max(lat)


def _degrees(point: Mapping[str, Any], name: str) -> float:
    value = point.get(name)
    return float(value) if isinstance(value, int | float) else np.nan


def _middle(box: Sequence[float]) -> tuple[float, float]:
    west, south, east, north = box
    return float((west + east) / 2), float((south + north) / 2)


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
        if not kind:
            unknown[_told(element.tags)] += 1
        elif not all(cell for cell, column in zip(cells, table["columns"], strict=True) if column["required"]):
            left_out["osm-nameless"] += 1
        elif not np.isfinite((element.lon, element.lat)).all():
            left_out["osm-placeless"] += 1
        else:
            rows.append((element, cells))
    inside = [row for row, within in zip(rows, _inside_city(rows), strict=True) if within]
    left_out["osm-outside"] = len(rows) - len(inside)
    _tell(left_out, unknown, findings)
    if not inside:
        raise Refused("osm-nothing", count=unknown.total() + left_out.total())
    if len(inside) > MAX_ROWS:
        raise Refused("too-many-rows", maximum=MAX_ROWS)
    return _found([column["names"][0] for column in table["columns"]], inside)


def _tell(left_out: Counter[str], unknown: Counter[str], findings: Findings) -> None:
    if unknown:
        listed = ", ".join(f"{tag} ({count})" for tag, count in unknown.most_common(_SHOWN))
        findings.add("osm-unknown-kind", table=TABLE, values={"count": unknown.total(), "tags": listed})
    for code, count in left_out.items():
        if count:
            findings.add(code, table=TABLE, values={"count": count})


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
