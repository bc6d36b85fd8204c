"""One search box: every searchable layer is asked, the answers are merged and ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import cos, hypot, radians

from django.conf import settings
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.search import parcels_at
from portal.search.coordinates import Reading, find_coordinates
from portal.text import fold, nfc
from tiles.geometry import LON_LAT_SRID
from tiles.registry import Hit, Layer, all_layers

MAX_TEXT = 200
MAX_HITS = 50
_KM_PER_DEGREE = 111.2


def find(
    text: str, *, limit: int, language: str, near: tuple[float, float] | None = None, on: date | None = None
) -> list[Hit]:
    """Return what `text` may mean: exact before beginning before part before typing mistake.

    With `on`, only what is in force on that date, and addresses that keep it; without, what was in force once, too.
    Within a rank the layer's own score decides, and nearness to `near` (lon, lat) where it is given.
    """
    # A map link is longer than anything else that is worth asking for.
    coordinates = find_coordinates(nfc(text))
    wanted = nfc(text)[:MAX_TEXT]
    if not fold(wanted):
        return []
    with translation.override(language):
        if coordinates:
            hits = [hit for reading in coordinates for hit in _point_hits(reading)]
        else:
            # Nearness may lift what a layer ranks low, and a date leaves some out, so more of it is asked for.
            each = min(limit * 5, MAX_HITS) if near or on else limit
            hits = [hit for layer in all_layers() for hit in _ask(layer, wanted, each, language)]
            hits = [hit for hit in hits if on is None or hit.in_force(on)]
            hits = sorted(dict.fromkeys(hits), key=lambda hit: _order(hit, fold(wanted), near))
    return [replace(hit, url=_localised(_dated(hit.url, on), language)) for hit in hits[:limit]]


def _ask(layer: Layer, text: str, limit: int, language: str) -> list[Hit]:
    named = [_layer_hit(layer)] if len(fold(text)) > 2 and fold(str(layer.title)).startswith(fold(text)) else []
    return [*named, *(layer.search(text, limit, language) if layer.search else [])]


def _order(hit: Hit, wanted: str, near: tuple[float, float] | None) -> tuple[int, float, str, str]:
    score = hit.score
    if near and hit.lon is not None and hit.lat is not None:
        score += 1 / (1 + _distance_km(near, (hit.lon, hit.lat)))
    return _rank(hit, wanted), -score, hit.title, hit.code


def _rank(hit: Hit, wanted: str) -> int:
    """Exact 0 (also where the layer is sure: a score of 1), beginning 1, part 2, typing mistake 3."""
    title, code = fold(hit.title), fold(hit.code)
    if hit.score >= 1 or wanted in (title, code):
        return 0
    if title.startswith(wanted) or code.startswith(wanted):
        return 1
    return 2 if wanted in f"{title} {code} {fold(hit.subtitle)}" else 3


def _distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two (lon, lat) near each other."""
    return hypot((a[0] - b[0]) * cos(radians(a[1])), a[1] - b[1]) * _KM_PER_DEGREE


def _layer_hit(layer: Layer) -> Hit:
    return Hit(
        kind="layer",
        code=layer.id,
        title=str(layer.title),
        subtitle=_("Map layer"),
        url=f"/?layers={layer.id}",
        layer=layer.id,
        score=0.9,
    )


def _point_hits(reading: Reading) -> list[Hit]:
    """Return the parcel at a point, then the point itself."""
    parcels = parcels_at(reading.lon, reading.lat)
    return [*parcels, _coordinate_hit(reading, empty=not parcels)]


def _coordinate_hit(reading: Reading, *, empty: bool) -> Hit:
    metres = {
        "north": number_format(round(reading.north, 2), 2, force_grouping=True),
        "east": number_format(round(reading.east, 2), 2, force_grouping=True),
    }
    subtitle = _("VN-2000 107°45′: X (north) %(north)s m, Y (east) %(east)s m") % metres
    if reading.system.srid != LON_LAT_SRID:
        subtitle += " · " + _("read as %(system)s") % {"system": f"EPSG:{reading.system.srid}"}
    if empty:
        subtitle += " · " + _("no published parcel here: it may be a road, water or forest")
    lon, lat = round(reading.lon, 6), round(reading.lat, 6)
    return Hit(
        kind="coordinate",
        code=f"{lat:.6f},{lon:.6f}",
        title=f"{lat:.6f}, {lon:.6f}",
        subtitle=subtitle,
        url=f"/?z=17&lon={lon:.6f}&lat={lat:.6f}",
        layer="",
        lon=lon,
        lat=lat,
        score=1,
    )


def _dated(url: str, on: date | None) -> str:
    """Keep the date in the address."""
    return f"{url}{'&' if '?' in url else '?'}on={on}" if on else url


def _localised(url: str, language: str) -> str:
    """Add the language's prefix, which the default language has not."""
    prefix = f"/{language}/"
    return url if language == settings.LANGUAGE_CODE or url.startswith(prefix) else f"/{language}{url}"
