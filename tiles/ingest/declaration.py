"""A Source as plain JSON: what the guarded child, which knows no model, needs to read a file for it."""

import re
from dataclasses import asdict
from typing import Any, Final

import shapely
from django.apps import apps
from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models

from portal.text import fold
from tiles.ingest.source import Column, Located, Source, Table

# Columns of every edition row that the import fills itself; `edition` comes when the rows are loaded.
OWN: Final = ("id", "edition", "row", "code", "geom", "shape")


def plain(text: str) -> str:
    """Return a heading or table name for comparison: folded, letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def declare(source: Source) -> list[dict[str, Any]]:
    """Return the tables of `source` with what their models demand of each column.

    Raises ImproperlyConfigured when a model needs a value that neither the source nor a default gives.
    """
    return [_declare_table(table) for table in source.tables]


def _declare_table(table: Table) -> dict[str, Any]:
    model = apps.get_model(table.model)
    columns = [_declare_column(model, column) for column in table.columns]
    located = _declare_located(table.located) if table.located else None
    filled = [column.field for column in table.columns] + ([table.located.field] if table.located else [])
    constants = {**_constants(model, {*filled, *table.constants}), **table.constants}
    return {
        "model": table.model,
        "names": list(table.names),
        "required": table.required,
        "geometry": table.geometry,
        "key": list(table.key),
        "code": table.code,
        "lon_lat": [list(names) for names in table.lon_lat] if table.lon_lat else None,
        "columns": columns,
        "located": located,
        "measured": asdict(table.measured) if table.measured else None,
        "apart": table.apart,
        "repeats": table.repeats,
        "features": dict(table.features()) if table.features else None,
        "constants": constants,
        # The database columns of a line of COPY text, in their order.
        "copy": ["row", "code", "geom", *filled, *constants],
    }


def _declare_located(located: Located) -> dict[str, Any]:
    regions = [(code, shapely.to_wkb(outline, hex=True)) for code, outline in located.regions()]
    return {"into": located.field, "outside": located.outside, "regions": regions}


def _declare_column(model: type[models.Model], column: Column) -> dict[str, Any]:
    field = model._meta.get_field(column.field)
    assert isinstance(field, models.Field)
    default = _default(field)
    minimum, maximum = _range(field, column)
    return {
        "field": column.field,
        "into": field.column,
        "names": list(column.names),
        "type": column.type,
        "target": _target(field),
        # A model that can hold neither null nor a default needs the value, whatever the source says.
        "required": column.required or (default is None and not field.null),
        "empty": None
        if field.null and not isinstance(field, models.CharField | models.TextField)
        else _copied(field, default),
        "minimum": minimum,
        "maximum": maximum,
        "scale": column.scale,
        "values": {fold(word): stored for word, stored in column.values().items()} if column.values else None,
        "max_length": min(filter(None, (column.max_length, _length(field))), default=None),
        "unknown_level": column.unknown_level,
        "lenient": column.lenient,
    }


def _length(field: models.Field[Any, Any]) -> int | None:
    """Return how long a text of the field may be, in a list each of its words."""
    return field.base_field.max_length if isinstance(field, ArrayField) else field.max_length


def _target(field: models.Field[Any, Any]) -> str:
    """Name what the model stores: it decides how a value is written for COPY."""
    if isinstance(field, ArrayField):
        return "list"
    if isinstance(field, models.IntegerField):
        return "integer"
    if isinstance(field, models.FloatField | models.DecimalField):
        return "number"
    if isinstance(field, models.DateField):
        return "date"
    return "text"


def _range(field: models.Field[Any, Any], column: Column) -> tuple[float | None, float | None]:
    """Return the narrower of the declared range and what the database column can hold, after scaling."""
    low: float | None = column.minimum
    high: float | None = column.maximum
    if isinstance(field, models.IntegerField):
        least, most = connection.ops.integer_field_range(field.get_internal_type())
        if least is not None:
            low = least / column.scale if low is None else max(low, least / column.scale)
        if most is not None:
            high = most / column.scale if high is None else min(high, most / column.scale)
    if isinstance(field, models.DecimalField):
        bound = 10 ** (field.max_digits - field.decimal_places) / column.scale
        low, high = max(-bound, low if low is not None else -bound), min(bound, high if high is not None else bound)
    return low, high


def _default(field: models.Field[Any, Any]) -> Any:
    """Return a field's default as a value, also where the database holds it."""
    default = field.db_default if field.has_db_default() else field.get_default()
    return default.value if isinstance(default, models.Value) else default


def _constants(model: type[models.Model], mapped: set[str]) -> dict[str, str]:
    """Return COPY texts for columns no file column fills: the database itself has no defaults."""
    found: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        generated = getattr(field, "generated", False)
        if field.name in OWN or field.name in mapped or generated or isinstance(field, GeometryField):
            continue
        if field.has_db_default() or (default := _default(field)) is None:
            if field.null or field.has_db_default():
                continue
            raise ImproperlyConfigured(
                f"{model.__name__}.{field.name} has no default and no column of the source fills it."
            )
        found[str(field.column)] = _copied(field, default) or ""
    return found


def _copied(field: models.Field[Any, Any], value: Any) -> str | None:
    """Write a default as COPY reads it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(field, ArrayField):
        return "{}"
    if isinstance(field, models.JSONField):
        return "{}" if isinstance(value, dict) else "[]"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
