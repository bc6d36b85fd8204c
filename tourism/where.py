"""Where people say they are: a point in the order their telephone gives it, the name of a place, or an address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.text import fold, nfc
from tiles.registry import Hit, find_layer
from tourism.fields import PointField, parse_numbers
from tourism.models import Place

# How a point is told together with what it is called.
_NAMED = re.compile(r"(?P<name>.*\S)\s*\((?P<point>[^()]*)\)")
# Nothing of Vietnam has a latitude this high, nor a longitude this low.
_PARTING_DEGREE = 90
_OFFERED = 5
# What knows addresses: houses, then streets and alleys.
_ADDRESSES = ("parcels", "roads")


class WhereField(PointField):
    """A point in WGS 84 degrees, longitude or latitude first, or a place's name or an address that only one has.

    After a point's name the point stands in brackets.
    """

    def clean(self, value: str | None) -> tuple[float, float] | None:
        """Return (lon, lat) or None; what may be several places is not guessed at."""
        _name, text = part_name(nfc(forms.CharField.clean(self, value)))
        try:
            first, second = parse_numbers(text, 2)
        except ValueError:
            return _find(text) if any(letter.isalpha() for letter in text) else super().clean(text)
        return super().clean(f"{second},{first}" if first < _PARTING_DEGREE < second else text)


def part_name(text: str) -> tuple[str, str]:
    """Return what a place was called, and the point behind it in brackets or else the whole text."""
    named = _NAMED.fullmatch(text)
    if named and _is_point(named["point"]):
        return named["name"], named["point"]
    return ("" if _is_point(text) else text), text


def _is_point(text: str) -> bool:
    try:
        return bool(parse_numbers(text, 2))
    except ValueError:
        return False


def _find(text: str) -> tuple[float, float]:
    wanted = fold(text)
    places = list(Place.objects.live().matching(text).by_likeness(wanted)[:_OFFERED])
    named = [place for place in places if wanted in (fold(place.name), fold(place.name_en))]
    if len(named) == 1:
        return named[0].lon_lat
    if not named and (door := Place.objects.live().filter(address__iexact=text).order_by("code").first()):
        return door.lon_lat
    # A street gives many places a part of their name.
    addresses = [] if named else _find_addresses(text)
    if len(addresses) == 1:
        return addresses[0][1]
    if len(places) == 1:
        return places[0].lon_lat
    if offered := [name for name, _point in addresses] or _names(named or places):
        raise forms.ValidationError(
            _("Which place? Write one of these names: %(names)s."), params={"names": "; ".join(offered)}
        )
    raise forms.ValidationError(
        _(
            "No place or address is called “%(name)s”. Write another name, a street with its number such as "
            "12 Bùi Thị Xuân, or coordinates such as 11.9404,108.4419."
        ),
        params={"name": text},
    )


def _names(places: Sequence[Place]) -> list[str]:
    """Return names that tell places apart: of those called alike the addresses."""
    names = list(dict.fromkeys(place.name for place in places))
    return names if len(names) > 1 else list(dict.fromkeys(place.address for place in places if place.address)) or names


def _find_addresses(text: str) -> list[tuple[str, tuple[float, float]]]:
    """Return the houses of exactly this address with their points, else the street or alley of this name."""
    for name in _ADDRESSES:
        layer = find_layer(name)
        hits: list[Hit] = layer.search(text, _OFFERED, "vi") if layer and layer.search else []
        # Of a house the subtitle is the address, after the ward.
        exact = [
            (hit.subtitle.partition(", ")[2] if name == "parcels" else hit.title, (hit.lon, hit.lat))
            for hit in hits
            if hit.score == 1 and hit.lon is not None and hit.lat is not None
        ]
        if exact:
            return exact
    return []


class WhereForm(forms.Form):
    """Where the reader is, if they say so."""

    near = WhereField(label=_("Near (a place, an address or coordinates)"), required=False, max_length=100)
