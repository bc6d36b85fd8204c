"""How a price table looks: thousand đ per m², one row a street segment. It has no geometry: the roads do."""

from collections.abc import Iterator

from django.db import connection

from planning.sql import statement
from tiles.ingest.source import Column, Source, Table
from tiles.models import Edition, Issue

THOUSAND = 1000


def segment_shapes(edition: Edition) -> None:
    """Give each row the line of the live road pieces with its street and both ends."""
    with connection.cursor() as cursor:
        cursor.execute(statement("segment_shapes"), {"edition": edition.pk})


def complete(edition: Edition) -> Iterator[Issue]:
    """Put the rows on the map; rows that find no road are the business of a rule."""
    segment_shapes(edition)
    return iter(())


def _price(position: int) -> Column:
    return Column(
        field=f"price_{position}",
        names=(f"GIA_VT{position}", f"VT{position}"),
        type="integer",
        required=position == 1,
        scale=THOUSAND,
    )


PRICES = Source(
    id="prices",
    tables=(
        Table(
            model="planning.StreetSegment",
            geometry="none",
            key=("street", "from_street", "to_street"),
            code="{dataset}-{street}-{from_street}-{to_street}",
            columns=(
                Column(field="street", names=("TEN_DUONG",), required=True, max_length=150),
                Column(field="from_street", names=("TU_DIEM",), required=True, max_length=150),
                Column(field="to_street", names=("DEN_DIEM",), required=True, max_length=150),
                *(_price(position) for position in (1, 2, 3, 4)),
                Column(field="decision", names=("VAN_BAN",), max_length=250),
                Column(field="in_force_from", names=("HIEU_LUC_TU",), type="date"),
                Column(field="in_force_until", names=("HIEU_LUC_DEN",), type="date"),
            ),
        ),
    ),
    complete=complete,
)
