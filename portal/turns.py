"""Turns: who asks first is served first, one at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local


class Turns:
    """A lock that is handed on in the order it was asked for; `threading.Lock` lets the luckiest thread in."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._busy = False
        self._waiting: deque[Lock] = deque()
        self._mine = local()

    @property
    def waiting(self) -> int:
        """How many threads wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for this thread's turn and keep it until the end of the block."""
        self._take()
        try:
            yield
        finally:
            self._hand_on()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others have their turn while this thread waits for something else; nothing when it has none."""
        if not getattr(self._mine, "turn", False):
            yield
            return
        self._hand_on()
        try:
            yield
        finally:
            self._take()

    def _take(self) -> None:
        called = Lock()
        called.acquire()
        with self._mutex:
            if self._busy:
                self._waiting.append(called)
            else:
                self._busy = True
                called.release()
        called.acquire()
        self._mine.turn = True

    def _hand_on(self) -> None:
        self._mine.turn = False
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False


# The turns of the questions of this process.
questions = Turns()
