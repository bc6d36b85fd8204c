"""The life of an edition."""

from itertools import pairwise, product

import pytest

from tiles import states

LIFE = ["staged", "checked", "approved", "live", "retired"]


def test_an_edition_walks_the_road_one_step_at_a_time() -> None:
    allowed = {(old, new) for old, new in product(states.MOVES, repeat=2) if states.may_move(old, new)}
    forward = set(pairwise(LIFE))
    assert allowed - forward == {
        ("retired", "live"),
        ("staged", "rejected"),
        ("checked", "rejected"),
        ("approved", "rejected"),
    }


@pytest.mark.parametrize("state", ["rejected"])
def test_what_was_rejected_stays_rejected(state: str) -> None:
    assert not states.MOVES[state]
