"""Start, watch and stop guarded children: the side of the process that imports."""

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tiles.ingest import sandbox

_PROGRAM: Final = Path(__file__).resolve().parents[2]
_END_SECONDS: Final = 10


def prepare() -> None:
    """Let the libraries of future children load meanwhile; returns at once."""
    _forker.ensure()


def run(folder: Path, progress: Callable[[str, int], None]) -> int:
    """Run a child on the job in `folder` until it ends or its time is up; returns its exit status.

    What it prints is in errors.txt. Whatever ends this call, the child is gone when it returns.
    """
    (folder / "errors.txt").touch(0o600)
    readable, writable = os.pipe()
    with os.fdopen(readable, "rb", buffering=0) as lines:
        try:
            line = _forker.fork(folder, writable)
        finally:
            os.close(writable)
        with line:
            line.settimeout(_END_SECONDS)
            try:
                _follow(lines.fileno(), progress)
                return int(line.recv(16) or 1)
            except TimeoutError:
                return -signal.SIGKILL
            finally:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_WR)
                    line.recv(16)


def _follow(lines: int, progress: Callable[[str, int], None]) -> None:
    """Pass the child's "step count" lines on until it closes the pipe; raises TimeoutError."""
    end = time.monotonic() + sandbox.WALL_SECONDS
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(lines, selectors.EVENT_READ)
        while True:
            left = end - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise TimeoutError
            chunk = os.read(lines, 4096)
            if not chunk:
                return
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                step, _, count = line.decode(errors="replace").rpartition(" ")
                if count.isdigit():
                    progress(step, int(count))


class _Forker:
    """The forker of this process, started when it is first needed, and again when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0
        self._requests: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def ensure(self) -> None:
        """Start the forker unless it is this process's own already."""
        with self._lock:
            # After a fork of this process the forker is still its parent's.
            if self._requests is None or self._owner != os.getpid():
                self._start()

    def fork(self, folder: Path, progress: int) -> socket.socket:
        """Ask for a child on `folder`; returns the line that tells its exit status and stops it when closed."""
        line, theirs = socket.socketpair()
        self.ensure()
        with theirs, self._lock:
            try:
                self._send(folder, progress, theirs)
            except ConnectionError:
                self._start()
                self._send(folder, progress, theirs)
        return line

    def _send(self, folder: Path, progress: int, line: socket.socket) -> None:
        assert self._requests
        socket.send_fds(self._requests, [os.fsencode(folder)], [progress, line.fileno()])

    def _start(self) -> None:
        if self._requests:
            self._requests.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tiles.ingest.forker", str(theirs.fileno())],
                cwd="/",
                # Nothing of this process's environment: it may hold secrets.
                env={"PYTHONPATH": str(_PROGRAM), "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                # Ctrl-C is for the process that imports; it stops its children itself.
                start_new_session=True,
            )
        self._requests, self._owner = ours, os.getpid()


_forker: Final = _Forker()
