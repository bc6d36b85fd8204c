import pytest

from portal.desk import states
from portal.desk.models import Report


def test_every_state_has_its_moves_and_a_name():
    assert set(states.MOVES) == {state.value for state in Report.State}


def test_every_state_is_reached_from_new():
    reached, front = {states.NEW}, [states.NEW]
    while front:
        for state in states.MOVES[front.pop()]:
            if state not in reached:
                reached.add(state)
                front.append(state)
    assert reached == set(states.MOVES)


@pytest.mark.parametrize(
    ("old", "new"),
    [("new", "resolved"), ("new", "new"), ("refused", "accepted"), ("resolved", "in-progress"), ("accepted", "new")],
)
def test_steps_cannot_be_skipped_or_undone_in_silence(old, new):
    assert not states.may_move(old, new)


def test_a_closed_report_can_only_be_reopened():
    closed = set(states.MOVES) - states.OPEN
    assert closed == {"answered", "resolved", "refused"}
    assert all(states.MOVES[state] == ("reopened",) for state in closed)
