"""Start, watch and stop guarded children: the side of the process that imports."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

from tiles.ingest import sandbox

_PROGRAM: Final = Path(__file__).resolve().parents[2]
_END_SECONDS: Final = 10


def prepare() -> None:
    """Let the libraries of future children load meanwhile; returns at once."""
    _forker.ensure()


class Child:
    """A guarded child at work on the job in `folder`; what it prints is in errors.txt.

    A context manager: whatever ends it, the child is gone.
    """

    def __init__(self, folder: Path, progress: Callable[[str, int], None]) -> None:
        self.status: int | None = None
        self._progress = progress
        self._end = time.monotonic() + sandbox.WALL_SECONDS
        self._rest = b""
        (folder / "errors.txt").touch(0o600)
        self._lines, writable = os.pipe()
        try:
            self._line = _forker.fork(folder, writable)
        except BaseException:
            os.close(self._lines)
            raise
        finally:
            os.close(writable)
        self._line.settimeout(_END_SECONDS)
        self._ready = select.poll()
        self._ready.register(self._lines, select.POLLIN)

    def follow(self) -> bool:
        """Wait for the child's next "step count" lines and pass them on; False once it has ended."""
        if self.status is not None:
            return False
        # Ready too when the child has closed its end.
        ready = self._ready.poll(max(0.0, self._end - time.monotonic()) * 1000)
        chunk = os.read(self._lines, 4096) if ready else b""
        if not chunk:
            self.status = self._wait() if ready else -signal.SIGKILL
            return False
        *whole, self._rest = (self._rest + chunk).split(b"\n")
        for line in whole:
            step, _, count = line.decode(errors="replace").rpartition(" ")
            if count.isdigit():
                self._progress(step, int(count))
        return True

    def _wait(self) -> int:
        try:
            return int(self._line.recv(16) or 1)
        except TimeoutError:
            return -signal.SIGKILL

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        with self._line, contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_WR)
            self._line.recv(16)
        os.close(self._lines)


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
