"""The steps that make a shape of the city of what a file holds: decode, place, reproject, validate."""

import re
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from portal.text import parse_number
from tiles import geometry
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, Coordinates, System
from tiles.ingest.batch import Batch, TableJob
from tiles.ingest.readers import Values

MAX_VERTICES: Final = 1_000_000
# Rows by which the coordinate system is decided.
_TRIED: Final = 1_000
_TYPES: Final = {"point": (0,), "line": (1, 5), "polygon": (3, 6)}
_PLACE: Final = re.compile(r"\[(-?[\d.e+]+) (-?[\d.e+]+)\]")


def build_shapes(batch: Batch) -> Batch:
    """Make two-dimensional shapes of WKB or of two coordinate columns."""
    if batch.job.table["geometry"] == "none":
        return batch
    if batch.job.columns.lon_lat:
        batch.given = _points(batch, *batch.job.columns.lon_lat)
    elif batch.wkb is not None:
        shapes = shapely.from_wkb(batch.wkb, on_invalid="ignore")
        unclosed = np.array([raw is not None for raw in batch.wkb]) & shapely.is_missing(shapes)
        if unclosed.any():
            shapes[unclosed] = shapely.from_wkb(batch.wkb[unclosed], on_invalid="fix")
        batch.unclosed = unclosed
        batch.given = shapely.force_2d(shapes) if (shapely.has_z(shapes) | shapely.has_m(shapes)).any() else shapes
    else:
        batch.given = np.full(batch.size, None, dtype=object)
    batch.shapes = batch.given
    return batch


def check_shapes(batch: Batch) -> Batch:
    """Reject rows without a shape, with a coordinate that is no number, or too large."""
    shapes = batch.shapes
    if shapes is None or batch.given is None:
        return batch
    missing = shapely.is_missing(shapes)
    if batch.unclosed is not None:
        missing &= ~batch.unclosed
    for index in np.flatnonzero(missing & batch.good):
        batch.reject(index, "geometry-missing", leave_out=True)
    for index in np.flatnonzero(shapely.is_empty(shapes) & batch.good):
        batch.reject(index, "geometry-empty", leave_out=True)
    vertices = shapely.get_num_coordinates(shapes)
    for index in np.flatnonzero((vertices > MAX_VERTICES) & batch.good):
        batch.reject(index, "geometry-too-large", vertices=int(vertices[index]), maximum=MAX_VERTICES)
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    for index in np.unique(owner[~np.isfinite(points).all(axis=1)]):
        if batch.good[index]:
            batch.reject(index, "geometry-not-finite")
    return batch


