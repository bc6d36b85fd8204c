"""The price row of the street segment nearest to a parcel."""

from dataclasses import dataclass
from datetime import date, datetime

from planning.sql import rows_of


@dataclass(frozen=True, kw_only=True)
class NearestSegment:
    """A row of a price table, VND per m² by position, and its distance in metres (EPSG:5899)."""

    code: str
    street: str
    from_street: str
    to_street: str
    prices: tuple[int | None, ...]
    decision: str
    in_force_from: date | None
    in_force_until: date | None
    table: str
    edition: int
    published: datetime | None
    distance_m: float


def nearest_segment(parcel_id: int, *, on: date) -> NearestSegment | None:
    """Return the live segment in force on a date that is nearest to the parcel; None when there is no price table."""
    rows = rows_of("nearest_segment", parcel=parcel_id, on=on)
    return NearestSegment(**{**rows[0], "prices": tuple(rows[0]["prices"])}) if rows else None
