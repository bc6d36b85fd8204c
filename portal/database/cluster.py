"""The life of a cluster: made once, started on demand, stopped when its last user is gone."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from portal.database.errors import ClusterError
from portal.database.place import find_place, make_folder
from portal.database.server import SUPERUSER, Server

EXTENSIONS = ("postgis", "unaccent", "pg_trgm", "btree_gist")
PROJECT = Path(__file__).resolve().parents[2]

# Descriptors of users.lock by path, open until the process ends. They close on exec and pass to forked
# children, so forked web workers keep the cluster alive.
_joined: dict[Path, int] = {}


class Cluster:
    """The PostGIS cluster of the checkout in the folder `checkout`."""

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout.resolve()
        self.place = find_place(self.checkout)
        self.server = Server(self.place)

    def start(self) -> None:
        """Make and start the server as needed and stay its user until this process ends."""
        try:
            self._make_base()
            with self._locked("start.lock") as lock:
                self._join()
                if not (self._is_made() and self.server.is_ready()):
                    self._call_keeper(lock)
        except PermissionError as error:
            raise ClusterError(
                f"{error.filename} belongs to another user. Run this as that user,"
                f" or remove {self.place.base}, or set DATABASE_URL."
            ) from error

    def stop(self) -> None:
        """Stop the server now, whoever uses it."""
        self.server.stop()

    def bring_up(self) -> None:
        """Make the cluster as needed and start its server; the caller holds the start lock."""
        if not self._is_made():
            self._make()
        make_folder(self.place.socket, self.place.account)
        self.server.start()

    def stop_when_unused(self) -> None:
        """Wait for the end of the last user, then stop; a start in that moment waits and begins anew."""
        try:
            with self._locked("users.lock"):
                self.server.stop()
        except FileNotFoundError:
            return  # the whole cluster was removed meanwhile

    def url(self, database: str) -> str:
        """The postgis:// address of a database; starts nothing."""
        return f"postgis://{SUPERUSER}@/{database}?host={quote(str(self.place.socket))}"

    def empty(self, database: str) -> None:
        """Make a database anew, without anything in it; the server runs."""
        self._psql("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        self._psql("postgres", f"CREATE DATABASE {database}")

    def _make_base(self) -> None:
        base = self.place.base
        if not base.exists():
            # Root's folders stay passable: the server's account walks through them to its own.
            mode = 0o711 if os.geteuid() == 0 else 0o700
            for folder in (base.parent, base):
                if not folder.exists():
                    folder.mkdir(exist_ok=True)
                    folder.chmod(mode)

    def _call_keeper(self, lock: int) -> None:
        """Have a detached process make and start the server and stop it after its last user."""
        verdict, keeper_verdict = os.pipe()
        keeper = [sys.executable, "-m", "portal.database.keeper", str(self.checkout)]
        subprocess.run(
            ["setsid", "--fork", *keeper, str(lock), str(keeper_verdict)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
            pass_fds=[lock, keeper_verdict],
            check=True,
        )
        os.close(keeper_verdict)
        with os.fdopen(verdict) as pipe:
            trouble = pipe.read()
        if trouble or not self.server.is_ready():
            raise ClusterError(trouble or f"The database did not start; its log: {self.place.base / 'log'}")

    def _is_made(self) -> bool:
        return (self.place.base / "ready").exists()

    def _make(self) -> None:
        self.server.programs()
        self.server.stop()  # a making that was killed half way may have left it running
        shutil.rmtree(self.place.data, ignore_errors=True)
        make_folder(self.place.data, self.place.account)
        make_folder(self.place.socket, self.place.account)
        self.server.run(
            "initdb", "--auth=trust", f"--username={SUPERUSER}", "--encoding=UTF8", "--locale=C.UTF-8",
            "--no-instructions",
        )  # fmt: skip
        self.server.start()
        # In template1, so that every new database, the test databases too, has them at once.
        self._psql("template1", "; ".join(f"CREATE EXTENSION {name}" for name in EXTENSIONS))
        self._psql("postgres", "CREATE DATABASE city")
        (self.place.base / "ready").touch()

    def _psql(self, database: str, statements: str) -> None:
        self.server.run(
            "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--host={self.place.socket}",
            f"--username={SUPERUSER}", f"--dbname={database}", f"--command={statements}",
        )  # fmt: skip

    def _join(self) -> None:
        path = self.place.base / "users.lock"
        if path not in _joined:
            _joined[path] = self._open(path)
        fcntl.flock(_joined[path], fcntl.LOCK_SH)

    @contextmanager
    def _locked(self, name: str) -> Iterator[int]:
        lock = self._open(self.place.base / name)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock
        finally:
            os.close(lock)

    def _open(self, path: Path) -> int:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.geteuid() == 0:
            owner = self.place.base.stat()
            os.fchown(lock, owner.st_uid, owner.st_gid)
        return lock
