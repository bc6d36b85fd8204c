"""What the register says of a place beside name, kind and hours: texts, contacts, licence, prices, access."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

WHEELCHAIR = {"yes": _("step-free"), "designated": _("made for wheelchairs"), "limited": _("partly"), "no": _("no")}
LICENCES = {"valid": _("valid"), "suspended": _("suspended"), "revoked": _("revoked"), "expired": _("expired")}
AMENITIES = {
    "wifi": _("Wi-Fi"),
    "parking": _("parking"),
    "pool": _("pool"),
    "restaurant": _("restaurant"),
    "garden": _("garden"),
    "heating": _("heating"),
    "cards": _("cards accepted"),
    "toilets": _("toilets"),
    "pets": _("pets welcome"),
    "delivery": _("delivery"),
}


def _text(length: int) -> Any:
    return models.CharField(max_length=length, db_default=Value(""))


def _words() -> Any:
    return ArrayField(models.CharField(max_length=40), db_default=Value([]))


class PlaceRecord(models.Model):
    """The further columns of a place; an empty one is not known."""

    # One sentence for lists; what one should know before going.
    teaser = _text(250)
    teaser_en = _text(250)
    notes = models.TextField(db_default=Value(""))
    notes_en = models.TextField(db_default=Value(""))
    email = _text(150)
    # The official page in a social network, and the name that receives payments: impostors use others.
    page = _text(250)
    beneficiary = _text(250)
    licence_state = _text(20)
    licence_number = _text(60)
    stars_decision = _text(150)
    stars_until = models.DateField(null=True)
    # VND, as the place declared on a day.
    price_from_vnd = models.PositiveIntegerField(null=True)
    price_to_vnd = models.PositiveIntegerField(null=True)
    priced_on = models.DateField(null=True)
    rooms = models.PositiveIntegerField(null=True)
    seats = models.PositiveIntegerField(null=True)
    amenities = _words()
    wheelchair = _text(20)
    # The main entrance in WGS 84 degrees, where it is not the place's own point.
    entrance_lon = models.FloatField(null=True)
    entrance_lat = models.FloatField(null=True)
    # Further kinds, and numbers in other registers such as wikidata:Q1074.
    tags = _words()
    other_ids = _words()

    class Meta:
        abstract = True

    @property
    def entrance(self) -> tuple[float, float] | None:
        """Return longitude and latitude of the main entrance, when both are known."""
        lon, lat = self.entrance_lon, self.entrance_lat
        return None if lon is None or lat is None else (lon, lat)

    @property
    def page_url(self) -> str:
        """Return the official page when a browser may follow it, else ""."""
        return self.page if re.match(r"https?://[^\s/]", self.page) else ""

    @property
    def wheelchair_words(self) -> Any:
        """Return what is known of access by wheelchair, in words."""
        return WHEELCHAIR.get(self.wheelchair, "")

    @property
    def licence_words(self) -> Any:
        """Return the state of the licence in words."""
        return LICENCES.get(self.licence_state, "")

    @property
    def amenity_words(self) -> list[Any]:
        """Return the amenities in words; one that is none of ours as it was written."""
        return [AMENITIES.get(one, one) for one in self.amenities]
