"""`./city run` leaves no process behind and refuses early."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from portal import web_server
from portal.management.commands import run

SUPERVISOR = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
from portal import web_server
child = web_server.start([sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"])
print(child.pid, flush=True)
signal.pause()
"""


def gone(pid: int) -> bool:
    """Wait until the process is no more, or only waits to be buried."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_children_end_when_their_supervisor_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as supervisor:
        assert supervisor.stdout is not None
        lines = {supervisor.stdout.readline().strip(), supervisor.stdout.readline().strip()}
        assert "up" in lines
        child = int((lines - {"up"}).pop())
        supervisor.kill()
        assert gone(child)


def test_stop_ends_a_child_that_will_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_server, "GRACE_S", 0.5)
    deaf = subprocess.Popen(
        [sys.executable, "-c", "import signal; signal.signal(15, signal.SIG_IGN); print(flush=True); signal.pause()"],
        stdout=subprocess.PIPE,
    )
    willing = subprocess.Popen(["sleep", "60"])
    assert deaf.stdout is not None
    with deaf.stdout:
        deaf.stdout.readline()
        web_server.stop([deaf, willing])
    assert deaf.returncode == -signal.SIGKILL
    assert willing.returncode == -signal.SIGTERM


def test_a_port_in_use_is_refused_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(CommandError, match="--port"):
        run.require_free(other.getsockname()[1])


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(CommandError, match="--port"):
        run.require_free(port)
