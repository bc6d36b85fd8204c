"""The life of an edition and of a revision as tables of allowed moves."""

from typing import Final

STAGED: Final = "staged"
CHECKED: Final = "checked"
APPROVED: Final = "approved"
LIVE: Final = "live"
RETIRED: Final = "retired"
REJECTED: Final = "rejected"

MOVES: Final[dict[str, frozenset[str]]] = {
    STAGED: frozenset({CHECKED, REJECTED}),
    CHECKED: frozenset({APPROVED, REJECTED}),
    APPROVED: frozenset({LIVE, REJECTED}),
    LIVE: frozenset({RETIRED}),
    RETIRED: frozenset({LIVE}),
    REJECTED: frozenset(),
}


def may_move(old: str, new: str) -> bool:
    """Tell whether an edition may go from `old` to `new`."""
    return new in MOVES[old]
