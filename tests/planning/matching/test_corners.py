from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.matching.corners import MAX_BYTES, CornersError, parse_corners, read_pairs

NORTHS = [1320566.81, 1320566.81, 1320576.81]
EASTS = [575165.38, 575185.38, 575185.38]
WANTED = [list(pair) for pair in zip(NORTHS, EASTS, strict=True)]
SWAPPED = [[east, north] for north, east in WANTED]


@pytest.mark.parametrize(
    "text",
    [
        "Số hiệu điểm\tX (m)\tY (m)\tChiều dài cạnh (m)\n1\t1320566.81\t575165.38\t20.00\n"
        "2\t1320566.81\t575185.38\t10.00\n3\t1320576.81\t575185.38\t22.36",
        "1\t1.320.566,81\t575.165,38\n20,00\n2\t1.320.566,81\t575.185,38\n10,00\n3\t1.320.576,81\t575.185,38",
        "1,1320566.81,575165.38,20.0\n2,1320566.81,575185.38,10.0\n3,1320576.81,575185.38,22.4",
        "1.320.566,81,575.165,38\n1.320.566,81,575.185,38\n1.320.576,81,575.185,38",
        "1,320,566.81 575,165.38; 1,320,566.81 575,185.38; 1,320,576.81 575,185.38",
        "1 1 320 566,81 575 165,38\n2 1 320 566,81 575 185,38\n3 1 320 576,81 575 185,38",
        "X 1320566.81 1320566.81 1320576.81\nY 575165.38 575185.38 575185.38",
        "1\n1320566.81\n575165.38\n20.0\n2\n1320566.81\n575185.38\n10.0\n3\n1320576.81\n575185.38",
        "| 1 | 1.320.566,81 | 575.165,38 |\r\n| 2 | 1.320.566,81 | 575.185,38 |\r\n| 3 | 1.320.576,81|575.185,38|",
        "1320566.81m;575165.38m\n1320566.81m;575185.38m\n1320576.81m;575185.38m",
        "1\t1320566.81 m\t575165.38 m\n2\t1320566.81 m\t575185.38 m\n3\t1320576.81 m\t575185.38 m",
        "1) 1.320.566,81m - 575.165,38m\n2) 1.320.566,81m - 575.185,38m\n3) 1.320.576,81m - 575.185,38m",
        "1 1320566.81 m 575165.38 m 2 1320566.81 m 575185.38 m 3 1320576.81 m 575185.38 m",
        "X=1320566.81 Y=575165.38 X=1320566.81 Y=575185.38 X=1320576.81 Y=575185.38",
        "Số vào sổ CH 123456, diện tích 120.000 m2\n1 1320566.81 575165.38\n2 1320566.81 575185.38\n"
        "3 1320576.81 575185.38\nngày 21/11/2026",
    ],
)
def test_a_table_is_read_in_any_shape(text: str) -> None:
    assert parse_corners(text).points.tolist() == WANTED


def test_east_before_north_stays_so_and_one_row_the_other_way_round_is_turned() -> None:
    rows = ["575165.38 1320566.81", "575185.38 1320566.81", "1320576.81 575185.38"]
    assert parse_corners("\n".join(rows)).points.tolist() == SWAPPED


@pytest.mark.parametrize(
    "text",
    [
        "11.940412, 108.441912\n11.940512, 108.441912\n11.940512, 108.442012",
        "11,940412; 108,441912\n11,940512; 108,441912\n11,940512; 108,442012",
        "11°56'25.4832\"N 108°26'30.8832\"E\n11°56'25.8432\"N 108°26'30.8832\"E\n11°56'25.8432\"N 108°26'31.2432\"E",
        "11°56′25,4832″B 108°26′30,8832″Đ\n11°56′25,8432″B 108°26′30,8832″Đ\n11°56′25,8432″B 108°26′31,2432″Đ",
    ],
)
def test_degrees_are_read_too(text: str) -> None:
    found = parse_corners(text)
    assert found.unit == "degree"
    wanted = [[11.940412, 108.441912], [11.940512, 108.441912], [11.940512, 108.442012]]
    assert found.points == pytest.approx(np.array(wanted), abs=1e-8)


def test_the_first_corner_repeated_at_the_end_is_one_corner() -> None:
    found = read_pairs([*WANTED, WANTED[0]])
    assert found.closed
    assert found.points.tolist() == WANTED
    rows = "\n".join(f"{north} {east}" for north, east in [*WANTED, WANTED[0]])
    heading = "GCN số CH 01234567, hồ sơ 0123456"
    assert parse_corners(f"{heading}\n{rows}").closed, "the heading's numbers make no corner more"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("abc", "no-corners"),
        ("", "no-corners"),
        ("1 2 3 4 5 6 7 8", "no-corners"),
        ("1320566.81 1320566.81 1320576.81", "no-corners"),
        ("1320566.81 575165.38\n1320566.81 575185.38", "too-few-corners"),
        ("1320566.81 575165.38\n" * 9, "too-few-corners"),
        ("\n".join(f"{1320000 + n}.5 575165.38" for n in range(501)), "too-many-corners"),
        ("1" * (MAX_BYTES + 1), "too-long"),
        ("9" * 9000 + "." * 9000, "no-corners"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(CornersError) as error:
        parse_corners(text)
    assert error.value.reason == reason


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(CornersError):
        assert len(parse_corners(text).points) >= 3


@given(
    st.lists(
        st.tuples(st.integers(130_000_000, 134_000_000), st.integers(55_000_000, 59_000_000)),
        min_size=3,
        max_size=30,
        unique=True,
    ),
    st.booleans(),
    st.sampled_from(["{:.2f}", "{:,.2f}", "vi"]),
    st.sampled_from([" ", "\t", "; ", " | "]),
)
def test_what_is_written_is_read_again(cents: list[tuple[int, int]], swapped: bool, style: str, separator: str) -> None:
    pairs = [(a / 100, b / 100)[:: -1 if swapped else 1] for a, b in cents]

    def write(number: float) -> str:
        text = ("{:,.2f}" if style == "vi" else style).format(number)
        return text.translate(str.maketrans(",.", ".,")) if style == "vi" else text

    table = "\n".join(f"{row}{separator}{write(a)}{separator}{write(b)}" for row, (a, b) in enumerate(pairs, start=1))
    assert [tuple(point) for point in parse_corners(table).points] == pairs
