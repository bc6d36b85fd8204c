import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.coordinates import find_coordinates, find_fault


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
        "11.9404N 108.4419E",
        "N11.9404 E108.4419",
        "Toạ độ: 11,9404 – 108,4419",
        "(11.9404; 108.4419)",
        "108°26'30.8\"E, 11°56'25.4\"N",
        "11°56'25,4''B; 108°26'30,8''Đ",
        "11°56.4233' N 108°26.5133' E",
        "11 56 25.4 N 108 26 30.8 E",
        "N11 56 25.4, E108 26 30.8",
        "11:56:25.4 108:26:30.8",
        "11 56.4233 N 108 26.5133 E",
        "11d56'25.4\"N 108d26'30.8\"E",
        "11 độ 56 phút 25,4 giây Bắc, 108 độ 26 phút 30,8 giây Đông",
        "1320566.809m 575165.379m",
        "1 320 566.809; 575 165.379",
        "https://www.google.com/maps/place/11%C2%B056'25.4%22N+108%C2%B026'30.8%22E/@11.95,108.45,17z/"
        "data=!3m1!4b1!4m4!3m3!8m2!3d11.9404!4d108.4419",
        "https://www.google.com/maps/place/11%C2%B056'25.4%22N+108%C2%B026'30.8%22E",
        "https://maps.google.com/?q=11.9404,108.4419",
        "https://www.google.com/maps?q=loc:11.9404,+108.4419",
        "https://www.google.com/maps/search/11.9404,+108.4419",
        "https://www.google.com/maps/search/?api=1&query=11.9404%2C108.4419",
        "https://www.google.com/maps/dir/12.1,108.2/11.9404,108.4419",
        "https://www.openstreetmap.org/?mlat=11.9404&mlon=108.4419#map=15/11.9/108.4",
        "https://map.coccoc.com/map?lat=11.9404&lng=108.4419&z=16",
        "https://map.coccoc.com/map?borders=11.9,108.4,12.0,108.5&lng=108.4419&lat=11.9404",
        "https://example.org/?latitude=11.9404&longitude=108.4419",
        "https://www.bing.com/maps?cp=11.9404~108.4419&lvl=15",
        "https://www.bing.com/maps?sp=point.11.9404_108.4419_Da%20Lat",
        "https://maps.apple.com/?ll=11.9404,108.4419",
        "https://waze.com/ul?ll=11.9404,108.4419",
        "GEO:11.9404,108.4419;u=35",
        "geo:0,0?q=11.9404,108.4419(Nhà)",
        "POINT(108.4419 11.9404)",
        "lat=11.9404&lon=108.4419",
        '{"lat": 11.9404, "lng": 108.4419}',
        "[108.4419, 11.9404]",
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
    for text in ("221600 1321500", "UTM 49N E221600 N1321500", "UTM zone 49 221600 1321500", "49P 221600 1321500"):
        [reading] = find_coordinates(text)
        assert reading.system.srid == 3406


@pytest.mark.parametrize(
    "text",
    ["12/345", "tờ 12 thửa 345", "12 345", "hẻm 12/3/4", "48.85, 2.35", "12 Phan Đình Phùng", "", "108", "1 2 3"],
)
def test_other_numbers_are_no_coordinates(text: str) -> None:
    assert find_coordinates(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("11.9404, 108.4419", ""),
        ("48.85, 2.35", "outside-city"),
        ("0.0, 0.0", "outside-city"),
        ("-33.8, 151.2", "outside-city"),
        ("-11.9404, 108.4419", "outside-city"),
        ("11.9404 -108.4419", "outside-city"),
        ("1320566 175165", "outside-city"),
        ("https://www.google.com/maps/@48.85,2.35,15z", "outside-city"),
        ("21°01'42\"N 105°51'12\"E", "outside-city"),
        ("11°76'25\"N 108°26'31\"E", "malformed"),
        ("11°56'25\"N", "malformed"),
        ("11.9404", "malformed"),
        ("https://www.google.com/maps", "malformed"),
        ("geo:", "malformed"),
        ("https://maps.app.goo.gl/AbCd", "short-link"),
        ("goo.gl/maps/AbCd", "short-link"),
        ("12/345", ""),
        ("12 345", ""),
        ("1.5 2.5", ""),
        ("5 Phan Đình Phùng", ""),
        ("tờ 12 thửa 345", ""),
        ("", ""),
    ],
)
def test_a_point_that_cannot_be_used_says_why(text: str, fault: str) -> None:
    assert find_fault(text) == fault


@given(st.text(alphabet="0123456789 .,°'\"NEBĐ-/:;~@!q=?&#geo", max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert (find_fault(text) == "") or not find_coordinates(text)
