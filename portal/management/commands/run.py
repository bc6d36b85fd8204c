"""`./city run`: the web server and the worker, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal import database

GRACE_S = 15

TRY = """
The portal of the demonstration city (dữ liệu minh họa) is on http://127.0.0.1:{port}

  the map          http://127.0.0.1:{port}/          English: http://127.0.0.1:{port}/en/
  places           http://127.0.0.1:{port}/places/
  report a problem http://127.0.0.1:{port}/report/
  service desk     http://127.0.0.1:{port}/desk/
  for programs     http://127.0.0.1:{port}/tiles/layers.json   http://127.0.0.1:{port}/api/v1/places?limit=3
  commands         ./city help                         ./city layers

Sign in at http://127.0.0.1:{port}/accounts/login/ with a name and password of {passwords}

Ctrl-C stops everything.
"""


class Command(BaseCommand):
    help = "Set the portal up as needed and serve it with its worker on this machine."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"), help="8000 by default")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        require_free(port)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        children: list[subprocess.Popen[bytes]] = []
        try:
            call_command("setup", stdout=self.stdout)
            keep_database = database.serves(connection.settings_dict)
            connection.close()
            server = start(*server_command(port))
            children.append(server)
            worker = start(*worker_command())
            children.append(worker)
            wait_until_served(port, server)
            self.stdout.write(TRY.format(port=port, passwords=Path(settings.VAR) / "staff_passwords.txt"))
            self.stdout.flush()
            while server.poll() is None:
                time.sleep(1)
                if worker.poll() is not None:
                    self.stderr.write("The worker ended; starting it again.")
                    children.remove(worker)
                    worker = start(*worker_command())
                    children.append(worker)
                if keep_database:
                    with suppress(database.ClusterError):
                        database.start()  # a killed server comes back
            raise CommandError(f"The web server ended with code {server.returncode}; its words are above.")
        except KeyboardInterrupt:
            self.stdout.write("Stopping …")
        finally:
            stop(children)


def server_command(port: int) -> list[str]:
    """The web server; two processes, since a third core would be the database's.

    Of the two threads of a process one answers; the other waits its turn, makes a tile or hears a body out.
    """
    return [
        "-m", "granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}", "--http=1",
        "--workers=2", "--blocking-threads=2", "--workers-kill-timeout=5s", "--respawn-failed-workers",
        "--log-level=warning", "portal.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """The worker that does what requests leave for later."""
    return ["manage.py", "db_worker", "--queue-name=*", "--no-reload", "--verbosity=0"]


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start Python with the arguments, in a session of its own, so that Ctrl-C reaches this process only."""
    # The child is told to end when this process is killed without a chance to say so.
    command = ["setpriv", "--pdeathsig=TERM", sys.executable, *arguments]
    return subprocess.Popen(command, start_new_session=True)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """End the children, gently first."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + GRACE_S
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def require_free(port: int) -> None:
    """Refuse early when the port is another's."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise CommandError(f"Port {port} cannot be used. Choose another: ./city run --port 8001") from None


def wait_until_served(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, or has ended."""
    while server.poll() is None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as web, suppress(OSError, HTTPException):
            web.request("GET", "/health/live")
            web.getresponse()
            return
        time.sleep(0.1)
