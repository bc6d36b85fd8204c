"""`./city run`: the web server and the worker, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal import database, web_server

# Does what requests leave for later.
WORKER = [sys.executable, "manage.py", "db_worker", "--queue-name=*", "--no-reload", "--verbosity=0"]

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
        # Links to share and QR codes lead to where it is served.
        os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            call_command("setup", stdout=self.stdout)
            keep_database = database.serves(connection.settings_dict)
            connection.close()
            with web_server.serving(port, var=settings.VAR) as web:
                self._watch(web, port, keep_database=keep_database)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _watch(self, web: list[subprocess.Popen[bytes]], port: int, *, keep_database: bool) -> None:
        """Keep the worker and the database alive for as long as the web server runs."""
        worker = web_server.start(WORKER)
        try:
            if not web_server.ended(web):
                self.stdout.write(TRY.format(port=port, passwords=Path(settings.VAR) / "staff_passwords.txt"))
                self.stdout.flush()
            while not web_server.ended(web):
                time.sleep(1)
                if worker.poll() is not None:
                    self.stderr.write("The worker ended; starting it again.")
                    worker = web_server.start(WORKER)
                if keep_database:
                    with suppress(database.ClusterError):
                        database.start()  # a killed server comes back
            code = web_server.ended(web)[0].returncode
            raise CommandError(f"The web server ended with code {code}; its words are above.")
        except KeyboardInterrupt:
            self.stdout.write("Stopping …")
            raise
        finally:
            web_server.stop([worker])


def require_free(port: int) -> None:
    """Refuse early when the port is another's."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise CommandError(f"Port {port} cannot be used. Choose another: ./city run --port 8001") from None
