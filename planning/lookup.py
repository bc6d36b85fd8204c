"""Finding one thing: a parcel by code or place, a street by its address, what is near a parcel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import numpy as np
from django.contrib.gis.db.models.functions import Area, Intersection
from django.contrib.gis.measure import A
from django.db.models import Count, FloatField, Func, Min, QuerySet, Sum
from django.utils.translation import get_language

from planning.extracts.answers import EditionUsed
from planning.live_editions import live_editions_at
from planning.models import LandUseArea, Plan, Road, StreetSegment, Zone
from planning.querysets import in_force_on
from planning.sql import asked, rows_of, statement
from portal.text import slug, storable
from tiles.geometry import LON_LAT_SRID, System, share_inside
from tiles.registry import find_layer, get_layer


@dataclass(frozen=True, kw_only=True)
class ParcelFacts:
    """A parcel as an answer needs it: `geojson` in WGS 84, `outline` as WKB and m² in EPSG:5899.

    `ward_code`, `ward_name`: whose map sheets number it; `ward_then_code`, `ward_then_name`: the unit in force on the
    date of the question. `formed_on`: when it was split off, merged or renumbered; None when nothing of it is known.
    `in_force_until`: the last day of one that is no more.
    `in_detailed_plan`: a published plan 1/500 in force on the date concerns it. `further_editions`: those of the units
    and of the projects; `rule_editions`: those that hold rules of prices.
    """

    pk: int
    code: str
    sheet: int
    number: int
    area_registered_m2: float | None
    land_use: str
    address: str
    area_measured_m2: float
    outline: bytes
    geojson: str
    ward_code: str
    ward_name: str
    ward_then_code: str
    ward_then_name: str
    dataset: str
    edition: int
    published: datetime | None
    formed_on: date | None
    in_force_until: date | None
    projects_published: bool
    in_detailed_plan: bool
    further_editions: tuple[EditionUsed, ...]
    rule_editions: tuple[EditionUsed, ...]


def find_parcel(code: str, *, on: date) -> ParcelFacts | None:
    """Return the parcel of a code with its facts on a date; one that was gone by then is not found."""
    return _facts("parcel_of_code", code=storable(code), on=on)


def find_parcel_at(lon: float, lat: float, *, on: date) -> ParcelFacts | None:
    """Return the parcel that covered a WGS 84 point on a date; on a common limit the first by code."""
    return _facts("parcel_at_point", lon=lon, lat=lat, on=on)


def in_city(lon: float, lat: float) -> bool:
    """Tell whether a WGS 84 point lies in the city or its margin."""
    return share_inside(np.array([[lon, lat]]), System(LON_LAT_SRID)) > 0


def _facts(which: str, **parameters: Any) -> ParcelFacts | None:
    rows = rows_of("parcel_facts", {"which": statement(which)}, **parameters)
    if not rows:
        return None
    [facts] = rows
    live = live_editions_at(tuple(facts.pop("revisions")))
    units = {facts.pop("ward_edition"), facts.pop("ward_then_edition")}
    return ParcelFacts(
        **{**facts, "outline": bytes(facts["outline"])},
        further_editions=live.further(units),
        rule_editions=live.rules,
    )


def find_plan(code: str) -> Plan | None:
    """Return the live plan of a code."""
    return Plan.objects.live().select_related("edition__dataset").filter(code=storable(code)).first()


def find_zone(code: str) -> Zone | None:
    """Return the live zone of a code."""
    return Zone.objects.live().select_related("edition__dataset").filter(code=storable(code)).first()


@dataclass(frozen=True, kw_only=True)
class Street:
    """A street by its name; `slug` is its address."""

    name: str

    @property
    def slug(self) -> str:
        """The street's part of an address."""
        return slug(self.name)


def streets() -> Iterator[Street]:
    """Every street that has a live road or a live price, by name."""
    named = set(StreetSegment.objects.live().values_list("street", flat=True).distinct())
    named.update(Road.objects.live().exclude(name="").values_list("name", flat=True).distinct())
    return (Street(name=name) for name in sorted(named))


def find_street(wanted: str) -> Street | None:
    """Return the street of an address part, or of the code of one of its price segments."""
    named = next((street for street in streets() if street.slug == wanted), None)
    if named:
        return named
    segment = StreetSegment.objects.live().filter(code=storable(wanted)).first()
    return Street(name=segment.street) if segment else None


