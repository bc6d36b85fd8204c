"""The web server: nginx before two processes of the application; where nginx is missing, the application alone."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from portal.middleware import MAX_BODY_BYTES

CONFIGURATION = settings.BASE_DIR / "deploy" / "nginx.conf"
# A third core would be the database's.
PROCESSES = 2
GRACE_S = 15
# What nginx says itself: template, problem type, title.
ERRORS = {
    400: ("web_server/400.html", "bad-request", "Không đọc được yêu cầu này / This request cannot be read"),
    413: ("413.html", "too-large", "Nội dung gửi lên lớn hơn 44 MB / The body is larger than 44 MB"),
    414: ("web_server/414.html", "address-too-long", "Địa chỉ quá dài / The address is too long"),
    503: ("web_server/503.html", "portal-away", "Xin thử lại sau nửa phút / Try again in half a minute"),
}


@contextmanager
def serving(
    port: int, *, var: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Serve the portal of the folder `var` on a port of the loopback; yields its processes once it answers.

    When one of them ends before, they are yielded as they are: their own words say why.
    """
    processes: list[subprocess.Popen[bytes]] = []
    nginx = find_nginx()
    folder = var / "web" / str(port)
    shutil.rmtree(folder, ignore_errors=True)  # sockets of a server that was killed
    folder.mkdir(parents=True)
    try:
        if nginx is None:
            direct = ("--host=127.0.0.1", f"--port={port}", f"--workers={PROCESSES}")
            processes.append(start(_application(*direct), environment))
        else:
            sockets = [folder / f"{number}.socket" for number in range(PROCESSES)]
            behind = {**environment, "TRUSTED_PROXIES": str(settings.TRUSTED_PROXIES + 1)}
            processes += [start(_application(f"--uds={_short(path)}"), behind) for path in sockets]
            write_errors(folder / "errors")
            (folder / "nginx.conf").write_text(configure(f"127.0.0.1:{port}", sockets, static=var / "static"))
            _wait(processes, lambda: all(map(_listens, sockets)))
            processes.append(start([nginx, "-p", f"{folder}/", "-c", str(folder / "nginx.conf")], environment))
        _wait(processes, lambda: _answers(port))
        yield processes
    finally:
        stop(processes)
        shutil.rmtree(folder, ignore_errors=True)


def start(command: list[str], environment: Mapping[str, str] = os.environ) -> subprocess.Popen[bytes]:
    """Start a command in the checkout and in a session of its own, so that Ctrl-C reaches its starter only."""
    # It is told to end when its starter is killed without a chance to say so.
    command = ["setpriv", "--pdeathsig=TERM", *command]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)


def stop(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """End the processes, gently first."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE_S
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ended(processes: Iterable[subprocess.Popen[bytes]]) -> list[subprocess.Popen[bytes]]:
    """Return those that run no more."""
    return [process for process in processes if process.poll() is not None]


def find_nginx() -> str | None:
    """Return the nginx of the system, or the one that set-up unpacked into var/; None where there is neither."""
    unpacked = settings.BASE_DIR / "var" / "nginx" / "usr" / "sbin" / "nginx"
    return shutil.which("nginx", path="/usr/local/sbin:/usr/sbin:/usr/bin") or shutil.which(unpacked)


def configure(address: str, sockets: Iterable[Path], *, static: Path) -> str:
    """Return nginx's configuration for an address before the application's sockets."""
    values = {
        # As root it would change into another account, which could not reach the sockets.
        "USER": f"user {pwd.getpwuid(os.geteuid()).pw_name};" if os.geteuid() == 0 else "",
        # A process that starts anew is asked again at once, not after ten seconds.
        "PROCESSES": "\n".join(f"        server unix:{_short(path)} max_fails=0;" for path in sockets),
        "ADDRESS": address,
        "MAX_BODY_BYTES": str(MAX_BODY_BYTES),
        "STATIC_PARENT": str(static.parent),
    }
    text = CONFIGURATION.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def write_errors(folder: Path) -> None:
    """Write what nginx says itself into a new folder: pages in both languages, problem documents."""
    folder.mkdir()
    for status, (template, type_, title) in ERRORS.items():
        (folder / f"{status}.html").write_text(render_to_string(template), encoding="utf-8")
        problem = {"type": type_, "title": title, "status": status}
        (folder / f"{status}.problem").write_text(json.dumps(problem, ensure_ascii=False), encoding="utf-8")


def _application(*arguments: str) -> list[str]:
    # Of two threads one answers; the other waits its turn, makes a tile or waits for a document.
    return [
        sys.executable, "-m", "granian", "--interface=wsgi", "--http=1", "--blocking-threads=2",
        "--workers-kill-timeout=5s", "--respawn-failed-workers", "--log-level=warning", *arguments,
        "portal.wsgi:application",
    ]  # fmt: skip


def _short(path: Path, start: Path = settings.BASE_DIR) -> str:
    """Return the shorter way to a path for a process that works in `start`: a socket's may have 107 bytes."""
    return min(str(path), os.path.relpath(path, start), key=len)


def _wait(processes: Iterable[subprocess.Popen[bytes]], ready: Callable[[], bool]) -> None:
    while not ended(processes) and not ready():
        time.sleep(0.05)


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as visitor:
        return visitor.connect_ex(_short(path, Path.cwd())) == 0


def _answers(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as visitor, suppress(OSError, HTTPException):
        visitor.request("GET", "/health/live")
        return visitor.getresponse().status == HTTPStatus.OK
    return False
