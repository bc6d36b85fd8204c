"""What in a place's name tells it from others of its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from portal.text import fold
from tourism.facts import generic_words

_WORD = re.compile(r"[a-z0-9]+")
_BRACKETS = re.compile(r"[()\[\]/|]")
# "Hoa Hồng - Lê Lợi": the branch of a name that others have too.
_BRANCH = re.compile(r"\s+[-–—]\s+")
# One name holds all words of the other and more, or one tells its branch and the other does not.
_PART = 0.85
_BRANCH_UNTOLD = 0.92
_OTHER_BRANCH = 0.5
_SHORT = 8


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names of a place, folded: each as telling words and branch, whole without blanks, and the kinds they tell."""

    told: tuple[tuple[str, str], ...]
    wholes: frozenset[str]
    kinds: frozenset[str]


def read_names(*names: str) -> Names:
    """Take names apart: "Khách sạn Hoa Hồng Đà Lạt - Lê Lợi" tells "hoa hong", the branch "le loi" and a hotel.

    A name that consists of generic words alone stays whole; what stands in brackets is a name too.
    """
    parts = [_BRANCH.split(part, maxsplit=1) for name in names for part in _BRACKETS.split(name) if part.strip()]
    words = [(_words(main), _words("".join(branch))) for main, *branch in parts]
    kinds = {_kinds()[found] for main, _ in words for found in _generic().findall(f" {main} ")}
    return Names(
        told=tuple(dict.fromkeys((_core(main), _core(branch)) for main, branch in words if main)),
        wholes=frozenset(f"{main}{branch}".replace(" ", "") for main, branch in words if main),
        kinds=frozenset(filter(None, kinds)),
    )


def similarity(these: Names, those: Names) -> float:
    """Return how alike the best pair of names is, from 0 to 1; names of which numbers differ are not."""
    if these.wholes & those.wholes:
        return 1.0
    return max((_alike(this, that) for this in these.told for that in those.told), default=0.0)


def _words(text: str) -> str:
    """Return the words, folded; "HoaHồng" is two."""
    apart = "".join(
        f" {letter}" if letter.isupper() and last.islower() else letter for last, letter in pairwise(f" {text}")
    )
    return " ".join(_WORD.findall(fold(apart)))


def _core(words: str) -> str:
    return " ".join(_generic().sub(" ", f" {words} ").split()) or words


@cache
def _kinds() -> dict[str, str]:
    rows = {row["words"]: row["kind"] for row in generic_words()}
    return rows | {words.replace(" ", ""): kind for words, kind in rows.items()}


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{'|'.join(sorted(_kinds(), key=len, reverse=True))})(?= )")


def _alike(this: tuple[str, str], that: tuple[str, str]) -> float:
    (this_name, this_branch), (that_name, that_branch) = this, that
    most = 1.0
    if bool(this_branch) != bool(that_branch):
        most = _BRANCH_UNTOLD
    elif _spelt(this_branch, that_branch) < _PART:
        most = _OTHER_BRANCH
    return min(most, _spelt(this_name, that_name))


@lru_cache(maxsize=100_000)
def _spelt(this: str, that: str) -> float:
    """Return how alike words are, whatever their order and blanks: a part of the letters is exchanged, lost or new."""
    if this == that:
        return 1.0
    if _numbers(this) != _numbers(that):
        return 0.0
    words, others = this.split(), that.split()
    ordered = _letters("".join(sorted(words)), "".join(sorted(others)))
    joined = _letters("".join(words), "".join(others))
    held = set(words) <= set(others) or set(others) <= set(words)
    return max(joined, ordered, _PART if held and words and others else 0.0)


def _letters(this: str, that: str) -> float:
    # One slip of the finger in a short name is no more than in a long one.
    return max(0.0, 1 - OSA.distance(this, that) / max(len(this), len(that), _SHORT))


def _numbers(words: str) -> list[str]:
    return sorted(word.lstrip("0") for word in words.split() if word.isdigit())
