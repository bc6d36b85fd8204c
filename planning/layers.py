"""What planning publishes on the map: the package's table of contents."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext_lazy as _

from planning import (
    cartography,
    issues,  # noqa: F401  registers the kinds of issues
    rules,
    search,
    search_plans,
)
from planning.models import Project
from planning.shares import ensure_shares
from planning.sources import base, cadastre, construction, landuse, prices, projects
from planning.uses import System, Use, uses_of
from tiles.dates import FROM, UNTIL
from tiles.registry import Layer, LegendEntry, register

# What a map of a date needs to know of a row.
DATES = (FROM, UNTIL)


def _page(kind: str) -> Callable[[str], str]:
    return lambda code: f"/{kind}/{code}"


def _name(use: Use) -> Callable[[], str]:
    # Names follow the language of each request.
    return lambda: use.name


def legend_of_uses(system: System) -> list[LegendEntry]:
    """Return every use of a system with its colour and code; colours repeat, codes do not."""
    return [
        LegendEntry(match=use.code, label=_name(use), colour=use.colour, code=use.code)
        for use in uses_of(system).values()
    ]


def legend_of_projects() -> list[LegendEntry]:
    """Return the kinds of projects."""
    return [
        LegendEntry(match=kind, label=kind.label, colour=cartography.PROJECT_COLOURS[kind]) for kind in Project.Kind
    ]


def legend_of_prices() -> list[LegendEntry]:
    """Return the steps of position 1's price."""
    lows = [low for low, _colour in cartography.PRICE_STEPS]
    highs = [*lows[1:], None]
    return [
        LegendEntry(match=str(low), label=partial(search.price_range, low, high), colour=colour)
        for (low, colour), high in zip(cartography.PRICE_STEPS, highs, strict=True)
    ]


register(
    Layer(
        id="land-use",
        title=_("Land-use plan"),
        model="planning.LandUseArea",
        kind="polygon",
        group="planning",
        zooms=(10, 15),
        order=10,
        properties=("use", "use_name", "name", "period", *DATES),
        style=cartography.LAND_USE,
        source=landuse.LAND_USE,
        rules=rules.PLAN_RULES,
        on_publish=ensure_shares,
        search=search_plans.search_land_use_plans,
        legend=partial(legend_of_uses, "land-use"),
        legend_property="use",
    ),
    Layer(
        id="green",
        title=_("Parks and pine woods"),
        model="planning.Green",
        kind="polygon",
        group="base",
        zooms=(9, 15),
        order=12,
        properties=("name", "kind"),
        style=cartography.GREEN,
        source=base.GREEN,
        visible=True,
    ),
    Layer(
        id="water",
        title=_("Lakes and streams"),
        model="planning.Water",
        kind="polygon",
        group="base",
        zooms=(8, 15),
        order=14,
        properties=("name", "kind"),
        style=cartography.WATER,
        source=base.WATER,
        visible=True,
    ),
    Layer(
        id="zones",
        title=_("Construction plans"),
        model="planning.Zone",
        kind="polygon",
        group="planning",
        zooms=(10, 16),
        order=16,
        properties=("use", "use_name", "name", "floors_max", "stage", "level", *DATES),
        style=cartography.ZONES,
        source=construction.ZONES,
        rules=rules.PLAN_RULES,
        on_publish=ensure_shares,
        search=search_plans.search_plans,
        url=_page("zones"),
        legend=partial(legend_of_uses, "construction"),
        legend_property="use",
        visible=True,
    ),
    Layer(
        id="parcels",
        title=_("Parcels"),
        model="planning.Parcel",
        kind="polygon",
        group="planning",
        zooms=(14, 17),
        order=20,
        properties=("sheet", "number", "land_use", *DATES),
        style=cartography.PARCELS,
        source=cadastre.PARCELS,
        rules=rules.PARCEL_RULES,
        on_publish=ensure_shares,
        search=search.search_parcels,
        url=_page("parcels"),
        visible=True,
    ),
    Layer(
        id="buildings",
        title=_("Buildings"),
        model="planning.Building",
        kind="polygon",
        group="base",
        zooms=(14, 16),
        order=22,
        properties=("name", "kind", "floors"),
        style=cartography.BUILDINGS,
        source=base.BUILDINGS,
        visible=True,
    ),
    Layer(
        id="roads",
        title=_("Roads"),
        model="planning.Road",
        kind="line",
        group="base",
        zooms=(10, 16),
        order=24,
        properties=("name", "road_class"),
        style=cartography.ROADS,
        source=base.ROADS,
        search=search.search_streets,
        visible=True,
    ),
    Layer(
        id="wards",
        title=_("Wards"),
        model="planning.Ward",
        kind="polygon",
        group="base",
        zooms=(8, 14),
        order=30,
        properties=("name", "kind", *DATES),
        style=cartography.WARDS,
        source=base.WARDS,
        rules=rules.WARD_RULES,
        search=search.search_wards,
        url=_page("wards"),
        visible=True,
    ),
    Layer(
        id="prices",
        title=_("Land prices"),
        model="planning.StreetSegment",
        kind="line",
        group="planning",
        zooms=(11, 15),
        order=40,
        properties=("street", "from_street", "to_street", "price_1", "price_2", "price_3", "price_4", *DATES),
        style=cartography.PRICES,
        source=prices.PRICES,
        rules=rules.PRICE_RULES,
        url=_page("streets"),
        legend=legend_of_prices,
    ),
    Layer(
        id="projects",
        title=_("Projects"),
        model="planning.Project",
        kind="polygon",
        group="planning",
        zooms=(10, 15),
        order=42,
        properties=("name", "kind", "status", "year_from", "year_until"),
        style=cartography.PROJECTS,
        source=projects.PROJECTS,
        legend=legend_of_projects,
        legend_property="kind",
    ),
)
