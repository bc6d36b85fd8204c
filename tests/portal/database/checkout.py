"""A checkout of the database package in a folder of its own, used from outside as a developer uses it."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from portal.database import Cluster

PACKAGE = Path(__file__).resolve().parents[3] / "portal" / "database"
# An ordinary user may not enter the folders of the interpreter that runs the tests.
PYTHON = "/usr/bin/python3"


@dataclass
class Checkout:
    """`folder` with a copy of the package, used by the account `user`."""

    folder: Path
    user: str
    wrapper: list[str] = field(default_factory=list)
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def copy_package(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(PACKAGE, self.folder / "portal" / "database", ignore=shutil.ignore_patterns("__pycache__"))
        (self.folder / "portal" / "__init__.py").touch()
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", self.user, self.folder], check=True)

    def popen(self, *arguments: str) -> subprocess.Popen[str]:
        account = pwd.getpwnam(self.user) if os.geteuid() == 0 else None
        process = subprocess.Popen(
            [*self.wrapper, PYTHON, *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"},
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
        self.processes.append(process)
        return process

    def python(self, *arguments: str) -> tuple[int, str]:
        """Run to the end: the exit code and all that was said."""
        process = self.popen(*arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, (out + err).strip()

    def verb(self, *arguments: str) -> str:
        code, said = self.python("-m", "portal.database", *arguments)
        assert code == 0, said
        return said

    def ask(self, sql: str) -> str:
        return self.verb("psql", "-XAtc", sql)

    def hold(self) -> subprocess.Popen[str]:
        """A process that uses the cluster until it is ended."""
        process = self.popen("-m", "portal.database", "start")
        assert process.stdout is not None
        assert process.stdout.readline().startswith("postgis://"), process.communicate()
        return process

    @property
    def base(self) -> Path:
        """The folder of the cluster."""
        return Cluster(self.folder).place.base

    @property
    def server(self) -> int | None:
        """The server's process."""
        return Cluster(self.folder).server.pid()

    def wait_until_stopped(self) -> bool:
        deadline = time.monotonic() + 20
        while self.server is not None:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def kill_everything(self) -> None:
        """End all processes of the checkout at once, as a power cut does."""
        name = str(self.folder).encode()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if name in (process / "cmdline").read_bytes() + (process / "environ").read_bytes():
                    kill(int(process.name))
        for starter in self.processes:
            starter.kill()
            starter.wait()

    def remove(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.communicate()
        self.wait_until_stopped()
        place = Cluster(self.folder).place
        for folder in (place.socket, place.base):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def kill(pid: int) -> None:
    """End a process at once and wait until it is gone."""
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)


def wait_for(path: Path) -> None:
    """Wait until the file is there."""
    deadline = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not come"
        time.sleep(0.002)


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
