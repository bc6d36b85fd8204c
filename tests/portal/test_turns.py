"""One question of a process at a time, in the order they came."""

import time
from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal import middleware
from portal.turns import Turns

PATIENCE_S = 20


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    fresh = Turns()
    monkeypatch.setattr(middleware.turns, "questions", fresh)
    return fresh


def started(*work: Callable[[], object]) -> list[Thread]:
    threads = [Thread(target=one, daemon=True) for one in work]
    for thread in threads:
        thread.start()
    return threads


def end(threads: list[Thread]) -> None:
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def until(true: Callable[[], bool]) -> None:
    for _ in range(PATIENCE_S * 1000):
        if true():
            return
        time.sleep(0.001)
    raise AssertionError


def test_who_asks_first_is_served_first(turns: Turns) -> None:
    served: list[int] = []

    def ask(number: int) -> None:
        with turns.turn():
            served.append(number)

    threads: list[Thread] = []
    with turns.turn():
        for number in range(6):
            threads += started(lambda number=number: ask(number))  # type: ignore[misc]
            until(lambda number=number: turns.waiting == number + 1)  # type: ignore[misc]
        assert served == []
    end(threads)
    assert served == list(range(6))


def test_never_two_at_once_and_an_error_hands_the_turn_on(turns: Turns) -> None:
    inside: list[int] = []
    most: list[int] = []

    def ask() -> None:
        for _ in range(50):
            try:
                with turns.turn():
                    inside.append(1)
                    most.append(len(inside))
                    time.sleep(0)
                    inside.pop()
                    raise LookupError
            except LookupError:
                continue

    end(started(*[ask] * 8))
    assert max(most) == 1
    assert len(most) == 400


def test_who_steps_aside_lets_the_next_one_in_and_comes_back(turns: Turns) -> None:
    done = Event()

    def ask() -> None:
        with turns.turn():
            done.set()

    with turns.turn():
        threads = started(ask)
        until(lambda: turns.waiting == 1)
        with turns.aside():
            assert done.wait(PATIENCE_S)
        end(threads)
        threads = started(ask)
        until(lambda: turns.waiting == 1)
    end(threads)
    with turns.aside():
        assert turns.waiting == 0


def test_a_question_waits_its_turn_and_a_body_does_not(turns: Turns) -> None:
    answered: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        answered.append(str(request.method))
        return HttpResponse()

    ask = middleware.OneAtATime(view)
    with turns.turn():
        threads = started(lambda: ask(RequestFactory().get("/")))
        until(lambda: turns.waiting == 1)
        ask(RequestFactory().post("/"))
        assert answered == ["POST"]
    end(threads)
    assert answered == ["POST", "GET"]
