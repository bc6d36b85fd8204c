"""The server process of a cluster: start, find, stop."""

import os
import shlex
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from portal.database.errors import ClusterError
from portal.database.place import SOCKET_NAME, Place

VERSIONS = Path("/usr/lib/postgresql")
EXTENSIONS = Path("/usr/share/postgresql")
INSTALL = "sudo apt-get install -y --no-install-recommends postgresql-15-postgis-3"
SUPERUSER = "city"
PATIENCE_S = 60


class Server:
    """One PostgreSQL server over the data folder of a place."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def pid(self) -> int | None:
        """The server's process, or None."""
        # The number in a stale pid file may be a stranger's by now: the folder it works in tells.
        try:
            pid = int(self._pid_file()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None
        return pid if self._works_in_data(pid) else None

    def is_ready(self) -> bool:
        """Whether the server accepts connections on its socket."""
        return self.pid() is not None and self._says_ready() and (self.place.socket / SOCKET_NAME).exists()

    def start(self) -> None:
        """Bring the server to readiness, from whatever state; the caller holds the start lock."""
        if self.pid() is not None:
            self._wait_until_ready()
        if self.is_ready():
            return
        self.stop()
        # The server refuses to start on either, and believes a number that is a stranger's by now.
        (self.place.data / "postmaster.pid").unlink(missing_ok=True)
        (self.place.socket / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
        log = self.place.base / "log"
        if log.exists():
            log.replace(self.place.base / "log.old")
        deadline = time.monotonic() + 10
        while not self._launched(log):
            # The sessions of a killed server hold its memory until they notice, which may take a moment.
            if "is still in use" not in log.read_text(errors="replace") or time.monotonic() > deadline:
                raise ClusterError(f"PostgreSQL did not start.\n{_last_lines(log)}\nThe whole log: {log}")
            time.sleep(0.3)

    def stop(self) -> None:
        """Stop the server and wait for its end: sessions are cut, nothing committed is lost."""
        pid = self.pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + PATIENCE_S
        while self.pid() == pid:
            if time.monotonic() > deadline:
                raise ClusterError(f"PostgreSQL (process {pid}) does not stop.")
            time.sleep(0.02)

    def run(self, program: str, *arguments: str) -> None:
        """Run a PostgreSQL program as the server's account; ClusterError with its words when it fails."""
        done = self._call([str(self.programs() / program), *arguments], output=subprocess.PIPE)
        if done.returncode:
            raise ClusterError(f"{program} failed: {done.stdout.decode(errors='replace').strip()}")

    def programs(self) -> Path:
        """The folder of the PostgreSQL programs that have PostGIS, of the version the data were made with."""
        made_with = self.place.data / "PG_VERSION"
        wanted = made_with.read_text().strip() if made_with.exists() else "*"
        found = [
            folder / "bin"
            for folder in VERSIONS.glob(wanted)
            if (EXTENSIONS / folder.name / "extension/postgis.control").exists() and (folder / "bin/initdb").exists()
        ]
        if not found:
            raise ClusterError(f"PostgreSQL with PostGIS is not installed. Install it, then try again:\n  {INSTALL}")
        return max(found, key=lambda folder: int(folder.parent.name))

    def _launched(self, log: Path) -> bool:
        with log.open("ab") as output:
            command = [
                str(self.programs() / "pg_ctl"),
                "start",
                "-s",
                "-t",
                str(PATIENCE_S),
                "-o",
                self._options(),
            ]
            done = self._call(command, output=output)
        return done.returncode == 0

    def _options(self) -> str:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": '"' + str(self.place.socket).replace('"', '""') + '"',
            "port": "5432",
            "max_connections": "100",
            "shared_buffers": f"{_shared_buffers_mb()}MB",
            "work_mem": "32MB",
            "maintenance_work_mem": "256MB",
            "max_wal_size": "4GB",
            "wal_compression": "on",
            "synchronous_commit": "on",
            "checkpoint_timeout": "15min",
            "jit": "off",
            "max_parallel_workers_per_gather": "0",  # small containers have 64 MB of shared memory
        }
        return shlex.join(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))

    def _pid_file(self) -> list[str]:
        return (self.place.data / "postmaster.pid").read_text().splitlines()

    def _says_ready(self) -> bool:
        try:
            return self._pid_file()[7].strip() == "ready"
        except (FileNotFoundError, IndexError):
            return False

    def _wait_until_ready(self) -> None:
        """Somebody else's start, or its recovery after a crash, may be under way."""
        deadline = time.monotonic() + PATIENCE_S
        while self.pid() is not None and not self._says_ready() and time.monotonic() < deadline:
            time.sleep(0.02)

    def _works_in_data(self, pid: int) -> bool:
        folder = Path(f"/proc/{pid}/cwd")
        try:
            return folder.samefile(self.place.data)
        except FileNotFoundError:
            return False
        except PermissionError:
            # Root without CAP_SYS_PTRACE, as in a container, may not look; the account itself may.
            command = ["/usr/bin/test", str(folder), "-ef", str(self.place.data)]
            return self._call(command, output=subprocess.DEVNULL).returncode == 0

    def _call(self, command: list[str], *, output: int | IO[bytes]) -> subprocess.CompletedProcess[bytes]:
        """Run a command as the server's account, in a folder that every account may enter."""
        lend = os.geteuid() == 0
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=self._environment(),
            cwd="/",
            user=self.place.account.uid if lend else None,
            group=self.place.account.gid if lend else None,
            extra_groups=[] if lend else None,
        )

    def _environment(self) -> dict[str, str]:
        # The caller's PG* variables must not reach the server.
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PGDATA": str(self.place.data)}


def _shared_buffers_mb() -> int:
    """An eighth of the memory, the container's limit respected, at most 512 MB."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError):
        memory = min(memory, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return max(16, min(512, memory // 8 // 2**20))


def _last_lines(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-5:])
