"""OpenStreetMap's elements as extracts hold them: Overpass JSON, GeoJSON made of it, PBF and XML.

The place of an element is the middle of its box, as Overpass's `center`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from tiles.geometry import Coordinates, Shapes
from tiles.ingest.formats import Format
from tiles.ingest.readers import refusing
from tiles.ingest.refusal import Refused

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
_Raw = Mapping[str, Any]


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
        yield from _of_features(content["features"])
    elif isinstance(content.get("elements"), list):
        yield from _of_overpass(content["elements"])
    else:
        raise Refused("corrupt")


def _of_gdal(path: Path) -> Iterator[Element]:
    pyogrio.set_gdal_config_options({"OSM_CONFIG_FILE": str(Path(__file__).with_name("osmconf.ini"))})
    doors: Coordinates = np.empty((0, 2))
    for layer, kind in _OF_LAYER.items():
        with refusing():
            meta, _, wkb, columns = pyogrio.raw.read(path, layer=layer)
        by_name = dict(zip(meta["fields"], columns, strict=True))
        ways = by_name.get("osm_way_id", [None] * len(wkb))
        shapes = shapely.from_wkb(wkb, on_invalid="ignore")
        tags = [json.loads(text) if text else {} for text in by_name["other_tags"]]
        references = [
            f"way/{way}" if way else f"{kind}/{number}" for number, way in zip(by_name["osm_id"], ways, strict=True)
        ]
        if kind == "node":
            doors = _doors(tags, shapes)
        yield from _of_shapes(references, tags, shapes, doors)


def _of_features(features: Iterable[Any]) -> Iterator[Element]:
    read = list(filter(None, map(_read_feature, features)))
    references, tags = [one[0] for one in read], [one[1] for one in read]
    shapes = np.array([one[2] for one in read], dtype=object)
    yield from _of_shapes(references, tags, shapes, _doors(tags, shapes))


def _of_shapes(
    references: Sequence[str], tags: Sequence[Mapping[str, str]], shapes: Shapes, doors: Coordinates
) -> Iterator[Element]:
    entrances = _entrances(shapes, doors)
    for index, (reference, own, box) in enumerate(zip(references, tags, shapely.bounds(shapes), strict=True)):
        if own:
            yield Element(reference, own, *_middle(box), entrances.get(index))


def _doors(tags: Sequence[Mapping[str, str]], shapes: Shapes) -> Coordinates:
    """Return where the nodes of main entrances lie."""
    main = np.array([own.get("entrance") == "main" for own in tags], dtype=bool)
    return shapely.get_coordinates(shapes[main & (shapely.get_type_id(shapes) == 0)])


def _entrances(shapes: Shapes, doors: Coordinates) -> dict[int, tuple[float, float]]:
    """Return the first door in the outline of each area or line that has one: shapes name no nodes, but share them."""
    if not len(doors):
        return {}
    points, owners = shapely.get_coordinates(shapes, return_index=True)
    shared = np.isin(_spots(points), _spots(doors)) & (shapely.get_type_id(shapes)[owners] > 0)
    # The first one wins.
    return {int(owners[at]): (float(points[at, 0]), float(points[at, 1])) for at in np.flatnonzero(shared)[::-1]}


def _spots(degrees: Coordinates) -> NDArray[np.int64]:
    """Number places by the seventh decimal, to which OpenStreetMap keeps them."""
    with np.errstate(invalid="ignore"):
        lon, lat = np.round((degrees + np.array((180.0, 90.0))) * 1e7).astype(np.int64).T
    return np.asarray(lon * 1_800_000_001 + lat)


def _read_feature(feature: Any) -> tuple[str, dict[str, str], Any] | None:
    """Read reference, tags, beside each other or in `tags`, and shape of a feature of GeoJSON."""
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
    return reference, tags, shapely.from_geojson(json.dumps(feature.get("geometry") or {}), on_invalid="ignore")


def _of_overpass(elements: Sequence[Any]) -> Iterator[Element]:
    known = {(one["type"], one["id"]): one for one in elements if _is_element(one)}
    for (kind, number), one in known.items():
        if tags := _texts(one.get("tags")):
            yield Element(f"{kind}/{number}", tags, *_middle(_box(one, known)), _entrance(one, known))


def _entrance(one: _Raw, known: Mapping[Any, _Raw]) -> tuple[float, float] | None:
    doors = (node for node in _nodes(one, known) if _texts(node.get("tags")).get("entrance") == "main")
    found = ((_degrees(door, "lon"), _degrees(door, "lat")) for door in doors)
    return next((door for door in found if np.isfinite(door).all()), None)


def _nodes(one: _Raw, known: Mapping[Any, _Raw], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    for part in _parts(one) if depth < 2 else ():  # a relation's ways' nodes
        if part in known:
            yield from [known[part]] if part[0] == "node" else _nodes(known[part], known, depth + 1)


def _is_element(one: Any) -> bool:
    return isinstance(one, dict) and one.get("type") in ("node", "way", "relation") and isinstance(one.get("id"), int)


def _texts(tags: Any) -> dict[str, str]:
    if not isinstance(tags, dict):
        return {}
    return {
        str(key): str(value) for key, value in tags.items() if isinstance(value, str | int | float) and key[:1] != "@"
    }


def _box(one: _Raw, known: Mapping[Any, _Raw], depth: int = 0) -> Sequence[float]:
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


def _parts(one: _Raw) -> Iterator[tuple[str, int]]:
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
