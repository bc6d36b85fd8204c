"""The map of the document, in millimetres of the paper at a true scale; values an SVG can draw, north up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import shapely

from planning.extracts.answers import Answer
from planning.extracts.around import Found, MapLine, around, map_lines
from planning.extracts.extract import Extract
from planning.extracts.hatch import hatch
from planning.extracts.labels import Label, label_at, labels, labels_in, road_labels
from planning.extracts.summary import find_leading
from planning.lookup import ParcelFacts
from planning.uses import UNKNOWN_COLOUR, find_use, name_of, system_of

WIDTH_MM, HEIGHT_MM = 180.0, 105.0
SCALES = (500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
# How much of the picture the parcel may fill.
FILLED = 0.6
BARS_M = (10, 20, 50, 100, 200, 500, 1000, 2000)
NEIGHBOURS = 600
UNKNOWN_WIDTH_M = 3.0
ROOM_FOR_USE_MM2, ROOM_FOR_NUMBER_MM2 = 60, 35
OUTLINE_MM = 2.5
# Where the scale bar and the north arrow are drawn.
TAKEN = (shapely.box(2, HEIGHT_MM - 10, 62, HEIGHT_MM - 1), shapely.box(WIDTH_MM - 12, 1, WIDTH_MM - 2, 16))


@dataclass(frozen=True, kw_only=True)
class Area:
    """A filled area and its hatch as SVG paths."""

    path: str
    fill: str
    hatch: str = ""


@dataclass(frozen=True, kw_only=True)
class Way:
    """A road: its path and its width on paper."""

    path: str
    width: float
    casing: float


@dataclass(frozen=True, kw_only=True)
class LegendUse:
    """One use of the legend."""

    code: str
    name: str
    colour: str
    hatch: str


@dataclass(frozen=True, kw_only=True)
class Situation:
    """The picture; `bar` is the length in mm of `bar_m` metres. `on`, `around`: the uses on the parcel, and others."""

    width: float
    height: float
    scale: int
    bar: float
    bar_m: int
    plan: str
    areas: tuple[Area, ...]
    water: tuple[str, ...]
    ways: tuple[Way, ...]
    parcels: tuple[str, ...]
    lines: tuple[MapLine, ...]
    parcel: str
    labels: tuple[Label, ...]
    on: tuple[LegendUse, ...]
    around: tuple[LegendUse, ...]


def situation(parcel: ParcelFacts, extract: Extract) -> Situation:
    """Draw a parcel with its neighbours, roads, water and the areas of the plan that leads there."""
    outline = shapely.from_wkb(parcel.outline)
    sheet = _Sheet(outline)
    leading = find_leading(extract.answers)
    edition = leading.edition.edition if leading and leading.edition else None
    found = around(sheet.box, parcel=parcel.pk, plan=edition, neighbours=NEIGHBOURS, on=extract.on)
    placed = list(_placed(found, sheet))
    areas = [(one.text, shapely.make_valid(one.shape)) for one in placed if one.kind == "use"]
    neighbours = [one for one in placed if one.kind == "parcel"]
    roads = [one for one in placed if one.kind == "road"]
    on = tuple(dict.fromkeys(zone.use for zone in leading.zones)) if leading else ()
    beside = tuple(use for use in dict.fromkeys(use for use, _shape in areas) if use not in on)
    legend = _Legend(leading)
    drawn = sheet.place(outline)
    # No code of a use lies on the parcel's outline.
    rooms = [(use, shape.difference(drawn.boundary.buffer(OUTLINE_MM))) for use, shape in areas]
    wanted = (
        [label_at(drawn, str(extract.number), size=3.4, kind="parcel")],
        *road_labels((road.text, road.shape) for road in roads),
        *(labels_in(room, use, size=2.8, kind="use") for use, room in rooms if room.area > ROOM_FOR_USE_MM2),
        *(
            [label_at(one.shape, one.text, size=1.9, kind="neighbour")]
            for one in neighbours
            if one.shape.area > ROOM_FOR_NUMBER_MM2
        ),
    )
    return Situation(
        width=WIDTH_MM,
        height=HEIGHT_MM,
        scale=sheet.scale,
        bar=round(sheet.bar_m / sheet.metres, 2),
        bar_m=sheet.bar_m,
        plan=leading.plan.title if leading and leading.plan else "",
        areas=tuple(
            Area(path=_path(shape), fill=legend.use(use).colour, hatch=_path(hatch(shape, legend.use(use).hatch)))
            for use, shape in areas
        ),
        water=tuple(_path(one.shape) for one in placed if one.kind == "water"),
        ways=tuple(_way(road.shape, (road.width_m or UNKNOWN_WIDTH_M) / sheet.metres) for road in roads),
        parcels=tuple(_path(one.shape) for one in neighbours),
        lines=tuple(map_lines(placed, lambda shapes: "".join(map(_path, shapes)), unit=0.1)),
        parcel=_path(drawn),
        labels=tuple(labels(wanted, within=(WIDTH_MM, HEIGHT_MM), taken=TAKEN)),
        on=tuple(map(legend.use, on)),
        around=tuple(map(legend.use, beside)),
    )


class _Sheet:
    """The paper around an outline, and the way from metres (EPSG:5899) to millimetres."""

    def __init__(self, outline: shapely.Geometry) -> None:
        west, south, east, north = outline.bounds
        self.scale = next(
            (
                scale
                for scale in SCALES
                if east - west <= FILLED * WIDTH_MM * scale / 1000
                and north - south <= FILLED * HEIGHT_MM * scale / 1000
            ),
            SCALES[-1],
        )
        self.metres = self.scale / 1000
        x, y = (west + east) / 2, (south + north) / 2
        half_width, half_height = WIDTH_MM / 2 * self.metres, HEIGHT_MM / 2 * self.metres
        self.box = (x - half_width, y - half_height, x + half_width, y + half_height)
        self.bar_m = max(length for length in BARS_M if length <= 50 * self.metres)

    def place(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Return what of a shape lies on the paper, in millimetres from its upper left corner."""
        inside = shapely.clip_by_rect(shape, *self.box)
        on_paper = shapely.transform(
            inside,
            lambda spots: (spots - (self.box[0], self.box[3])) * (1 / self.metres, -1 / self.metres),
        )
        # Finer than a printer's line.
        return shapely.simplify(on_paper, 0.03)


