"""How the planning layers are drawn: MapLibre style parts. Calm colours; labels keep a halo of paper."""

from typing import Any

from planning.uses import UNKNOWN_COLOUR, System, uses_of

REGULAR, MEDIUM = ["Be Vietnam Pro Regular"], ["Be Vietnam Pro Medium"]
PAPER = "#ffffff"
Style = tuple[dict[str, Any], ...]
NAME = ["get", "name"]


def _by_zoom(*stops: Any) -> list[Any]:
    return ["interpolate", ["exponential", 1.5], ["zoom"], *stops]


def _uses(system: System) -> list[Any]:
    pairs = [value for use in uses_of(system).values() for value in (use.code, use.colour)]
    return ["match", ["get", "use"], *pairs, UNKNOWN_COLOUR]


def _label(field: Any, *, size: float, colour: str, minzoom: int, font: list[str] = REGULAR, **layout: Any) -> dict:
    return {
        "type": "symbol",
        "minzoom": minzoom,
        "layout": {
            "text-field": field,
            "text-font": font,
            "text-size": size,
            "text-max-width": 8,
            **{name.replace("_", "-"): value for name, value in layout.items()},
        },
        "paint": {"text-color": colour, "text-halo-color": PAPER, "text-halo-width": 1.5},
    }


def _areas(system: System) -> Style:
    colour = _uses(system)
    # Plans of different level lie on each other: close up the general one steps back, and a detailed one, which draws
    # the uses anew, covers what it lies on.
    general, detailed = (["==", ["get", "level"], level] for level in ("general", "detailed"))
    return (
        {
            "type": "fill",
            "layout": {"fill-sort-key": ["match", ["get", "level"], "detailed", 2, "subdivision", 1, 0]},
            "paint": {
                "fill-color": colour,
                "fill-opacity": [
                    *("interpolate", ["linear"], ["zoom"], 10, 0.18),
                    *(14, ["case", general, 0.12, detailed, 0.5, 0.28]),
                    *(17, ["case", general, 0.08, detailed, 0.6, 0.38]),
                ],
            },
        },
        {
            "type": "line",
            "paint": {"line-color": colour, "line-width": _by_zoom(10, 0.3, 14, 0.8, 17, 2), "line-opacity": 0.9},
        },
        _label(["get", "use"], size=11, colour="#3d3a35", minzoom=15),
    )


ZONES = _areas("construction")
LAND_USE = _areas("land-use")

WARDS: Style = (
    {
        "type": "line",
        "paint": {"line-color": "#8d6e97", "line-width": _by_zoom(8, 0.8, 14, 2), "line-dasharray": [4, 2, 1, 2]},
    },
    {
        **_label(
            NAME,
            size=13,
            colour="#6d4c78",
            minzoom=10,
            font=MEDIUM,
            **{"text-transform": "uppercase", "text-letter-spacing": 0.08},
        ),
        "maxzoom": 14,
    },
)

_ROAD_CLASS = ["get", "road_class"]


def _road_width(scale: float, extra: float) -> list[Any]:
    def width(main: float, street: float, branch: float, alley: float) -> list[Any]:
        widths = {"main": main, "street": street, "branch": branch, "alley": alley}
        pairs = [part for name, pixels in widths.items() for part in (name, pixels * scale + extra)]
        return ["match", _ROAD_CLASS, *pairs, 0.6 * scale + extra]

    return _by_zoom(10, width(1.2, 0.5, 0.2, 0), 14, width(4, 2.6, 1.6, 0.8), 17, width(16, 12, 8, 5))


ROADS: Style = (
    {
        "type": "line",
        "minzoom": 12,
        "layout": {"line-cap": "round", "line-join": "round"},
        "paint": {"line-color": "#c9c2b4", "line-width": _road_width(1, 1.5)},
    },
    {
        "type": "line",
        "layout": {"line-cap": "round", "line-join": "round"},
        "paint": {
            "line-color": ["match", _ROAD_CLASS, "main", "#f6d990", "path", "#e8e2d6", PAPER],
            "line-width": _road_width(1, 0),
        },
    },
    {
        **_label(NAME, size=11, colour="#55504a", minzoom=13, symbol_placement="line", text_max_angle=30),
        "filter": ["!=", _ROAD_CLASS, "alley"],
    },
    {
        **_label(NAME, size=10, colour="#6b655b", minzoom=16, symbol_placement="line", text_max_angle=30),
        "filter": ["==", _ROAD_CLASS, "alley"],
    },
)

WATER: Style = (
    {
        "type": "fill",
        "filter": ["==", ["geometry-type"], "Polygon"],
        "paint": {"fill-color": "#b5d3e3"},
    },
    {
        "type": "line",
        "filter": ["==", ["geometry-type"], "LineString"],
        "paint": {"line-color": "#9cc3d8", "line-width": _by_zoom(10, 0.6, 16, 4)},
    },
    _label(NAME, size=12, colour="#3f7391", minzoom=13, font=MEDIUM),
)

GREEN: Style = (
    {
        "type": "fill",
        "paint": {"fill-color": ["match", ["get", "kind"], "pines", "#c5d9b7", "#d3e6c0"]},
    },
    _label(NAME, size=11, colour="#4b7040", minzoom=14),
)

BUILDINGS: Style = (
    {"type": "fill", "paint": {"fill-color": "#dcd5c9", "fill-outline-color": "#bfb6a6"}},
    _label(NAME, size=10, colour="#55504a", minzoom=16),
)

PARCELS: Style = (
    # Filled without colour, so that a click anywhere inside finds the parcel.
    {"type": "fill", "paint": {"fill-color": PAPER, "fill-opacity": 0.01}},
    {
        "type": "line",
        "paint": {"line-color": "#7d766a", "line-width": _by_zoom(14, 0.25, 17, 1), "line-opacity": 0.8},
    },
    _label(["to-string", ["get", "number"]], size=10, colour="#4a453e", minzoom=17),
)

# Thousand đ per m² of position 1: five steps of one hue, dearer is darker.
PRICE_STEPS = (
    (0, "#fde0c5"),
    (5_000_000, "#fac484"),
    (15_000_000, "#f08f5b"),
    (30_000_000, "#d1495b"),
    (60_000_000, "#7a1f4b"),
)

PRICES: Style = (
    {
        "type": "line",
        "layout": {"line-cap": "round", "line-join": "round"},
        "paint": {
            "line-color": [
                "step",
                ["get", "price_1"],
                PRICE_STEPS[0][1],
                *[part for step in PRICE_STEPS[1:] for part in step],
            ],
            "line-width": _by_zoom(11, 1.5, 14, 4, 17, 9),
            "line-opacity": 0.85,
        },
    },
)

PROJECT_COLOURS = {
    "apartments": "#5b5ea6",
    "new-area": "#9b2335",
    "relocation": "#b8860b",
    "regeneration": "#00796b",
}
_PROJECT = [
    "match",
    ["get", "kind"],
    *[part for pair in PROJECT_COLOURS.items() for part in pair],
    "#555555",
]

PROJECTS: Style = (
    {"type": "fill", "paint": {"fill-color": _PROJECT, "fill-opacity": 0.25}},
    {"type": "line", "paint": {"line-color": _PROJECT, "line-width": 2, "line-dasharray": [3, 1]}},
    _label(NAME, size=11, colour="#3d3a35", minzoom=13, font=MEDIUM),
)
