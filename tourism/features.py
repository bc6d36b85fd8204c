"""Places as GeoJSON, built by the database: no place becomes a Python object on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.gis.db.models.functions import AsGeoJSON, Transform
from django.db.models import Case, F, JSONField, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, NullIf, Round

from tourism.querysets import PlaceQuerySet


def _or_null(field: str) -> NullIf:
    return NullIf(field, Value(""))


def _in_english(field: str) -> Coalesce:
    return Coalesce(_or_null(f"{field}_en"), _or_null(field))


# Vietnamese; the English answer replaces some.
PROPERTIES: dict[str, Any] = {
    "code": F("code"),
    "slug": F("code"),
    "category": F("category"),
    "group": F("group"),
    "name": F("name"),
    "lang": Value("vi"),
    "description": _or_null("description"),
    "opening_hours": _or_null("opening_hours"),
    "open": F("open"),
    "address": _or_null("address"),
    "phone": _or_null("phone"),
    "website": _or_null("website"),
    "stars": F("stars"),
    "price": _or_null("price"),
    "verified_on": F("verified_on"),
    "source": _or_null("edition__delivery__supplier"),
    "licence": _or_null("edition__delivery__licence"),
    "url": F("code"),
    "distance_m": F("distance_m"),
}
_ENGLISH = {
    "name": _in_english("name"),
    "lang": Case(When(~Q(name_en=""), then=Value("en")), default=Value("vi")),
    "description": _in_english("description"),
}


def render_features(places: PlaceQuerySet, *, language: str, address: str, names: Sequence[str] = ()) -> PlaceQuerySet:
    """Annotate `feature`: the place as GeoJSON text with id, code and the properties named (none: all).

    `places` carries `open`, and `distance_m` where the list goes by distance; `address` is the list's address,
    to which a code is added.
    """
    chosen = {name: PROPERTIES[name] for name in ("code", *(names or PROPERTIES))}
    if "distance_m" in places.query.annotations:
        chosen["distance_m"] = Round("distance_m", precision=1)
    else:
        chosen.pop("distance_m", None)
    if "url" in chosen:
        chosen["url"] = Concat(Value(address), "code")
    if language == "en":
        chosen |= {name: expression for name, expression in _ENGLISH.items() if name in chosen}
    feature = JSONObject(
        type=Value("Feature"),
        id=F("pk"),
        geometry=Cast(AsGeoJSON(Transform("geom", 4326), precision=7), JSONField()),
        properties=JSONObject(**chosen),
    )
    return places.annotate(feature=Cast(feature, TextField()))
