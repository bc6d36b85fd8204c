"""Texts without what nobody sees, in the language that is read."""

from unicodedata import normalize

import pytest
from django.utils.translation import override

from portal.text import told, visible


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u200d", "\u202e", "\u2066", "\u2069", "\u00ad", "\ufeff", "\x07", "\U000e0041"]
)
def test_what_nobody_sees_is_left_out(sign: str) -> None:
    assert visible(f"{sign}Thông{sign} Xanh{sign}") == "Thông Xanh"


@pytest.mark.parametrize(
    "text",
    [
        "Quán Ngữ Nghĩa", normalize("NFD", "Quán Ngữ Nghĩa, Đường Bùi Thị Xuân"), "a\tb\nc", "Café – “Đà Lạt” 🌲",
        # Persian, Khmer and Hindi need what joins and parts their letters.
        "می\u200cخواهم", "ខ្ញុំ\u200bទៅ", "क्\u200dष",
    ],
)  # fmt: skip
def test_what_is_written_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("language", "english", "expected"), [("vi", "Lake", "Hồ"), ("en", "Lake", "Lake"), ("en", "", "Hồ")]
)
def test_english_is_told_where_it_is_read_and_there(language: str, english: str, expected: str) -> None:
    with override(language):
        assert told("Hồ", english) == expected
