"""How a price table looks: thousand đ per m², one row a street segment. It has no geometry: the roads do.

The rules that lead from the table to a price come as a second table, in the same file or as a dataset of their own.
"""

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


RULE_KINDS = {
    "quy hoach 1/500": "plan-500",
    "vi tri": "position",
    "ty le hem": "alley-share",
    "dat nong nghiep": "agricultural",
    "dat chua su dung": "unused",
    "muc dich": "use",
    "them mat tien": "frontage",
    "tran mat tien": "frontage-cap",
    "mat tien hep": "narrow",
    "chenh cao": "height",
    "hem dat": "earth-alley",
    "cach duong": "distance",
    "chieu sau": "depth",
    "chieu sau tiep": "depth-further",
    "san chieu sau": "depth-floor",
    "dat co nha": "house",
    "he so nam": "coefficient",
    "gia san": "floor",
    "gia tran": "cap",
    "lam tron": "rounding",
    "nhieu loi": "highest",
}


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
            required=False,
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
        Table(
            model="planning.PriceRule",
            names=("QuyTacGiaDat",),
            geometry="none",
            required=False,
            columns=(
                Column(field="kind", names=("QUY_TAC",), required=True, values=lambda: RULE_KINDS),
                Column(field="order", names=("THU_TU",), type="integer", required=True, minimum=1),
                Column(field="uses", names=("LOAI_DAT",), max_length=250),
                Column(field="areas", names=("DIA_BAN",), max_length=250),
                Column(field="position", names=("VI_TRI",), type="integer", minimum=1, maximum=4),
                Column(field="level", names=("CAP",), type="integer", minimum=1, maximum=9),
                Column(field="low", names=("TU",), type="number", minimum=0),
                Column(field="high", names=("DEN",), type="number", minimum=0),
                Column(field="year", names=("NAM",), type="integer", minimum=1990, maximum=2100),
                Column(field="percent", names=("TY_LE",), type="number", minimum=0, maximum=1000),
                Column(field="price", names=("GIA",), type="integer", scale=THOUSAND, minimum=0),
                Column(field="text_vi", names=("NOI_DUNG",), required=True, max_length=250),
                Column(field="text_en", names=("NOI_DUNG_EN",), max_length=250),
                Column(field="clause", names=("DIEU_KHOAN",), max_length=100),
                Column(field="decision", names=("VAN_BAN",), max_length=250),
                Column(field="in_force_from", names=("HIEU_LUC_TU",), type="date"),
                Column(field="in_force_until", names=("HIEU_LUC_DEN",), type="date"),
            ),
        ),
    ),
    complete=complete,
)
