"""Whether a column may hold a person's name, number or contact, told from its heading, however that is spelled."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from portal.text import fold, nfc
from tiles.ingest import legacy
from tiles.ingest import personal_words as tables

Words = tuple[str, ...]
# A DBF keeps ten bytes of a name, without the half of a letter; of fewer letters a cut term could be anything.
DBF_BYTES: Final = 10
LEAST_OF_A_CUT_TERM: Final = 5
# Where all letters with marks are of these, the heading is Vietnamese as it stands.
VIETNAMESE_OF_LATIN_1: Final = "àáâãèéêìíòóôõùúý"
# Longer words are no heading's; they are not parted.
LONGEST_WORD: Final = 80


def names_person(heading: str) -> bool:
    """Tell whether a column with this heading may hold personal data."""
    return any(_names_person(reading) for reading in _readings(heading))


def _names_person(heading: str) -> bool:
    parts = _parts(heading)
    glued = "".join(re.sub(r"\d", "", fold(part)) for part in parts)
    if any(term in glued for term in _INSIDE):
        return True
    cut = _may_be_cut(heading)
    words = [word for part in parts for word in _split(part, cut=cut)]
    left = tuple(fold(word) for word in _without_things(words))
    if left in _ALONE or any(_longest(_PERSONAL, left[at:]) for at in range(len(left))):
        return True
    return cut and any(_is_cut_term(words[at:]) for at in range(len(words)))


def _may_be_cut(heading: str) -> bool:
    # Ten letters, too, where each was a byte before it was decoded.
    sizes = len(heading), len(heading.encode())
    return DBF_BYTES in sizes or (DBF_BYTES - 3 < sizes[1] < DBF_BYTES and not heading.isascii())


def _readings(heading: str) -> Iterator[str]:
    """Yield a heading as it stands, and as it reads when its letters are those of TCVN3 or VNI shown as Latin-1."""
    yield heading
    if any(not sign.isascii() and sign not in VIETNAMESE_OF_LATIN_1 for sign in nfc(heading).lower()):
        try:
            yield from legacy.previews(heading.encode("latin-1")).values()
        except UnicodeEncodeError:
            return


def _parts(heading: str) -> list[str]:
    """Part a heading at signs, digits and capitals within it: txtHoTen1 → txt, Ho, Ten."""
    text = nfc(heading)
    spaced = "".join(
        f" {sign}" if sign.isupper() and at and text[at - 1].islower() else sign for at, sign in enumerate(text)
    )
    return re.findall(r"[^\W\d_]+", spaced)


def _split(part: str, *, cut: bool) -> list[str]:
    """Part a word that several known words make up without blanks; another stays whole. `cut`: the last may lack."""
    plain = fold(part)
    if len(plain) > LONGEST_WORD:
        return [part]
    # From each place to the end, the words that make it up, the longest first.
    ways: list[list[str] | None] = [*([None] * len(plain)), []]
    for at in reversed(range(len(plain))):
        for word in _KNOWN:
            rest = ways[at + len(word)] if plain.startswith(word, at) else None
            if rest is not None:
                ways[at] = [word, *rest]
                break
        if ways[at] is None and cut and any(word.startswith(plain[at:]) for word in _KNOWN):
            ways[at] = [plain[at:]]
    whole = ways[0]
    return [part] if whole is None or len(whole) == 1 else whole


def _without_things(words: list[str]) -> Iterator[str]:
    """Yield the words that belong to no thing; a term for a person that is longer than the thing's goes before."""
    marked = tuple(nfc(word).lower() for word in words)
    folded = tuple(fold(word) for word in words)
    at = 0
    while at < len(words):
        thing = max(_longest(_THINGS, folded[at:]), _longest(_MARKED_THINGS, marked[at:]))
        person = _longest(_PERSONAL, folded[at:])
        if thing and thing >= person:
            at += thing
        else:
            yield from words[at : at + max(person, 1)]
            at += max(person, 1)


def _longest(terms: frozenset[Words], words: Words) -> int:
    """Return how many words the longest term takes that `words` begin with."""
    return next((size for size in range(min(len(words), _MOST_WORDS), 0, -1) if words[:size] in terms), 0)


def _is_cut_term(words: list[str]) -> bool:
    tail = fold("".join(words))
    if len(tail) < LEAST_OF_A_CUT_TERM or any("".join(term).startswith(tail) for term in _THINGS):
        return False
    # The first word alone says too little: of hộ khẩu it takes a letter of khẩu.
    return any("".join(term).startswith(tail) and (len(term) == 1 or len(tail) > len(term[0])) for term in _PERSONAL)


@cache
def _terms(table: str, *, marked: bool = False) -> frozenset[Words]:
    read = (lambda term: nfc(term).lower()) if marked else fold
    return frozenset(tuple(read(term).split()) for term in table.split(",") if term.strip())


_PERSONAL: Final = _terms(tables.PERSONAL)
_ALONE: Final = _terms(tables.PERSONAL_ALONE)
_INSIDE: Final = frozenset(word for (word,) in _terms(tables.PERSONAL_INSIDE))
_THINGS: Final = _terms(tables.THINGS)
_MARKED_THINGS: Final = _terms(tables.MARKED_THINGS, marked=True)
_MOST_WORDS: Final = max(len(term) for term in _PERSONAL | _THINGS | _MARKED_THINGS)
# One letter is in every word.
_KNOWN: Final = sorted(
    {word for term in _PERSONAL | _THINGS | _terms(tables.OTHERS) for word in term if len(word) > 1},
    key=len,
    reverse=True,
)
