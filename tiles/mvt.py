"""Vector tiles: one statement a tile, the only file that says ST_AsMVT.

The affine path: nearly all shapes of a cadastre lie wholly inside their tile; for those an affine transformation to
tile units replaces ST_AsMVTGeom, which clips and validates every polygon. Adding 0.5 makes the encoder's truncation
round. It holds because `shape` is valid, in web Mercator, outer rings clockwise. Below AFFINE_FROM shapes shrink to
few tile units and need the standard function's dropping of collapsed rings.

The operator @ compares boxes kept in single precision, which near Đà Lạt is a metre: SINGLE keeps it on the safe side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import pi
from weakref import WeakKeyDictionary

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from tiles.geometry import TILE_SRID
from tiles.registry import Layer

EXTENT = 4096
BUFFER = 64
AFFINE_FROM = 12
MAX_ZOOM = 22
SINGLE = 1.0
_HALF = pi * 6378137.0
# Keeps a subquery whole: otherwise each shape is placed twice, to ask whether it is there and to draw it.
_ONCE = "OFFSET 0"


@dataclass(frozen=True)
class Tile:
    """A tile of the WebMercatorQuad matrix set."""

    z: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        """Tell whether the matrix set has this tile."""
        return 0 <= self.z <= MAX_ZOOM and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in EPSG:3857."""
        size = 2 * _HALF / (1 << self.z)
        left, top = -_HALF + self.x * size, _HALF - self.y * size
        return left, top - size, left + size, top


def render(layer: Layer, revision: int, tile: Tile) -> tuple[int, bytes | None]:
    """Make a tile of the layer's live rows, not compressed; b"" when empty.

    Returns the layer's current revision, read in the same statement, and None instead of a tile when `revision` is
    another one: a tile never holds rows of a revision it does not name.
    """
    with connection.cursor() as cursor:
        row = _execute(cursor, layer, tile, revision)
    return row[0], None if row[1] is None else bytes(row[1])


def render_edition(layer: Layer, edition: int, tile: Tile) -> bytes:
    """Make a tile of one edition's rows, whatever its state: a planner's preview."""
    return render_where(layer, f"edition_id = {int(edition)}", tile, affine=tile.z >= AFFINE_FROM)


def render_where(layer: Layer, condition: str, tile: Tile, *, affine: bool) -> bytes:
    """Make a tile of the rows that fulfil `condition` (a constant of this code, never text from outside)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + _mvt(layer, condition, affine, _written_out(tile)))
        return bytes(cursor.fetchone()[0])


def bare_statement(layer: Layer, tile: Tile) -> str:
    """Return the statement of a tile with its numbers written out: what the database alone can do."""
    return "SELECT " + _mvt(layer, "live", tile.z >= AFFINE_FROM, _written_out(tile))


def bake(layer: Layer, z: int) -> Iterator[tuple[int, int, bytes]]:
    """Make every tile of zoom `z` that is not empty in one statement: x, y and the tile, not compressed."""
    # Said to be float8: what is written with a point is numeric, whose arithmetic takes as long as the tiles.
    size, half, west = (f"({value!r}::float8)" for value in (2 * _HALF / (1 << z), _HALF, -_HALF))
    margin, k = f"({size} * {BUFFER} / {EXTENT})", f"({EXTENT} / {size})"
    box = (
        f"ST_MakeEnvelope({west} + x * {size}, {half} - (y + 1) * {size},"
        f" {west} + (x + 1) * {size}, {half} - y * {size}, {TILE_SRID})"
    )
    affine = f"ST_Affine(shape, {k}, 0, 0, -{k}, 0.5 - ({west} + x * {size}) * {k}, 0.5 + ({half} - y * {size}) * {k})"
    place = f"ST_AsMVTGeom(shape, {box}, {EXTENT}, {BUFFER}, true)"
    if z >= AFFINE_FROM and layer.kind != "line":
        place = f"CASE WHEN shape @ ST_Expand({box}, -{SINGLE}) THEN {affine} ELSE {place} END"
    statement = f"""
        SELECT x, y, ST_AsMVT(t, '{layer.id}', {EXTENT}, 'g', 'id')
        FROM "{layer.rows._meta.db_table}",
        LATERAL generate_series(floor((ST_XMin(shape) - {margin} - {west}) / {size})::int,
                                floor((ST_XMax(shape) + {margin} - {west}) / {size})::int) AS x,
        LATERAL generate_series(floor(({half} - ST_YMax(shape) - {margin}) / {size})::int,
                                floor(({half} - ST_YMin(shape) + {margin}) / {size})::int) AS y,
        LATERAL (SELECT {_columns(layer)}, {place} AS g {_ONCE}) t
        WHERE live AND shape IS NOT NULL AND g IS NOT NULL GROUP BY x, y"""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(200):
            for x, y, tile in rows:
                yield x, y, bytes(tile)


@dataclass(frozen=True)
class _Frame:
    """What a tile's statement asks per row, as SQL: never an expression, since each row would compute it anew."""

    wide: str
    envelope: str
    inside: str
    k: str
    dx: str
    dy: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.wide, self.envelope, self.inside, self.k, self.dx, self.dy))