class _Legend:
    """The uses of the plan that is drawn."""

    def __init__(self, leading: Answer | None) -> None:
        self.system = system_of("land-use" if leading and leading.theme == "land-use" else "zones")

    def use(self, code: str) -> LegendUse:
        """Return the legend's line of a use."""
        use = find_use(self.system, code)
        return LegendUse(
            code=code,
            name=name_of(self.system, code),
            colour=use.colour if use else UNKNOWN_COLOUR,
            hatch=use.hatch if use else "none",
        )


def _placed(found: Iterable[Found], sheet: _Sheet) -> Iterator[Found]:
    """Yield what lies on the paper, in millimetres."""
    for one in found:
        shape = sheet.place(one.shape)
        if not shape.is_empty:
            yield replace(one, shape=shape)


def _way(shape: shapely.Geometry, width: float) -> Way:
    width = max(round(width, 2), 0.5)
    return Way(path=_path(shape), width=width, casing=round(width + 0.3, 2))


def _path(shape: shapely.Geometry) -> str:
    """Return a shape as SVG path data; a point becomes a dot of a round line end."""
    parts: list[str] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            parts.extend(_line(ring, close=True) for ring in (part.exterior, *part.interiors))
        elif part.geom_type == "Point":
            parts.append(f"M{part.x:.1f} {part.y:.1f}h.01")
        elif part.geom_type == "LineString":
            parts.append(_line(part, close=False))
    return "".join(parts)


def _line(line: shapely.Geometry, *, close: bool) -> str:
    spots = shapely.get_coordinates(line).round(2).tolist()
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in (spots[:-1] if close else spots)) + ("Z" if close else "")
