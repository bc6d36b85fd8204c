"""OpenStreetMap's places: extracts as Overpass JSON, as GeoJSON made of it, as PBF or as XML.

They stay OpenStreetMap's: a dataset of their own under ODbL, told on each place, matched to the register's and never
mixed with them.
"""

from django.db.models import Q

from tiles.ingest.osm import ADDRESS, ENTRANCE_LAT, ENTRANCE_LON, KIND, REFERENCE, TABLE
from tiles.ingest.source import Column, Table
from tiles.models import Delivery, Edition
from tourism.facts import osm_kinds
from tourism.models import Place
from tourism.record import WHEELCHAIR

ATTRIBUTION = "© OpenStreetMap contributors"
LICENCE = "ODbL 1.0"


def credit(edition: Edition) -> None:
    """Let the delivery of OpenStreetMap's places name whose they are, whoever hands them over."""
    if Place.objects.of(edition).filter(source=Place.Source.OSM).exists():
        named = Q(supplier__startswith=ATTRIBUTION, licence__startswith=LICENCE)
        Delivery.objects.filter(~named, pk=edition.delivery_id).update(supplier=ATTRIBUTION, licence=LICENCE)


OSM_PLACES = Table(
    model="tourism.Place",
    names=(TABLE,),
    geometry="point",
    required=False,
    features=lambda: {row["feature"]: row["category"] for row in osm_kinds()},
    constants={"source": Place.Source.OSM},
    key=("reference",),
    code="{dataset}-{reference}",
    columns=(
        Column(field="reference", names=(REFERENCE,), required=True, max_length=60),
        Column(field="name", names=("name:vi", "name", "name:en", "brand", "operator"), required=True, max_length=255),
        Column(field="name_en", names=("name:en", "int_name"), max_length=255, lenient=True),
        Column(field="category", names=(KIND,), required=True),
        Column(field="address", names=(ADDRESS,), max_length=250, lenient=True),
        Column(
            field="phone", names=("phone", "contact:phone", "contact:mobile", "mobile"), max_length=255, lenient=True
        ),
        Column(field="website", names=("website", "contact:website", "url"), max_length=255, lenient=True),
        Column(field="opening_hours", names=("opening_hours",), max_length=255, lenient=True),
        Column(field="stars", names=("stars",), type="integer", minimum=1, maximum=5, lenient=True),
        Column(
            field="wheelchair",
            names=("wheelchair",),
            values=lambda: {word: word for word in WHEELCHAIR},
            lenient=True,
        ),
        Column(field="entrance_lon", names=(ENTRANCE_LON,), type="number", minimum=-180, maximum=180, lenient=True),
        Column(field="entrance_lat", names=(ENTRANCE_LAT,), type="number", minimum=-90, maximum=90, lenient=True),
        Column(field="description", names=("description:vi", "description"), lenient=True),
        Column(field="description_en", names=("description:en",), lenient=True),
    ),
)
