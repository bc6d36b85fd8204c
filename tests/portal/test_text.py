"""Texts without what nobody sees."""

from unicodedata import normalize

import pytest

from portal.text import visible


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
