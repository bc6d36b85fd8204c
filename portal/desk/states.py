"""The life of a report as a table of allowed moves."""

from typing import Final

NEW: Final = "new"
ACCEPTED: Final = "accepted"
IN_PROGRESS: Final = "in-progress"
ANSWERED: Final = "answered"
RESOLVED: Final = "resolved"
REFUSED: Final = "refused"
REOPENED: Final = "reopened"

MOVES: Final[dict[str, tuple[str, ...]]] = {
    NEW: (ACCEPTED, REFUSED),
    ACCEPTED: (IN_PROGRESS, ANSWERED, REFUSED),
    IN_PROGRESS: (ANSWERED, RESOLVED),
    ANSWERED: (REOPENED,),
    RESOLVED: (REOPENED,),
    REFUSED: (REOPENED,),
    REOPENED: (IN_PROGRESS, ANSWERED, RESOLVED, REFUSED),
}

OPEN: Final = frozenset({NEW, ACCEPTED, IN_PROGRESS, REOPENED})

# The reporter is owed the words, not only the state.
OWES_NOTE: Final = frozenset({ANSWERED, RESOLVED, REFUSED, REOPENED})


def may_move(old: str, new: str) -> bool:
    """Tell whether a report may go from `old` to `new`."""
    return new in MOVES[old]
