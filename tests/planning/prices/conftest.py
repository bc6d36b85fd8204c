"""Two price tables and their rules over the block of town."""

from datetime import date

import pytest

from fixtures import tables
from planning.models import PriceRule, Road, StreetSegment
from tests.planning import make
from tests.planning.conftest import Block
from tests.planning.prices.rule_sets import rule_row


def make_rules(table: str, **dates: date) -> None:
    edition = make.make_edition("prices", f"quy-tac-{table}")
    for number, row in enumerate((row for row in tables.rows("price_rules") if row["table"] == table), start=1):
        values = vars(rule_row(number, row)) | dates
        PriceRule.objects.create(edition=edition, code=f"{table}-{number}", live=True, **values)


@pytest.fixture
def priced(block: Block) -> Block:
    """The street of the block by the tables and rules of two times."""
    make_rules("2026", in_force_from=date(2026, 1, 1))
    make_rules("2020", in_force_from=date(2020, 1, 1), in_force_until=date(2025, 12, 31))
    StreetSegment.objects.update(code="2026-1")
    earlier = make.make_edition("prices", "2020")
    make.make_segment(
        earlier,
        "Phan Đình Phùng",
        (20_000_000, 10_000_000, 12_000_000, 4_000_000),
        geom=make.line((-50, -10), (50, -10)),
        from_street="Đầu đường",
        to_street="Hùng Vương",
        decision="Quyết định 88",
        in_force_from=date(2020, 1, 1),
        in_force_until=date(2025, 12, 31),
    )
    Road.objects.filter(name="Phan Đình Phùng").update(width_m=12)
    Road.objects.filter(name__startswith="Hẻm").update(
        width_m=4, alley_level=1, parent_street="Phan Đình Phùng", surface="đất"
    )
    return block
