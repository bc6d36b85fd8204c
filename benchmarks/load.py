"""Load on this machine only: wrk against our own server, pgbench against our own database."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from benchmarks.figure import NotMeasuredError
from portal import web_server

CONNECTIONS = 8
SECONDS = 6
ROOT = Path(__file__).resolve().parent.parent

WRK_SCRIPT = """
local paths = {{}}
for line in io.lines("{paths}") do paths[#paths + 1] = line end
local at = 0
function setup(thread) thread:set("at", math.random(1, #paths)) end
function request()
  at = at % #paths + 1
  return {request}
end
function done(summary, latency)
  local said = '\\nFIGURES {{"requests": %d, "seconds": %.3f, "p50": %.3f, "p95": %.3f, "p99": %.3f, "errors": %d}}\\n'
  io.write(string.format(said, summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, summary.errors.status + summary.errors.connect + summary.errors.read))
end
"""


@contextmanager
def serving(**environment: str) -> Iterator[str]:
    """Run our web server on a free port of the loopback; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    var = Path(environment.get("CITY_VAR", settings.VAR))
    with web_server.serving(port, var=var, environment={**os.environ, **environment}) as processes:
        assert not web_server.ended(processes), "the web server ended; its words are above"
        yield f"http://127.0.0.1:{port}"


def http(site: str, paths: Sequence[str], *, connections: int = CONNECTIONS) -> dict[str, Any]:
    """Ask for the paths in turn; returns requests, seconds, p50, p95, p99 in ms, errors and per_second."""
    return _run(site, paths, 'wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip"})', connections)


def post(site: str, path: str, bodies: Sequence[str], *, connections: int = CONNECTIONS) -> dict[str, Any]:
    """Send the JSON bodies in turn to one path; returns the same as `http`."""
    request = f'wrk.format("POST", "{path}", {{["Content-Type"] = "application/json"}}, paths[at])'
    return _run(site, bodies, request, connections)


def _run(site: str, lines: Sequence[str], request: str, connections: int) -> dict[str, Any]:
    wrk = _tool("wrk", "wrk")
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "paths", Path(folder) / "load.lua"
        listed.write_text("\n".join(lines))
        script.write_text(WRK_SCRIPT.format(paths=listed, request=request))
        command = [wrk, "-t2", f"-c{connections}", "-s", str(script), site]
        subprocess.run([*command, "-d2s"], check=True, capture_output=True)
        printed = subprocess.run([*command, f"-d{SECONDS}s"], check=True, capture_output=True, text=True).stdout
    figures = json.loads(printed.split("FIGURES ", 1)[1])
    return {**figures, "per_second": figures["requests"] / figures["seconds"]}


def sql(statements: Sequence[str], *, prepared: bool = False, choose: int = 0) -> float:
    """Run the statements at random over as many connections; returns transactions a second.

    In each, `:chosen` stands for a number from 1 to `choose`, so that one prepared statement serves many questions.
    """
    begin = f"\\set chosen random(1, {choose})\n" if choose else ""
    parameters = connection.get_connection_params()
    pgbench = _tool("pgbench", "postgresql-15", "/usr/lib/postgresql/15/bin/pgbench")
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, text in enumerate(statements[:120]):
            file = Path(folder) / f"{number}.sql"
            file.write_text(begin + text.replace("\n", " ") + ";\n")
            files += ["-f", str(file)]
        command = [
            pgbench, "-n", "-M", "prepared" if prepared else "simple",
            f"-c{CONNECTIONS}", "-j2", f"-T{SECONDS}", *files,
            *(["-h", str(parameters["host"])] if parameters.get("host") else []),
            *(["-p", str(parameters["port"])] if parameters.get("port") else []),
            *(["-U", str(parameters["user"])] if parameters.get("user") else []),
            str(parameters["dbname"]),
        ]  # fmt: skip
        environment = {**os.environ, "PGPASSWORD": str(parameters.get("password") or "")}
        printed = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    line = next(line for line in printed.splitlines() if line.startswith("tps"))
    return float(line.split("=")[1].split()[0])


def _tool(name: str, package: str, path: str | None = None) -> str:
    found = shutil.which(name) or (path if path and Path(path).exists() else None)
    if found is None:
        raise NotMeasuredError(f"{name} is missing: sudo apt-get install -y --no-install-recommends {package}")
    return found