_PARAMETERS = _Frame("$1", "$2", "$3", "$4", "$5", "$6")
_TYPES = "geometry, geometry, geometry, float8, float8, float8"

# Which statements each connection has prepared.
_prepared: WeakKeyDictionary[object, set[str]] = WeakKeyDictionary()


def _execute(cursor: CursorWrapper, layer: Layer, tile: Tile, revision: int) -> tuple[int, memoryview | None]:
    # Planning costs as much as a small tile, so each connection prepares each layer's statement once.
    affine = tile.z >= AFFINE_FROM
    name = f"tile_{layer.id.replace('-', '_')}_{'affine' if affine else 'standard'}"
    prepared = _prepared.setdefault(cursor.connection, set())
    if name not in prepared:
        cursor.execute("SET plan_cache_mode = force_generic_plan")
        cursor.execute(
            f"""
            PREPARE {name} ({_TYPES}, int) AS
            SELECT r.number, CASE WHEN r.number = $7 THEN {_mvt(layer, "live", affine, _PARAMETERS)} END
            FROM (SELECT coalesce(max(number), 0) AS number FROM tiles_revision
                  WHERE layer = '{layer.id}' AND NOT withdrawn) r"""
        )
        prepared.add(name)
    cursor.execute(f"EXECUTE {name} ({', '.join(_written_out(tile))}, {int(revision)})")
    return cursor.fetchone()


def _written_out(tile: Tile) -> _Frame:
    left, bottom, right, top = tile.box
    margin = (right - left) * BUFFER / EXTENT
    k = EXTENT / (right - left)
    return _Frame(
        wide=_envelope(left - margin, bottom - margin, right + margin, top + margin),
        envelope=_envelope(left, bottom, right, top),
        inside=_envelope(left + SINGLE, bottom + SINGLE, right - SINGLE, top - SINGLE),
        k=f"{k!r}::float8",
        dx=f"({0.5 - left * k!r})::float8",
        dy=f"({0.5 + top * k!r})::float8",
    )


def _envelope(left: float, bottom: float, right: float, top: float) -> str:
    return f"ST_MakeEnvelope({left!r}, {bottom!r}, {right!r}, {top!r}, {TILE_SRID})"


def _mvt(layer: Layer, condition: str, affine: bool, frame: _Frame) -> str:
    place = f"ST_AsMVTGeom(shape, {frame.envelope}, {EXTENT}, {BUFFER}, true)"
    if affine and layer.kind != "line":
        moved = f"ST_Affine(shape, {frame.k}, 0, 0, -({frame.k}), {frame.dx}, {frame.dy})"
        place = f"CASE WHEN shape @ {frame.inside} THEN {moved} ELSE {place} END"
    return f"""(
        SELECT ST_AsMVT(t, '{layer.id}', {EXTENT}, 'g', 'id') FROM (
            SELECT {_columns(layer)}, {place} AS g FROM "{layer.rows._meta.db_table}"
            WHERE {condition} AND shape && {frame.wide} {_ONCE}
        ) t WHERE g IS NOT NULL)"""


def _columns(layer: Layer) -> str:
    """Return the select list of what the layer publishes: an allow-list, as types a tile can carry."""
    meta = layer.rows._meta
    parts = ["id"]
    for name in dict.fromkeys(("code", *layer.properties)):
        field = meta.get_field(name)
        assert isinstance(field, models.Field)
        column = f'"{field.column}"'
        if isinstance(field, models.DecimalField):
            column += "::float8"
        elif not isinstance(
            field,
            models.IntegerField | models.CharField | models.TextField | models.FloatField | models.BooleanField,
        ):
            column += "::text"
        parts.append(f'{column} AS "{name}"')
    return ", ".join(parts)
