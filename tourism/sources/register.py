"""The tourist office's register of places: CSV with WGS 84 degrees, or GeoJSON with the same headings.

The layer takes OpenStreetMap's places by the same road, as a table of their own.
"""

from collections.abc import Iterable

from portal.text import fold
from tiles.ingest.source import Column, Source, Table
from tiles.models import Edition, Issue
from tourism.models import Category
from tourism.sources import osm
from tourism.sql import complete_groups


def kinds() -> dict[str, str]:
    """Return what a register may call a category, folded, and the category's code."""
    return {
        fold(word): category.code
        for category in Category.objects.all()
        for word in (category.name_vi, category.name_en, category.code, category.code.replace("-", " "))
    }


def complete(edition: Edition) -> Iterable[Issue]:
    """Fill what follows from the delivered columns."""
    complete_groups(edition=edition.pk)
    osm.credit(edition)
    return ()


PLACES = Table(
    model="tourism.Place",
    geometry="point",
    required=False,
    lon_lat=(("KINH_DO", "LON", "LONGITUDE"), ("VI_DO", "LAT", "LATITUDE")),
    key=("reference",),
    code="{dataset}-{reference}",
    columns=(
        Column(field="reference", names=("MA", "MA_SO", "ID"), required=True, max_length=60),
        Column(field="name", names=("TEN", "NAME"), required=True, max_length=250),
        Column(field="name_en", names=("TEN_EN", "NAME_EN"), max_length=250),
        Column(field="category", names=("LOAI", "CATEGORY"), required=True, values=kinds),
        Column(field="address", names=("DIA_CHI", "ADDRESS"), max_length=250),
        Column(field="phone", names=("DIEN_THOAI", "PHONE"), max_length=100),
        Column(field="website", names=("WEBSITE",), max_length=250),
        Column(field="opening_hours", names=("GIO_MO_CUA", "OPENING_HOURS"), max_length=250),
        Column(field="stars", names=("HANG_SAO", "STARS"), type="integer", minimum=1, maximum=5),
        Column(field="price", names=("GIA", "PRICE"), max_length=100),
        Column(field="description", names=("MO_TA", "DESCRIPTION")),
        Column(field="description_en", names=("MO_TA_EN", "DESCRIPTION_EN")),
        Column(field="verified_on", names=("NGAY_XAC_MINH", "VERIFIED_ON"), type="date"),
    ),
)

REGISTER = Source(id="register", tables=(PLACES, osm.OSM_PLACES), complete=complete)
