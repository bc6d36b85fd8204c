"""The cast of the tests on planning: rows as a publication leaves them, metres from the middle of town."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, LineString, Polygon

from planning.models import LandUseArea, Parcel, Plan, Road, StreetSegment, Ward, Zone
from tiles.models import SURVEY_SRID, Dataset, Delivery, Edition

# The middle of town in EPSG:5899; shapes are given in metres from here.
EAST, NORTH = 575165, 1320567
# Editions of the cast were published here, a minute after one another: before any moment a test speaks of.
BEGAN = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)


def box(west: float, south: float, east: float, north: float, *, holes: tuple[GEOSGeometry, ...] = ()) -> Polygon:
    """A rectangle in metres from the middle of town."""
    outer = Polygon.from_bbox((EAST + west, NORTH + south, EAST + east, NORTH + north))
    return Polygon(outer.exterior_ring, *(hole.exterior_ring for hole in holes), srid=SURVEY_SRID)


def line(*spots: tuple[float, float]) -> LineString:
    """A line in metres from the middle of town."""
    return LineString([(EAST + x, NORTH + y) for x, y in spots], srid=SURVEY_SRID)


def make_edition(layer: str, code: str, *, live: bool = True) -> Edition:
    """An edition of a dataset; live unless told otherwise, the one before retires."""
    dataset, _ = Dataset.objects.get_or_create(layer=layer, code=code, defaults={"title_vi": f"Tập {code}"})
    number = Delivery.objects.filter(dataset=dataset).count()
    moment = BEGAN + timedelta(minutes=number)
    delivery = Delivery.objects.create(dataset=dataset, sha256=f"{number:064}", name="x.gpkg", size=1, received=moment)
    if live:
        Edition.objects.filter(dataset=dataset, state="live").update(state="retired")
    return Edition.objects.create(
        dataset=dataset,
        delivery=delivery,
        state="live" if live else "staged",
        staged=moment,
        published=moment if live else None,
    )


def _make(model: Any, edition: Edition, code: str, geom: GEOSGeometry | None, **fields: Any) -> Any:
    row = model.objects.filter(edition=edition).count() + 1
    live = edition.state == "live"
    return model.objects.create(edition=edition, code=code, live=live, row=row, geom=geom, **fields)


def make_ward(edition: Edition, code: str, geom: GEOSGeometry, **fields: Any) -> Ward:
    return _make(Ward, edition, code, geom, **{"name": code, "kind": "ward", **fields})


def make_parcel(edition: Edition, sheet: int, number: int, geom: GEOSGeometry, **fields: Any) -> Parcel:
    code = f"{edition.dataset.code}-{sheet}-{number}"
    values = {"ward": edition.dataset.code, "land_use": "ODT", "area_registered_m2": round(geom.area, 1), **fields}
    return _make(Parcel, edition, code, geom, sheet=sheet, number=number, **values)


def make_plan(edition: Edition, geom: GEOSGeometry, **fields: Any) -> Plan:
    code = edition.dataset.code
    values = {"layer": edition.dataset.layer, "title": f"Quy hoạch {code}", "level": "subdivision", **fields}
    return _make(Plan, edition, code, geom, **values)


def make_zone(edition: Edition, number: int, use: str, geom: GEOSGeometry, **fields: Any) -> Zone:
    return _make(Zone, edition, f"{edition.dataset.code}-{number}", geom, use=use, use_name=f"tên {use}", **fields)


def make_area(edition: Edition, number: int, use: str, geom: GEOSGeometry, **fields: Any) -> LandUseArea:
    return _make(LandUseArea, edition, f"{edition.dataset.code}-{number}", geom, use=use, **fields)


def make_road(edition: Edition, name: str, geom: GEOSGeometry, **fields: Any) -> Road:
    number = Road.objects.filter(edition=edition).count() + 1
    return _make(Road, edition, f"road-{number}", geom, name=name, **{"road_class": "street", **fields})


def make_segment(edition: Edition, street: str, prices: tuple[int | None, ...], **fields: Any) -> StreetSegment:
    number = StreetSegment.objects.filter(edition=edition).count() + 1
    values = {f"price_{i}": price for i, price in enumerate(prices, start=1)}
    code = fields.pop("code", f"gia-{number}")
    return _make(StreetSegment, edition, code, fields.pop("geom", None), street=street, **values, **fields)
