"""The tourist office's register of places: CSV with WGS 84 degrees, or GeoJSON with the same headings.

The layer takes OpenStreetMap's places by the same road, as a table of their own.
"""

from collections.abc import Iterable

from django.utils import translation

from portal.text import fold
from tiles.ingest.source import Column, Source, Table
from tiles.models import Edition, Issue
from tourism.models import Category
from tourism.record import AMENITIES, LICENCES, WHEELCHAIR
from tourism.sources import osm
from tourism.sql import complete_groups


def kinds() -> dict[str, str]:
    """Return what a register may call a category, folded, and the category's code."""
    return {
        fold(word): category.code
        for category in Category.objects.all()
        for word in (category.name_vi, category.name_en, category.code, category.code.replace("-", " "))
    }


def amenity_words() -> dict[str, str]:
    """Return what a register may call an amenity, folded, and the amenity's code."""
    named = {fold(code): code for code in AMENITIES}
    for language in ("vi", "en"):
        with translation.override(language):
            named |= {fold(str(name)): code for code, name in AMENITIES.items()}
    return named


def complete(edition: Edition) -> Iterable[Issue]:
    """Fill what follows from the delivered columns."""
    complete_groups(edition=edition.pk)
    osm.credit(edition)
    return ()


LICENCE_WORDS = {
    "con hieu luc": "valid",
    "tam dinh chi": "suspended",
    "thu hoi": "revoked",
    "het han": "expired",
    **{state: state for state in LICENCES},
}
WHEELCHAIR_WORDS = {"co": "yes", "mot phan": "limited", "khong": "no", **{word: word for word in WHEELCHAIR}}
RECORD = (
    Column(field="teaser", names=("GIOI_THIEU", "TEASER"), max_length=250),
    Column(field="teaser_en", names=("GIOI_THIEU_EN", "TEASER_EN"), max_length=250),
    Column(field="notes", names=("LUU_Y", "NOTES")),
    Column(field="notes_en", names=("LUU_Y_EN", "NOTES_EN")),
    Column(field="email", names=("EMAIL",), max_length=150),
    Column(field="page", names=("TRANG_CHINH_THUC", "PAGE"), max_length=250),
    Column(field="beneficiary", names=("TEN_THU_HUONG", "BENEFICIARY"), max_length=250),
    Column(field="licence_state", names=("GIAY_PHEP", "LICENCE_STATE"), values=lambda: LICENCE_WORDS),
    Column(field="licence_number", names=("SO_GIAY_PHEP", "LICENCE_NUMBER"), max_length=60),
    Column(field="stars_decision", names=("QD_SAO", "STARS_DECISION"), max_length=150),
    Column(field="stars_until", names=("HAN_SAO", "STARS_UNTIL"), type="date"),
    Column(field="price_from_vnd", names=("GIA_TU", "PRICE_FROM"), type="integer", minimum=0),
    Column(field="price_to_vnd", names=("GIA_DEN", "PRICE_TO"), type="integer", minimum=0),
    Column(field="priced_on", names=("NGAY_GIA", "PRICED_ON"), type="date"),
    Column(field="rooms", names=("SO_PHONG", "ROOMS"), type="integer", minimum=0),
    Column(field="seats", names=("SO_CHO", "SEATS"), type="integer", minimum=0),
    Column(field="amenities", names=("TIEN_NGHI", "AMENITIES"), values=amenity_words, unknown_level="warning"),
    Column(field="wheelchair", names=("XE_LAN", "WHEELCHAIR"), values=lambda: WHEELCHAIR_WORDS),
    Column(field="entrance_lon", names=("KINH_DO_CUA", "ENTRANCE_LON"), type="number", minimum=-180, maximum=180),
    Column(field="entrance_lat", names=("VI_DO_CUA", "ENTRANCE_LAT"), type="number", minimum=-90, maximum=90),
    Column(field="tags", names=("LOAI_KHAC", "TAGS"), values=kinds, unknown_level="warning"),
    Column(field="other_ids", names=("MA_KHAC", "OTHER_IDS")),
)

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
        Column(field="phone", names=("DIEN_THOAI", "PHONE"), max_length=255),
        Column(field="website", names=("WEBSITE",), max_length=255),
        Column(field="opening_hours", names=("GIO_MO_CUA", "OPENING_HOURS"), max_length=255),
        Column(field="kitchen_hours", names=("GIO_BEP", "KITCHEN_HOURS", "OPENING_HOURS:KITCHEN"), max_length=250),
        Column(field="ticket_hours", names=("GIO_VE", "TICKET_HOURS"), max_length=250),
        Column(field="last_entry_hours", names=("GIO_VAO_CUOI", "LAST_ENTRY_HOURS"), max_length=250),
        Column(field="stars", names=("HANG_SAO", "STARS"), type="integer", minimum=1, maximum=5),
        Column(field="price", names=("GIA", "PRICE"), max_length=100),
        Column(field="description", names=("MO_TA", "DESCRIPTION")),
        Column(field="description_en", names=("MO_TA_EN", "DESCRIPTION_EN")),
        Column(field="verified_on", names=("NGAY_XAC_MINH", "VERIFIED_ON"), type="date"),
        *RECORD,
    ),
)

TEXTS = Table(
    model="tourism.PlaceText",
    names=("BanDichDiaDiem", "PlaceTexts"),
    geometry="none",
    required=False,
    key=("place", "language"),
    code="{dataset}-{place}-{language}",
    columns=(
        Column(field="place", names=("MA_DIA_DIEM", "PLACE"), required=True, max_length=120),
        Column(field="language", names=("NGON_NGU", "LANGUAGE"), required=True, max_length=3),
        Column(field="name", names=("TEN", "NAME"), required=True, max_length=250),
        Column(field="teaser", names=("GIOI_THIEU", "TEASER"), max_length=250),
        Column(field="description", names=("MO_TA", "DESCRIPTION")),
        Column(field="notes", names=("LUU_Y", "NOTES")),
    ),
)

REGISTER = Source(id="register", tables=(PLACES, osm.OSM_PLACES, TEXTS), complete=complete)
