"""Source: how one supplier's file looks. A declaration; the pipeline interprets it.

A delivery may hold several tables (a plan's limit and its zones); each becomes rows of one model.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import shapely

    from tiles.models import Edition, Issue

ColumnType = Literal["text", "integer", "number", "date"]
Geometry = Literal["polygon", "line", "point", "none"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: the model's field, the headings it may carry, and what its values must be.

    Headings are compared folded (no diacritics, case, blanks, underscores) and also cut to ten characters, as a
    DBF cuts them. `values` maps folded words of the file to stored values, in a list word by word; a word it lacks
    is an `unknown-code`.
    """

    field: str
    names: tuple[str, ...]
    type: ColumnType = "text"
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    scale: float = 1
    values: Callable[[], Mapping[str, str]] | None = None
    max_length: int | None = None
    unknown_level: Literal["error", "warning"] = "error"
    # A value that does not fit is left out with a warning; its row stays.
    lenient: bool = False


@dataclass(frozen=True, kw_only=True)
class Located:
    """A field that tells in which region a row lies: the first of `regions` that holds a point within its shape.

    A dataset named after a region lies there, whatever its shapes say; while there are no regions its code stands for
    one. A row in no region gets the issue `outside`.
    """

    field: str
    # Code and outline (EPSG:5899) of each region, in the order they are tried.
    regions: Callable[[], Iterable[tuple[str, "shapely.Geometry"]]]
    outside: str


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A field that states the area of a row's shape in m²; `differs` is the issue of one that is off by more."""

    field: str
    # Of the measured area.
    part: float
    differs: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a delivery and the model its rows fill.

    `key` names the fields that identify a row within the delivery; `code` is a format string over `dataset` and
    the row's fields that makes the stable public code. `names` are table names in the file, folded; empty means
    the only table. `lon_lat` names the headings of two coordinate columns for files without geometry.
    """

    model: str
    columns: tuple[Column, ...]
    geometry: Geometry
    names: tuple[str, ...] = ()
    required: bool = True
    key: tuple[str, ...] = ()
    code: str = "{dataset}-{row}"
    lon_lat: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    located: Located | None = None
    measured: Measured | None = None
    # The issue of two areas of the table that overlap; empty where they may.
    apart: str = ""
    # Equal areas or lines are meant: rows may follow one another on the same ground.
    repeats: bool = False
    # For elements of OpenStreetMap: "amenity=pharmacy" → the value under the heading "@kind", the first that fits; the
    # names of columns are tags, and the first that an element has fills its cell. None: the table is not of them.
    features: Callable[[], Mapping[str, str]] | None = None
    # Values of fields that the table as a whole stands for: one model may take rows of several tables.
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Source:
    """How one supplier's file looks; `complete` runs in the database after the rows are staged."""

    id: str
    tables: tuple[Table, ...]
    complete: "Callable[[Edition], Iterable[Issue]] | None" = None
    extra: Mapping[str, Any] | None = None
