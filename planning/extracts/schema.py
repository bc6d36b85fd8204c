"""The JSON Schema (draft 2020-12) of an extract, made from the extract's own types."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from planning.extracts.extract import Extract

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
# What a field's name promises about its number.
_BOUNDS: dict[str, Schema] = {
    "_m2": {"minimum": 0},
    "_m": {"minimum": 0},
    "_percent": {"minimum": 0},
    "share": {"minimum": 0, "maximum": 1.001},
    "colour": {"pattern": "^#[0-9a-fA-F]{6}$"},
}
_POSITION: Schema = {
    "type": "array",
    "prefixItems": [{"type": "number"}, {"type": "number"}],
    "minItems": 2,
    "maxItems": 3,
}
_RINGS: Schema = {"type": "array", "minItems": 1, "items": {"type": "array", "minItems": 4, "items": _POSITION}}
GEOMETRY: Schema = {
    "description": "GeoJSON in WGS 84, longitude before latitude.",
    "oneOf": [
        {
            "type": "object",
            "properties": {"type": {"const": "Polygon"}, "coordinates": _RINGS},
            "required": ["type", "coordinates"],
        },
        {
            "type": "object",
            "properties": {
                "type": {"const": "MultiPolygon"},
                "coordinates": {"type": "array", "minItems": 1, "items": _RINGS},
            },
            "required": ["type", "coordinates"],
        },
    ],
}


@cache
def extract_schema() -> Schema:
    """Return the schema of the extract as JSON."""
    definitions: dict[str, Schema] = {"Geometry": GEOMETRY}
    _object(Extract, definitions)
    return {
        "$schema": DRAFT,
        "$id": "extract.json",
        "title": "Extract",
        "$ref": "#/$defs/Extract",
        "$defs": definitions,
    }


@cache
def feature_schema() -> Schema:
    """Return the schema of the extract as a GeoJSON Feature."""
    whole = extract_schema()
    definitions = dict(whole["$defs"])
    extract = definitions["Extract"]
    definitions["Extract"] = {
        **extract,
        "properties": {name: value for name, value in extract["properties"].items() if name != "geometry"},
        "required": [name for name in extract["required"] if name != "geometry"],
    }
    return {
        "$schema": DRAFT,
        "$id": "extract-geojson.json",
        "title": "Extract as a GeoJSON Feature",
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": {"$ref": "#/$defs/Geometry"},
            "properties": {"$ref": "#/$defs/Extract"},
        },
        "required": ["type", "id", "geometry", "properties"],
        "$defs": definitions,
    }


def _object(cls: type, definitions: dict[str, Schema]) -> Schema:
    """Define a dataclass once; every field is always there."""
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}  # it may hold itself
        hints = get_type_hints(cls)
        names = [field.name for field in fields(cls)]
        definitions[cls.__name__] = {
            "description": cls.__doc__,
            "type": "object",
            "properties": {name: _field(name, hints[name], definitions) for name in names},
            "required": names,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _field(name: str, hint: Any, definitions: dict[str, Schema]) -> Schema:
    if name == "geometry":
        return {"$ref": "#/$defs/Geometry"}
    schema = _value(hint, definitions)
    # A difference may be below zero.
    signed = name.startswith("difference")
    bound = None if signed else next((bound for ending, bound in _BOUNDS.items() if name.endswith(ending)), None)
    # Applies to numbers or texts only; null and lists pass.
    return {**schema, **bound} if bound else schema


def _value(hint: Any, definitions: dict[str, Schema]) -> Schema:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        return {"anyOf": [_value(one, definitions) for one in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (tuple, list):
        return {"type": "array", "items": _value(inner[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _value(inner[1], definitions)}
    if is_dataclass(hint) and isinstance(hint, type):
        return _object(hint, definitions)
    return dict(_PLAIN[hint])


_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"},
    # Most validators take a format for a remark only.
    datetime: {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"},
    Any: {},
}
