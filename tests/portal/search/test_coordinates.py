import pytest

from portal.search.coordinates import find_coordinates


@pytest.mark.parametrize(
    "text",
    [
        "11.9404, 108.4419",
        "108.4419 11.9404",
        "11,9404; 108,4419",
        "11.9404° N, 108.4419° E",
        "vĩ độ 11.9404 kinh độ 108.4419",
        "11°56'25.4\"N 108°26'30.8\"E",
        "11°56′25,4″ B, 108°26′30,8″ Đ",
        "1320566.809 575165.379",
        "575165 1320567",
        "X=1.320.566,809; Y=575.165,379",
        "VN-2000 Y 575165.379 X 1320566.809",
        "https://www.google.com/maps/@11.9404,108.4419,15z",
        "https://www.openstreetmap.org/#map=15/11.9404/108.4419",
        "http://127.0.0.1:8000/?z=15.2&lon=108.4419&lat=11.9404",
        "geo:11.9404,108.4419",
    ],
)
def test_a_coordinate_is_understood_in_any_notation(text: str) -> None:
    reading = find_coordinates(text)[0]
    assert (reading.lon, reading.lat) == pytest.approx((108.4419, 11.9404), abs=2e-5)
    # The official shift of Decision 05/2007/QĐ-BTNMT.
    assert (reading.east, reading.north) == pytest.approx((575165.379, 1320566.809), abs=3)


def test_three_decimals_are_not_taken_for_thousands() -> None:
    assert find_coordinates("11.940 108.442")[0].lon == pytest.approx(108.442)


def test_another_zone_is_recognised_and_named() -> None:
    [reading] = find_coordinates("221600 1321500")
    assert reading.system.srid == 3406


@pytest.mark.parametrize(
    "text",
    ["12/345", "tờ 12 thửa 345", "12 345", "hẻm 12/3/4", "48.85, 2.35", "12 Phan Đình Phùng", "", "108", "1 2 3"],
)
def test_other_numbers_are_no_coordinates(text: str) -> None:
    assert find_coordinates(text) == []
