"""The price row of the street segment nearest to a parcel."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from planning.sql import statement


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
    with connection.cursor() as cursor:
        cursor.execute(statement("nearest_segment"), {"parcel": parcel_id, "on": on})
        row = cursor.fetchone()
    if row is None:
        return None
    code, street, from_street, to_street, one, two, three, four, *rest = row
    decision, in_force_from, in_force_until, table, edition, published, distance_m = rest
    return NearestSegment(
        code=code,
        street=street,
        from_street=from_street,
        to_street=to_street,
        prices=(one, two, three, four),
        decision=decision,
        in_force_from=in_force_from,
        in_force_until=in_force_until,
        table=table,
        edition=edition,
        published=published,
        distance_m=distance_m,
    )
