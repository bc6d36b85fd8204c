import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.desk.codes import ALPHABET, check_character, make_code, parse_code

bodies = st.text(ALPHABET, min_size=10, max_size=10)


def test_a_code_is_new_every_time_and_reads_back():
    codes = {make_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(parse_code(code) == code for code in codes)


def test_a_code_is_read_as_people_write_it():
    body = "1070000000"
    kept = parse_code(body + check_character(body))
    loose = kept.lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert parse_code(loose) == kept
    assert kept.startswith("DL-1070-0000-00")


@given(bodies, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(body, position, other):
    wrong = body[:position] + other + body[position + 1 :]
    code = wrong + check_character(body)
    if wrong == body:
        assert parse_code(code)
    else:
        with pytest.raises(ValueError, match=code):
            parse_code(code)


@pytest.mark.parametrize(
    "text", ["", "DL", "DL-7K3M", "DL-UUUU-UUUU-UUU", "'; DROP TABLE--", "x" * 9000, "DL-0000-0000-00\x00"]
)
def test_nonsense_is_no_code(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        parse_code(text)
