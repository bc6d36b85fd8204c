"""The process that guarded children are forked from, so that each does not load GDAL, shapely and pyproj anew.

Run as `python -m tiles.ingest.forker SOCKET_FD` by a process that imports; it ends with that process. It opens no
file of a stranger: every child builds its walls first.
"""

import contextlib
import gc
import os
import selectors
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import NoReturn

import numpy as np

from tiles import geometry
from tiles.ingest import child, rows  # noqa: F401 - rows: with all its libraries, for the children


class Forker:
    """Forks a child for every request: a job folder, and descriptors for its progress and for its line.

    A child's exit status is written to its line; a line that is closed at the other end stops the child.
    """

    def __init__(self, requests: socket.socket) -> None:
        self.requests = requests
        self.lines: dict[int, socket.socket] = {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(requests, selectors.EVENT_READ)
        self.woken, self.wakes = socket.socketpair()
        self.wakes.setblocking(False)
        signal.set_wakeup_fd(self.wakes.fileno())
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        self.selector.register(self.woken, selectors.EVENT_READ)

    def serve(self) -> None:
        """Work until the other end is gone; children that still run then end with this process."""
        while True:
            for key, _events in self.selector.select():
                if key.fileobj is self.requests:
                    folder, fds, _flags, _address = socket.recv_fds(self.requests, 4096, 2)
                    if not folder:
                        return
                    self._fork(Path(os.fsdecode(folder)), *fds)
                elif key.fileobj is self.woken:
                    self.woken.recv(4096)
                    self._reap()
                elif key.data in self.lines:
                    self.selector.unregister(key.fileobj)
                    _stop(key.data)

    def _fork(self, folder: Path, progress: int, line_fd: int) -> None:
        line = socket.socket(fileno=line_fd)
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            self.selector.close()
            for ours in (self.requests, self.woken, self.wakes, line, *self.lines.values()):
                ours.close()  # no child reaches another's job
            _be_child(folder, progress, parent)
        os.close(progress)
        self.lines[pid] = line
        self.selector.register(line, selectors.EVENT_READ, pid)

    def _reap(self) -> None:
        while self.lines and (ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)):
            _stop(ended.si_pid)  # what it may have started, while its number is still its own
            _pid, status = os.waitpid(ended.si_pid, 0)
            line = self.lines.pop(ended.si_pid)
            with contextlib.suppress(KeyError):  # its line was closed before
                self.selector.unregister(line)
            with contextlib.suppress(OSError):
                line.send(str(os.waitstatus_to_exitcode(status)).encode())
            line.close()


def _stop(pid: int) -> None:
    """Kill a child that is not reaped yet, and its group."""
    os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):  # it had no time to lead a group
        os.killpg(pid, signal.SIGKILL)


def _be_child(folder: Path, progress: int, parent: int) -> NoReturn:
    """Turn the forked process into the guarded child of one job; never returns."""
    status = 1
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(folder)
        os.environ["TMPDIR"] = str(folder)
        errors = os.open("errors.txt", os.O_WRONLY | os.O_CREAT, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (errors, 1), (errors, 2)):
            os.dup2(source, target)
        status = child.main(progress, parent)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    geometry.candidates(np.zeros((1, 2)))  # makes the transformers once for all
    gc.freeze()  # memory shared with the children stays shared
    Forker(socket.socket(fileno=int(sys.argv[1]))).serve()
