"""Values in addresses: points, boxes, areas, moments, lists. Text → value, with what is wrong in plain words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import shapely
from django import forms
from django.utils.translation import gettext_lazy as _
from shapely import MultiPolygon

from portal.calendar import CITY_ZONE
from tourism.cursors import Cursor, parse_cursor

_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,12})?", re.ASCII)
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")
# West, south, east, north: metres of the city's zone mean nothing far from it.
_REACH = (98, 4, 120, 27)


def parse_numbers(text: str, count: int) -> list[float]:
    """Read `count` plain decimal numbers parted by commas; raises ValueError."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != count or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError(text)
    return [float(part) for part in parts]


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 moment from 1970 to 2100; one without zone is in the city's time. Raises ValueError."""
    # A plus that was not escaped arrives as a blank.
    moment = datetime.fromisoformat(_LOST_PLUS.sub("+", text))
    if not 1970 <= moment.year <= 2100:
        raise ValueError(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CITY_ZONE)


class PointField(forms.CharField):
    """lon,lat in WGS 84 degrees."""

    def clean(self, value: str | None) -> tuple[float, float] | None:
        """Return (lon, lat) or None."""
        text = super().clean(value)
        if not text:
            return None
        try:
            lon, lat = parse_numbers(text, 2)
        except ValueError:
            raise forms.ValidationError(
                _("Give longitude and latitude in degrees, such as 108.4419,11.9404.")
            ) from None
        west, south, east, north = _REACH
        if not (west <= lon <= east and south <= lat <= north):
            raise forms.ValidationError(
                _("This point is far outside Vietnam. Longitude comes first, such as 108.4419,11.9404.")
            )
        return lon, lat


class BoxField(forms.CharField):
    """west,south,east,north in WGS 84 degrees."""

    def clean(self, value: str | None) -> tuple[float, ...] | None:
        """Return (west, south, east, north) or None."""
        text = super().clean(value)
        if not text:
            return None
        try:
            west, south, east, north = box = parse_numbers(text, 4)
        except ValueError:
            west, south, east, north = box = [0, 0, -1, -1]
        # Web Mercator ends at 85°.
        if not (-180 <= west <= east <= 180 and -85 <= south <= north <= 85):
            raise forms.ValidationError(_("Give west,south,east,north in degrees, such as 108.42,11.93,108.46,11.96."))
        return tuple(box)


class AreaField(forms.CharField):
    """Polygons in WGS 84 degrees, as WKT."""

    def clean(self, value: str | None) -> MultiPolygon | None:
        """Return the polygons or None."""
        text = super().clean(value)
        if not text:
            return None
        area = shapely.from_wkt(text, on_invalid="ignore")
        if area is None or area.geom_type not in ("Polygon", "MultiPolygon") or area.is_empty or area.has_z:
            raise forms.ValidationError(
                _("Give a POLYGON or MULTIPOLYGON as WKT in degrees, such as POLYGON((108.43 11.93, …, 108.43 11.93)).")
            )
        west, south, east, north = area.bounds
        if not (-180 <= west <= east <= 180 and -85 <= south <= north <= 85):
            raise forms.ValidationError(_("Longitude comes first, in degrees (WGS 84)."))
        if not area.is_valid:
            where = ", ".join(re.findall(r"-?\d+(?:\.\d{1,5})?", shapely.is_valid_reason(area))[:2])
            raise forms.ValidationError(
                _("The outline crosses or touches itself near %(where)s. Give its corners in order."),
                params={"where": where},
            )
        return MultiPolygon([area]) if area.geom_type == "Polygon" else area


class MomentField(forms.CharField):
    """“now”, or an ISO 8601 moment; one without zone is in the city's time.

    `days` takes dates, too: their beginning, or with `whole_days` their end.
    """

    def __init__(self, *, days: bool = False, whole_days: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)
        self.days, self.whole_days = days or whole_days, whole_days
        # Set by the form that is asked.
        self.now: datetime | None = None

    def clean(self, value: str | None) -> datetime | None:
        """Return the moment or None."""
        text = super().clean(value)
        if not text:
            return None
        if text == "now":
            return self.now
        try:
            moment = parse_moment(text)
            is_day = "T" not in text
            if is_day and not self.days:
                raise ValueError(text)
        except ValueError:
            raise forms.ValidationError(self._wrong, params={"text": text}) from None
        return moment + timedelta(days=1) if is_day and self.whole_days else moment

    @property
    def _wrong(self) -> Any:
        if self.days:
            return _("“%(text)s” is no date. Write it like 2026-12-24, or a moment like 2026-12-24T20:00:00+07:00.")
        return _("“%(text)s” is no moment. Write “now”, or day and time like 2026-12-24T20:00:00+07:00.")


class CursorField(forms.CharField):
    """The end of the page before."""

    def clean(self, value: str | None) -> Cursor | None:
        """Return the cursor or None."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_cursor(text)
        except ValueError:
            raise forms.ValidationError(_("This is no cursor; follow the “next” link as it is.")) from None


class ListField(forms.CharField):
    """Words parted by commas."""

    def clean(self, value: str | None) -> tuple[str, ...]:
        """Return the words in order, without repetition."""
        text = super().clean(value)
        return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
