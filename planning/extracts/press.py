"""Making PDFs: at most two at a time in a process, the others in a queue; finished files are kept by their number.

A job is a page of HTML and nothing else: it reads no database and no language, so no two can mix. Who asked is known
while the job is unfinished, so that no client takes the queue from the others; it is written nowhere.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

AT_ONCE = 2
LONGEST_QUEUE = 30
# A third of the queue, for many people may share one address: an office, a school.
OF_ONE_CLIENT = 10
# The web server has two threads a process: while one request waits for its file, the other serves everybody else.
PATIENT = 1
PATIENCE_S = 5.0
KEPT_FILES = 500


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The file is not there yet; `place` in the queue is 0 when it is being made."""

    place: int


class QueueFullError(Exception):
    """More documents wait than can be made in reasonable time."""


class ClientFullError(Exception):
    """As many documents as one client may have in the queue are still unfinished."""


@dataclass(frozen=True, kw_only=True)
class _Job:
    future: Future[None]
    client: str


class Press:
    """The queue of one process over a folder that all processes of the machine share."""

    def __init__(self, folder: Path, render: Callable[[str], bytes]) -> None:
        self._folder = folder
        self._render = render
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="press")
        self._patience = threading.Semaphore(PATIENT)
        self._lock = threading.Lock()
        # Unfinished jobs by number, the oldest first.
        self._jobs: dict[str, _Job] = {}

    def find(self, number: str) -> bytes | None:
        """Return the finished file of a number, or None; asking keeps it from being pruned."""
        path = self._path(number)
        try:
            data = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        return data

    def take(self, number: str, html: str, *, client: str) -> Future[None] | None:
        """Take a page into the queue, to be made under a number; return its job, None when another process has it.

        One that is in the queue already stays where it is. Raises ClientFullError where the client has enough in the
        queue, QueueFullError where all have.
        """
        with self._lock:
            if number in self._jobs:
                return self._jobs[number].future
            if sum(job.client == client for job in self._jobs.values()) >= OF_ONE_CLIENT:
                raise ClientFullError
            if len(self._jobs) >= LONGEST_QUEUE:
                raise QueueFullError
            claim = self._claim(number)
            if claim is None:
                return None
            future = self._threads.submit(self._work, number, html, claim)
            self._jobs[number] = _Job(future=future, client=client)
            return future

    def wait(self, number: str, job: Future[None] | None) -> bytes | Waiting:
        """Return the file of a number that was taken, or where it stands in the queue."""
        if job and self.place(number) == 0 and self._patience.acquire(blocking=False):
            try:
                with suppress(TimeoutError):
                    job.result(PATIENCE_S)
            finally:
                self._patience.release()
        return self.find(number) or Waiting(place=self.place(number))

    def place(self, number: str) -> int:
        """Return how many jobs of this process go before; 0 when it is being made or is another process's."""
        with self._lock:
            numbers = list(self._jobs)
        return max(numbers.index(number) + 1 - AT_ONCE, 0) if number in numbers else 0

    def _claim(self, number: str) -> int | None:
        """Take the number for this process; None when another makes it. The system gives it back should we die."""
        self._folder.mkdir(parents=True, exist_ok=True)
        claim = os.open(self._folder / f"{number}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(claim)
            return None
        return claim

    def _work(self, number: str, html: str, claim: int) -> None:
        try:
            if not self._path(number).exists():
                made = self._folder / f"{number}.new"
                made.write_bytes(self._render(html))
                made.rename(self._path(number))
                self._prune()
        finally:
            with self._lock:
                del self._jobs[number]
            (self._folder / f"{number}.lock").unlink(missing_ok=True)
            os.close(claim)

    def _prune(self) -> None:
        files = sorted(self._folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[KEPT_FILES:]:
            path.unlink(missing_ok=True)

    def _path(self, number: str) -> Path:
        return self._folder / f"{number}.pdf"