def streets_matching(text: str) -> Iterator[Street]:
    """Streets whose name holds `text`, without regard to diacritics."""
    part = slug(text)
    return (street for street in streets() if part in street.slug)


def segments_of(street: Street, *, on: date) -> QuerySet[StreetSegment]:
    """Return the live price rows of a street in force on a date."""
    rows = StreetSegment.objects.live().in_force(on=on).select_related("edition__dataset")
    return rows.filter(street=street.name).order_by("-price_1", "code")


def pieces_of(street: Street) -> QuerySet[Road]:
    """Return the live road pieces of a street."""
    return Road.objects.live().filter(name=street.name).order_by("code")


def plan_of(zone: Zone) -> Plan | None:
    """Return the plan a zone belongs to."""
    return Plan.objects.of(zone.edition).select_related("edition__dataset").first()


def zones_then(zone: Zone, *, on: date) -> QuerySet[Any]:
    """Return the zones in force on a date on the ground of a zone, the largest part first; none of one undrawn."""
    if zone.geom is None:
        return Zone.objects.none()
    there = Zone.objects.live().filter(in_force_on(on), shape__intersects=zone.shape)
    parts = there.annotate(shared=Area(Intersection("geom", zone.geom)))
    return parts.filter(shared__gt=A(sq_m=1)).order_by("-shared", "code")


@dataclass(frozen=True, kw_only=True)
class UseOfPlan:
    """How many areas of a use a plan draws, and their m² (EPSG:5899)."""

    use: str
    use_name: str
    count: int
    area_m2: float

    @property
    def area_ha(self) -> float:
        """The area in hectares."""
        return self.area_m2 / 10_000


def uses_of_plan(plan: Plan) -> list[UseOfPlan]:
    """Return the uses a plan draws, the largest first."""
    model: Any = LandUseArea if plan.layer == "land-use" else Zone
    rows = (
        model.objects.of(plan.edition)
        .values("use")
        .annotate(
            use_name=Min("use_name"),
            count=Count("pk"),
            area_m2=Sum(Func("geom", function="ST_Area", output_field=FloatField())),
        )
        .order_by("-area_m2")
    )
    return [UseOfPlan(**row) for row in rows]


@dataclass(frozen=True, kw_only=True)
class Near:
    """A row of another layer and its distance in metres (EPSG:5899)."""

    code: str
    title: str
    kind: str
    distance_m: float


# What began after a date, or was over by then, was not there; years that are not known hold always.
_IN_YEAR = "coalesce(row.year_from, %(year)s) <= %(year)s AND coalesce(row.year_until, %(year)s) >= %(year)s"


def near(parcel_id: int, within_m: Mapping[str, int], *, on: date, limit: int) -> dict[str, list[Near]]:
    """Return the live rows of some layers nearest to a parcel on a date, by layer, each within its metres.

    `kind` is a row's category or kind; a title is in the active language where the row has one in it.
    """
    english = get_language() == "en"
    # A city without one of the packages has no such layer, and nothing of it near.
    questions = [_near_of(each, metres, english=english) for each, metres in within_m.items() if find_layer(each)]
    found: dict[str, list[Near]] = {layer_id: [] for layer_id in within_m}
    if not questions:
        return found
    for row in asked("UNION ALL\n".join(questions), parcel=parcel_id, limit=limit, year=on.year):
        found[row.pop("layer")].append(Near(**{**row, "title": row["title"] or row["code"]}))
    return found


@cache
def _near_of(layer_id: str, within_m: int, *, english: bool) -> str:
    meta = get_layer(layer_id).rows._meta
    fields = {field.name for field in meta.get_fields()}
    title = "name" if "name" in fields else "code"
    kind = next((name for name in ("category", "kind") if name in fields), "code")
    return statement("near").format(
        layer=layer_id,
        table=f'"{meta.db_table}"',
        title="coalesce(nullif(row.name_en, ''), row.name)" if english and "name_en" in fields else f'row."{title}"',
        kind=f'row."{kind}"',
        when=_IN_YEAR if "year_from" in fields else "true",
        within_m=within_m,
    )