def place_in_city(batch: Batch) -> Batch:
    """Believe, or not, what the file says of its coordinate system; then transform to EPSG:5899."""
    if batch.shapes is None:
        return batch
    job = batch.job
    sound = batch.good & ~shapely.is_missing(batch.shapes)
    if not job.decided and sound.any():
        middles = _middles(batch.shapes[sound])
        job.system = _decide(job, middles[:: 1 + len(middles) // _TRIED])
        job.decided = True
    if job.system is None:  # said once for the whole table; its rows have no place
        batch.good[:] = False
        return batch
    # Bad rows keep no shape: an infinite coordinate would spoil the whole transformation.
    shapes = np.full(batch.size, None, dtype=object)
    shapes[sound] = geometry.reproject(batch.shapes[sound], job.system, SURVEY_SRID)
    batch.shapes = shapes
    outside = np.zeros(batch.size, dtype=bool)
    outside[sound] = ~geometry.inside_city(_middles(shapes[sound]))
    for index in np.flatnonzero(outside):
        batch.reject(index, "outside-city", leave_out=True)
    return batch


def check_kinds(batch: Batch) -> Batch:
    """Reject shapes of another kind than the table holds; after they have got their place in the city."""
    if batch.shapes is None:
        return batch
    expected = batch.job.table["geometry"]
    types = shapely.get_type_id(batch.shapes)
    for index in np.flatnonzero(~np.isin(types, (-1, *_TYPES[expected])) & batch.good):
        kind = batch.shapes[index].geom_type
        batch.reject(index, "geometry-wrong-kind", leave_out=True, kind=kind, expected=expected)
    return batch


def check_validity(batch: Batch) -> Batch:
    """Reject invalid shapes with reason and place, or repair them when the planner accepted that."""
    shapes = batch.shapes
    if shapes is None or batch.job.system is None:
        return batch
    invalid = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    if batch.unclosed is not None:
        invalid |= batch.unclosed
    accepted = "geometry-invalid" in batch.job.findings.repairs
    for index in np.flatnonzero(invalid & batch.good):
        reason, place = _reason(batch, int(index))
        if not accepted or shapes[index] is None:
            batch.reject(index, "geometry-invalid", place=place, reason=reason)
            continue
        repaired = geometry.repair(shapes[index : index + 1], batch.job.table["geometry"])[0]
        if repaired.is_empty:  # nothing of the kind is left, as of a ring that is only a line
            batch.reject(index, "geometry-empty", place=place, leave_out=True)
            continue
        batch.note(index, "geometry-invalid", place=place, repair="make-valid", reason=reason)
        shapes[index] = repaired
    return batch


def _reason(batch: Batch, index: int) -> tuple[str, list[float] | None]:
    shape = batch.shapes[index] if batch.shapes is not None else None
    if shape is None or (batch.unclosed is not None and batch.unclosed[index]):
        return "Ring with too few points or not closed", None
    text = shapely.is_valid_reason(shape)
    match = _PLACE.search(text)
    return text.partition("[")[0].strip(), [float(match[1]), float(match[2])] if match else None


def _points(batch: Batch, first: str, second: str) -> NDArray[np.object_]:
    """Make points of two columns; a cell that is no number rejects its row."""
    lon, lat = (_coordinates(batch, heading) for heading in (first, second))
    shapes = np.full(batch.size, None, dtype=object)
    sound = ~np.isnan(lon) & ~np.isnan(lat) & batch.good
    shapes[sound] = shapely.points(lon[sound], lat[sound])
    return shapes


def _coordinates(batch: Batch, heading: str) -> NDArray[np.float64]:
    values: Values = batch.columns[heading]
    if values.dtype.kind in "fiu":
        return values.astype(float)
    numbers = np.full(batch.size, np.nan)
    for index, value in enumerate(values):
        if value is None:
            continue
        try:
            numbers[index] = parse_coordinate(str(value))
        except ValueError:
            batch.reject(index, "value-not-a-number", column=heading, value=value)
    return numbers


def parse_coordinate(text: str) -> float:
    """Read 108,4419, 108.442 or 1.320.566,81: a single mark is always the decimal one. Raises ValueError."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return float(parse_number(text))


def _middles(shapes: NDArray[np.object_]) -> Coordinates:
    """Return the middle of each shape's box."""
    box = shapely.bounds(shapes)
    return np.column_stack(((box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2))


def _decide(job: TableJob, points: Coordinates) -> System | None:
    """Return the system to read a table in, None (and a finding) when label and place disagree."""
    found = geometry.candidates(points)
    listed = ", ".join(f"{c.system} ({c.share:.0%})" for c in found[:3]) or "–"
    labelled = geometry.identify(job.label) if job.label else None
    if job.chosen:
        system, how = job.chosen, "option"
    elif labelled:
        system, how = System(labelled), "label"
    elif job.columns.lon_lat:
        system, how = System(LON_LAT_SRID), "format"
    else:
        best = str(found[0].system) if found else "EPSG:5899"
        job.findings.add("crs-missing", table=job.name, values={"candidates": listed, "option": f"--crs {best}"})
        return None
    share = geometry.share_inside(points, system)
    job.facts["crs"] = {"system": str(system), "how": how, "inside": round(share, 4), "candidates": [
        {"system": str(c.system), "share": round(c.share, 4)} for c in found
    ]}  # fmt: skip
    if share >= geometry.BELIEVED_SHARE:
        return system
    values = {"label": str(system), "inside": round(share * 100), "candidates": listed}
    if not found or found[0].share < geometry.BELIEVED_SHARE:
        job.findings.add("not-in-city", table=job.name, values=values)
        return None
    best_system = found[0].system
    code = "axes-swapped" if best_system.srid == system.srid else "crs-wrong"
    values |= {"best": str(best_system), "share": round(found[0].share * 100)}
    job.findings.add(code, table=job.name, values=values)
    return None
