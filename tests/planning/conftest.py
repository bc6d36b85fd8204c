"""The stage of the tests on planning: a block of town with two plans, roads, prices and wards of two times."""

from dataclasses import dataclass
from datetime import date

import pytest

from planning.models import Parcel
from planning.shares import compute_missing
from tests.planning import make


@dataclass(frozen=True)
class Block:
    """Parcels 1 and 2 of ward 1 under a subdivision plan and a land-use plan; parcel 1 of ward 2 beside them."""

    straddling: Parcel
    outside: Parcel
    neighbour: Parcel


@pytest.fixture
def block(db: None) -> Block:
    wards = make.make_edition("wards", "city")
    old_end, new_start = date(2025, 6, 30), date(2025, 7, 1)
    make.make_ward(wards, "p1", make.box(-100, -100, 100, 100), name="Phường 1", in_force_until=old_end)
    make.make_ward(wards, "p2", make.box(100, -100, 300, 100), name="Phường 2", in_force_until=old_end)
    make.make_ward(
        wards,
        "xuan-huong-da-lat",
        make.box(-100, -100, 300, 100),
        name="Phường Xuân Hương - Đà Lạt",
        in_force_from=new_start,
        made_of="p1,p2",
    )
    roads = make.make_edition("roads", "city")
    ends = {"from_street": "Đầu đường", "to_street": "Hùng Vương"}
    make.make_road(roads, "Phan Đình Phùng", make.line((-50, -10), (50, -10)), **ends)
    make.make_road(roads, "Hẻm 12 Phan Đình Phùng", make.line((0, -10), (0, -60)), road_class="alley")
    prices = make.make_edition("prices", "2026")
    make.make_segment(
        prices,
        "Phan Đình Phùng",
        (40_000_000, 20_000_000, None, 8_000_000),
        geom=make.line((-50, -10), (50, -10)),
        decision="Nghị quyết 99",
        in_force_from=date(2026, 1, 1),
        **ends,
    )
    parcels, beside = make.make_edition("parcels", "p1"), make.make_edition("parcels", "p2")
    straddling = make.make_parcel(parcels, 12, 345, make.box(0, 0, 20, 10), address="5 Phan Đình Phùng")
    outside = make.make_parcel(parcels, 12, 346, make.box(60, 0, 80, 10), land_use="ODT+CLN")
    neighbour = make.make_parcel(beside, 12, 345, make.box(150, 0, 170, 10))
    plan = make.make_edition("zones", "qpk-01")
    make.make_plan(plan, make.box(0, 0, 50, 50), decision="QĐ 1237", in_force_from=date(2015, 6, 8))
    make.make_zone(plan, 1, "OM", make.box(0, 0, 12.4, 50), floors_max=4, density_max_percent=60)
    make.make_zone(plan, 2, "CX", make.box(12.4, 0, 50, 50))
    land_use = make.make_edition("land-use", "qhsdd-2030")
    make.make_plan(land_use, make.box(-100, -100, 300, 100), level="land-use", in_force_until=date(2030, 12, 31))
    make.make_area(land_use, 1, "ODT", make.box(-100, -100, 75, 100))
    compute_missing()
    return Block(straddling=straddling, outside=outside, neighbour=neighbour)
