"""What tourism publishes on the map."""

from collections.abc import Callable

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.text import fold
from tiles.registry import Hit, Layer, LegendEntry, register
from tourism import tasks
from tourism.facts import categories
from tourism.models import Category, Place
from tourism.rules import (
    corrections_go_on,
    entrances_are_near,
    hours_are_readable,
    hours_undo_nothing,
    lodgings_are_licensed,
    no_rows_are_missing,
    nobody_looked_ahead,
    one_source,
    phones_are_numbers,
    prices_are_declared,
    stars_are_awarded,
)
from tourism.sources.register import REGISTER

_COLOUR = [
    "match",
    ["get", "group"],
    *[value for row in categories() if row["colour"] for value in (row["code"], row["colour"])],
    "#555555",
]
_ICON = [
    "match",
    ["get", "category"],
    *[value for row in categories() for value in (row["code"], f"maki-{row['icon']}")],
    "maki-marker",
]
# From afar a small dot of the group's colour, close up a white disc with the kind's icon and a ring of that colour.
_STYLE = (
    {
        "type": "circle",
        "paint": {
            "circle-color": ["step", ["zoom"], _COLOUR, 16, "#ffffff"],
            "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 1, 13, 2, 15, 3.5, 15.9, 4, 16, 8, 17, 11],
            "circle-stroke-color": ["step", ["zoom"], "#ffffff", 16, _COLOUR],
            "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 10, 0, 13, 0.5, 16, 1.5],
        },
    },
    {
        "type": "symbol",
        "minzoom": 16,
        "layout": {
            "icon-image": _ICON,
            "icon-size": ["interpolate", ["linear"], ["zoom"], 16, 0.6, 17, 0.8],
            "icon-allow-overlap": True,
            "text-field": ["step", ["zoom"], "", 16.5, ["get", "name"]],
            "text-font": ["Be Vietnam Pro Medium"],
            "text-size": 12,
            "text-offset": [0, 1.1],
            "text-anchor": "top",
            "text-optional": True,
            "text-max-width": 8,
        },
        "paint": {"text-color": _COLOUR, "text-halo-color": "#ffffff", "text-halo-width": 1.5},
    },
)


def place_url(code: str) -> str:
    """Return the address of a place's page, without language prefix."""
    return f"/places/{code}"


def legend() -> list[LegendEntry]:
    """Return the groups with their colours."""
    groups = Category.objects.filter(group=None)
    return [LegendEntry(match=group.code, label=_name_of(group), colour=group.colour) for group in groups]


def _name_of(category: Category) -> Callable[[], str]:
    return lambda: category.name(get_language() or "vi")


def search_places(text: str, limit: int, language: str) -> list[Hit]:
    """Find kinds ("atm" → the list of all ATMs) and places by name or code, with typing mistakes when nothing fits."""
    wanted = fold(text)
    known = {category.code: category for category in Category.objects.all()}
    kinds = [_kind_hit(category, language) for category in known.values() if wanted in _words(category)]
    places = Place.objects.live()
    found = places.filter(code=wanted) | places.filter(reference__iexact=text)
    if not found.exists():
        found = places.matching(text)
    hits = (_hit(place, known, language) for place in found.by_likeness(wanted)[:limit])
    return [*kinds, *hits][:limit]


def _words(category: Category) -> set[str]:
    return {fold(category.code), fold(category.name_vi), fold(category.name_en)}


def _kind_hit(category: Category, language: str) -> Hit:
    return Hit(
        kind="category",
        code=category.code,
        title=category.name(language),
        subtitle=str(_("All places of this kind")),
        url=f"/places/?category={category.code}",
        layer="places",
        score=1,
    )


def _hit(place: Place, categories: dict[str, Category], language: str) -> Hit:
    category = categories.get(place.category)
    kind = category.name(language) if category else place.category
    return Hit(
        kind="place",
        code=place.code,
        title=place.name_in(language)[0],
        subtitle=", ".join(filter(None, [kind, place.address])),
        url=place_url(place.code),
        layer="places",
        lon=round(place.lon, 6),
        lat=round(place.lat, 6),
        score=place.likeness,  # type: ignore[attr-defined]
    )


PLACES = Layer(
    id="places",
    title=_("Places"),
    model="tourism.Place",
    kind="point",
    group="tourism",
    zooms=(10, 15),
    order=60,
    properties=("name", "name_en", "category", "group", "stars", "stars_until"),
    style=_STYLE,
    source=REGISTER,
    rules=(
        hours_are_readable,
        hours_undo_nothing,
        phones_are_numbers,
        no_rows_are_missing,
        one_source,
        corrections_go_on,
        stars_are_awarded,
        lodgings_are_licensed,
        nobody_looked_ahead,
        prices_are_declared,
        entrances_are_near,
    ),
    on_publish=tasks.cover,
    search=search_places,
    url=place_url,
    legend=legend,
    legend_property="group",
    visible=True,
)

register(PLACES)
