"""The cast of the tests on places: rows as a publication leaves them."""

from typing import Any

from django.contrib.gis.geos import Point
from django.utils import timezone

from tiles.models import Dataset, Delivery, Edition
from tourism import schedules
from tourism.models import Category, Place

# Chợ Đà Lạt and a place 1.2 km from it.
MARKET = (108.4369, 11.9429)
STATION = (108.4545, 11.9415)


def make_edition(code: str = "utilities", state: str = "live") -> Edition:
    """Return an edition of places, supplied by the tourist office."""
    dataset, _ = Dataset.objects.get_or_create(layer="places", code=code, defaults={"title_vi": code})
    number = dataset.deliveries.count()
    delivery = Delivery.objects.create(
        dataset=dataset,
        sha256=f"{number:064}",
        name=f"{code}.csv",
        size=1,
        supplier="Sở Du lịch (minh họa)",
        licence="Dữ liệu minh họa",
        received=timezone.now(),
    )
    return Edition.objects.create(
        dataset=dataset, delivery=delivery, state=state, staged=timezone.now(), published=timezone.now()
    )


def make_place(code: str = "atm-1", at: tuple[float, float] = MARKET, **fields: Any) -> Place:
    """Return a live ATM at the market, or what `fields` make of it."""
    live = fields.pop("live", True)
    edition = fields.pop("edition", None) or Edition.objects.filter(state="live").first() or make_edition()
    category = Category.objects.get(code=fields.pop("category", "atm"))
    values: dict[str, Any] = {
        "reference": code,
        "name": code,
        "category": category.code,
        "group": category.group_id or category.code,
        "geom": Point(*at, srid=4326).transform(5899, clone=True),
        "row": Place.objects.count() + 1,
    }
    place = Place.objects.create(code=code, live=live, edition=edition, **{**values, **fields})
    schedules.work_out(on=timezone.localdate())
    return Place.objects.get(pk=place.pk)
