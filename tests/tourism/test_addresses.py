"""An address in parts: what is written, and the ward of a day before and after the units were merged."""

from datetime import date
from typing import Any

import pytest
from django.contrib.gis.geos import Polygon
from django.test import Client

from tests.tourism.make import STATION, make_edition, make_place
from tiles.registry import get_layer
from tourism.addresses import parse_address
from tourism.models import Place

MERGED = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("text", "house", "alley", "street"),
    [
        ("228 Đan Kia, Phường 7, Đà Lạt", "228", "", "Đan Kia"),
        ("136/4 Hoàng Văn Thụ, Phường 5, Đà Lạt", "136/4", "136", "Hoàng Văn Thụ"),
        ("Số 7 hẻm 148/2 đường Phan Đình Phùng", "7", "148/2", "Phan Đình Phùng"),
        ("hẻm 12 Pasteur", "", "12", "Pasteur"),
        ("12A Tà Nung - Mê Linh, Xã Tà Nung", "12A", "", "Tà Nung - Mê Linh"),
        ("12 3 Tháng 2, Phường 1", "12", "", "3 Tháng 2"),
        ("đường 3 Tháng 2, Phường 1", "", "", "3 Tháng 2"),
        ("3 Tháng 2, Phường 1", "", "", ""),
        ("Đà Lạt, Lâm Đồng", "", "", ""),
        ("Chợ Đà Lạt", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_text_is_read_as_far_as_it_tells(text: str, house: str, alley: str, street: str) -> None:
    written = parse_address(text)
    assert (written.house_number, written.alley, written.street) == (house, alley, street)


@pytest.fixture
def market(db: None) -> Place:
    """The market, in Phường 1 until the wards were merged."""
    units = (
        ("p1", "Phường 1", (108.43, 11.93, 108.44, 11.95), None, date(2025, 6, 30)),
        ("p9", "Phường 9", (108.45, 11.93, 108.46, 11.95), None, date(2025, 6, 30)),
        ("xh", "Phường Xuân Hương", (108.4, 11.9, 108.5, 12), MERGED, None),
    )
    wards: Any = get_layer("wards").rows
    for code, name, box, since, until in units:
        shape = Polygon.from_bbox(box)
        shape.srid = 4326
        wards.objects.create(
            code=code, name=name, kind="ward", live=True, in_force_from=since, in_force_until=until,
            edition=make_edition(code), geom=shape.transform(5899, clone=True),
        )  # fmt: skip
    return make_place("market", edition=make_edition("places"), address="6 Nguyễn Thị Minh Khai, Phường 1, Đà Lạt")


def parts(client: Client, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/places/market", query).json()["properties"]["details"]["address_parts"]
    return found


@pytest.mark.usefixtures("market")
def test_the_ward_is_the_one_of_the_day_asked(client: Client) -> None:
    told = parts(client)
    assert (told["house_number"], told["alley"], told["street"]) == ("6", None, "Nguyễn Thị Minh Khai")
    assert told["ward"]["name"] == "Phường Xuân Hương"
    assert parts(client, on="2025-06-30")["ward"]["code"] == "p1"
    assert parts(client, on="2025-07-01")["ward"]["code"] == "xh"
    assert [(one["code"], one["in_force_until"]) for one in told["wards"]] == [("p1", "2025-06-30"), ("xh", None)]
    answer = client.get("/api/v1/places/market", {"on": "30/02/2025"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.usefixtures("market")
def test_the_address_as_one_text_stays(client: Client) -> None:
    told = client.get("/api/v1/places/market").json()["properties"]
    assert told["address"] == "6 Nguyễn Thị Minh Khai, Phường 1, Đà Lạt"
    [listed] = client.get("/api/v1/places?fields=details").json()["features"]
    assert listed["properties"]["details"]["address_parts"] == told["details"]["address_parts"]


@pytest.mark.usefixtures("market")
def test_the_page_names_the_ward_and_the_one_before(client: Client) -> None:
    page = client.get("/en/places/market").content.decode()
    assert page.index("Phường Xuân Hương</span>") < page.index("Phường 1</span> until 30/06/2025")
    assert "Phường 9" not in page


@pytest.mark.usefixtures("market")
def test_a_place_in_no_unit_has_no_ward(client: Client) -> None:
    make_place("station", STATION, edition=make_edition("others"))
    told = client.get("/api/v1/places/station", {"on": "2025-01-01"}).json()["properties"]["details"]["address_parts"]
    assert (told["ward"]["code"], told["street"]) == ("p9", None)
    make_place("far", (108.3, 11.8), edition=make_edition("further"))
    told = client.get("/api/v1/places/far").json()["properties"]["details"]["address_parts"]
    assert (told["ward"], told["wards"]) == (None, [])
