"""The kinds of issues and refusals the import itself can meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Level = Literal["error", "warning", "note"]
Actor = Literal["supplier", "planner", "nobody"]


@dataclass(frozen=True)
class Kind:
    """One kind of issue. `text` is a sentence with %(name)s values: what, where, what to do next.

    An issue whose kind has a `repair` is repaired only when the planner accepted it by the issue's code.
    """

    code: str
    level: Level
    actor: Actor
    text: StrOrPromise
    repair: str = ""


LEAVE_OUT = "leave-out"
MAKE_VALID = "make-valid"
AS_DELIVERED = "as-delivered"
# What an accepted repair did, said after the issue itself.
DONE: dict[str, StrOrPromise] = {
    LEAVE_OUT: _("As accepted, the row was left out."),
    MAKE_VALID: _("As accepted, the geometry was repaired."),
    AS_DELIVERED: _("As accepted, it stays as it was delivered."),
}

KINDS = (
    # The table
    Kind("table-missing", "error", "supplier", _(
        "The file has no table %(expected)s; it holds %(tables)s. Add the table, or choose one with --layer-name."
    )),
    Kind("table-ignored", "note", "nobody", _("Table %(table)s is not part of this layer and was not read.")),
    Kind("table-empty", "warning", "supplier", _("Table %(table)s has no rows. Check that the right file was sent.")),
    Kind("column-missing", "error", "supplier", _(
        "Column %(column)s is missing in table %(table)s; its columns are %(headings)s. Rename the column, or pass "
        "--map %(likely)s=%(field)s."
    )),
    Kind("column-ignored", "note", "nobody", _(
        "Columns of table %(table)s that this layer does not use were not read: %(columns)s."
    )),
    Kind("personal-data", "error", "supplier", _(
        "Column %(column)s of table %(table)s may hold personal data. It was not read. Send the file without "
        "this column."
    )),
    # Values
    Kind("encoding-wrong", "error", "planner", _(
        "Row %(row)s, column %(column)s: the text is not %(encoding)s. Pass --encoding; it would read as "
        "%(previews)s."
    )),
    Kind("value-missing", "error", "supplier", _("Row %(row)s: column %(column)s is empty. Fill it in.")),
    Kind("value-not-a-number", "error", "supplier", _(
        "Row %(row)s, column %(column)s: “%(value)s” is not a number. Write it like 2.159,6 or 2159.6."
    )),
    Kind("value-not-a-date", "error", "supplier", _(
        "Row %(row)s, column %(column)s: “%(value)s” is not a date. Write it like 31/12/2025 or 2025-12-31."
    )),
    Kind("value-out-of-range", "error", "supplier", _(
        "Row %(row)s, column %(column)s: %(value)s is outside %(minimum)s to %(maximum)s. Correct the value."
    )),
    Kind("value-too-long", "error", "supplier", _(
        "Row %(row)s, column %(column)s: the text has %(length)s letters, at most %(maximum)s fit. Shorten it."
    )),
    Kind("number-ambiguous", "warning", "planner", _(
        "Row %(row)s, column %(column)s: “%(value)s” was read as %(read)s. If the dot marks decimals, store the "
        "cell as a number."
    )),
    Kind("unknown-code", "error", "supplier", _(
        "Row %(row)s, column %(column)s: “%(value)s” is not in the list. Use one of: %(known)s."
    )),
    Kind("unknown-word", "warning", "planner", _(
        "Row %(row)s, column %(column)s: “%(value)s” is not in the list and was kept as written. Write one of "
        "these, or leave it so: %(known)s."
    )),
    Kind("value-not-whole", "error", "supplier", _(
        "Row %(row)s, column %(column)s: %(value)s is not a whole number. Correct the value."
    )),
    Kind("value-left-out", "warning", "supplier", _(
        "Row %(row)s, column %(column)s: “%(value)s” does not fit and was left out. Correct it in the source."
    )),
    Kind("row-ragged", "error", "supplier", _(
        "Row %(row)s has %(cells)s cells, more than the heading. Put texts and numbers that hold the separator "
        "in quotes."
    )),
    # OpenStreetMap
    Kind("osm-unknown-kind", "note", "nobody", _(
        "%(count)s elements are of no kind this layer has and were left out: %(tags)s. A kind is added in the list of "
        "tags."
    )),
    Kind("osm-nameless", "note", "nobody", _("%(count)s elements have no name and were left out.")),
    Kind("osm-outside", "note", "nobody", _(
        "%(count)s elements lie outside the city region and were left out: %(elements)s. Where one is of this city, "
        "correct its place in OpenStreetMap."
    )),
    Kind("osm-placeless", "warning", "supplier", _(
        "%(count)s elements were left out because the file does not tell where they lie. Export it again with "
        "“out center”."
    )),
    # Coordinate system
    Kind("crs-missing", "error", "planner", _(
        "Table %(table)s does not say its coordinate system. Pass %(option)s; best fits: %(candidates)s."
    )),
    Kind("crs-wrong", "error", "planner", _(
        "Table %(table)s says %(label)s, but %(inside)s %% of its rows would lie in the city; with %(best)s it "
        "is %(share)s %%. "
        "Ask the supplier, or pass --crs %(best)s."
    )),
    Kind("axes-swapped", "error", "planner", _(
        "The axes of table %(table)s are swapped: read as %(label)s, %(inside)s %% of its rows lie in the city; "
        "with north and "
        "east exchanged %(share)s %%. Ask the supplier, or pass --crs %(best)s."
    )),
    Kind("not-in-city", "error", "supplier", _(
        "Table %(table)s, read as %(label)s, does not lie in the city under any coordinate system tried. "
        "Check that the file is of this city."
    )),
    Kind("outside-city", "error", "supplier", _(
        "Row %(row)s lies outside the city region and is not published. Correct its coordinates (see whether its two "
        "numbers are exchanged), or leave the row out with --repair outside-city."
    ), LEAVE_OUT),
    # Geometry
    Kind("geometry-missing", "error", "supplier", _(
        "Row %(row)s has no geometry. Draw it, or leave the row out with --repair geometry-missing."
    ), LEAVE_OUT),
    Kind("geometry-empty", "error", "supplier", _(
        "Row %(row)s has an empty geometry. Draw it, or leave the row out with --repair geometry-empty."
    ), LEAVE_OUT),
    Kind("geometry-wrong-kind", "error", "supplier", _(
        "Row %(row)s is a %(kind)s; this table holds %(expected)s. "
        "Redraw it, or leave the row out with --repair geometry-wrong-kind."
    ), LEAVE_OUT),
    Kind("geometry-not-finite", "error", "supplier", _(
        "Row %(row)s has a coordinate that is not a number. Correct the coordinate."
    )),
    Kind("geometry-too-large", "error", "supplier", _(
        "Row %(row)s has %(vertices)s vertices; at most %(maximum)s are read. Split or simplify it."
    )),
    Kind("geometry-invalid", "error", "supplier", _(
        "Row %(row)s has an invalid geometry: %(reason)s. Redraw it, or accept a repair with --repair "
        "geometry-invalid."
    ), MAKE_VALID),
    Kind("duplicate-key", "error", "supplier", _(
        "Row %(row)s has the same key %(key)s as row %(first)s. Correct one of them, or leave this row out with "
        "--repair duplicate-key."
    ), LEAVE_OUT),
    Kind("duplicate-geometry", "warning", "supplier", _(
        "Row %(row)s has the same geometry as row %(first)s. Check which one is meant."
    )),
    Kind("more-issues", "note", "nobody", _(
        "%(count)s more issues of the kind %(code)s were found; only the first %(listed)s are listed."
    )),
)  # fmt: skip

# Why a file is not read at all: the only issue of a rejected edition.
REFUSALS = (
    Kind("unknown-format", "error", "supplier", _(
        "Files of the kind %(suffix)s are not read. Send one of: %(known)s."
    )),
    Kind("wrong-content", "error", "supplier", _(
        "The file is named %(suffix)s, but its content is something else. Send the file in its own format."
    )),
    Kind("no-known-table", "error", "supplier", _(
        "No table of this layer was found; the file holds %(tables)s. Expected is %(expected)s, or choose one with "
        "--layer-name."
    )),
    Kind("option-crs", "error", "planner", _(
        "%(value)s is not a coordinate system the portal knows. Write it like EPSG:5899 or EPSG:5899+swapped."
    )),
    Kind("option-map", "error", "planner", _(
        "%(value)s is not a field of this layer. Fields are: %(known)s."
    )),
    Kind("option-column", "error", "planner", _(
        "--map names %(value)s, but the file has no such column; its columns are %(headings)s. Correct the name."
    )),
    Kind("empty", "error", "supplier", _("The file holds no rows. Check that the right file was sent.")),
    Kind("osm-nothing", "error", "supplier", _(
        "None of the %(count)s elements of the file is a named place of a known kind in the city. Check that the "
        "extract is of this city and holds its places."
    )),
    Kind("corrupt", "error", "supplier", _(
        "The file is damaged or cut short and cannot be read. Export it again and send it anew."
    )),
    Kind("hostile", "error", "supplier", _(
        "The file holds %(what)s, which a delivery must not. Export the plain data again."
    )),
    Kind("archive", "error", "supplier", _(
        "The archive cannot be accepted: %(what)s. Pack the files of one delivery into a plain zip."
    )),
    Kind("shapefile-incomplete", "error", "supplier", _(
        "A Shapefile needs its .shp, .shx and .dbf parts together. Send them in one zip."
    )),
    Kind("too-many-columns", "error", "supplier", _(
        "Table %(table)s has %(count)s columns; at most %(maximum)s are read. Remove columns."
    )),
    Kind("too-many-rows", "error", "supplier", _("The file has more than %(maximum)s rows. Split it.")),
    Kind("too-large", "error", "supplier", _(
        "Reading the file needs more memory, time or space than allowed. Split or simplify it."
    )),
    Kind("option-encoding", "error", "planner", _(
        "%(value)s is not an encoding the portal reads. Use one of: %(known)s."
    )),
    Kind("option-layer", "error", "planner", _("The file has no table %(value)s; it holds %(tables)s.")),
    Kind("option-repair", "error", "planner", _("%(value)s is not an issue that can be repaired. Use: %(known)s.")),
    Kind("unreadable", "error", "supplier", _(
        "The file could not be read. Export it again, or send it as GeoPackage."
    )),
)  # fmt: skip

# Words that stand in messages as values: what a file must not hold, kinds of shapes, reasons of the geometry engine.
TERMS: dict[str, StrOrPromise] = {
    "gpkg-view": _("a view"),
    "gpkg-trigger": _("a trigger"),
    "gpkg-table": _("a virtual table"),
    "crs-link": _("a coordinate system by address"),
    "doctype": _("a document type or entity"),
    "several": _("it holds several deliveries"),
    "many-entries": _("it holds too many files"),
    "overlap": _("its files overlap"),
    "bomb": _("it unpacks to far more than it says or than is allowed"),
    "encrypted": _("it is encrypted"),
    "link": _("it holds a link"),
    "outside-name": _("it holds a file name that leads outside"),
    "nested": _("it holds another archive"),
    "same-name": _("it holds two files of one name"),
    "polygon": _("polygons"),
    "line": _("lines"),
    "point": _("points"),
    "Point": _("point"),
    "MultiPoint": _("set of points"),
    "LineString": _("line"),
    "MultiLineString": _("set of lines"),
    "Polygon": _("polygon"),
    "MultiPolygon": _("set of polygons"),
    "GeometryCollection": _("mixed collection"),
    "Self-intersection": _("it crosses itself"),
    "Ring Self-intersection": _("a ring touches itself"),
    "Hole lies outside shell": _("a hole lies outside"),
    "Holes are nested": _("a hole lies in a hole"),
    "Nested shells": _("a part lies in another"),
    "Interior is disconnected": _("holes cut it apart"),
    "Duplicate Rings": _("a ring comes twice"),
    "Too few points in geometry component": _("a ring has too few points"),
    "Ring with too few points or not closed": _("a ring has too few points or is not closed"),
}
