"""Where the cluster lives and under which account its server runs."""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from portal.database.errors import ClusterError

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_FOLDER_BYTES = 85  # a socket's whole path holds 107 bytes at most, its lock file's name included


@dataclass(frozen=True)
class Account:
    """The account of the server process."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """The folders of one cluster: `data` and `socket` are the account's, `base` holds locks, mark, log."""

    base: Path
    data: Path
    socket: Path
    account: Account


def find_place(checkout: Path) -> Place:
    """The place of the checkout's cluster, found from the file system alone; makes nothing."""
    base = checkout / ".postgis"
    account = _account(base)
    if not _may_walk(checkout, account):
        base = Path("/var/lib/city-portal") / _short_name(checkout)
        account = _account(base)
    socket = base / "s"
    if len(os.fsencode(socket)) > SOCKET_FOLDER_BYTES:
        socket = Path("/tmp") / f"city-portal-{account.uid}-{_short_name(checkout)}"  # noqa: S108 - owner is checked
    return Place(base=base, data=base / "data", socket=socket, account=account)


def make_folder(folder: Path, account: Account) -> None:
    """Make `folder` private to `account`, or make sure that an existing one is."""
    try:
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
            raise ClusterError(
                f"{folder} is not a private folder of user {account.uid}: remove it and try again."
            ) from None


def _account(base: Path) -> Account:
    """The server refuses root: root lends it the owner of the existing data, else the postgres account."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        owner = (base / "data").stat()
        if owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
    except FileNotFoundError:
        pass
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ClusterError("There is no account postgres: install postgresql-15-postgis-3.")


def _may_walk(folder: Path, account: Account) -> bool:
    """Whether the account may enter the folder: under a 0700 home it may not."""
    for step in (folder, *folder.parents):
        status = step.stat()
        if status.st_uid == account.uid:
            bit = stat.S_IXUSR
        elif status.st_gid == account.gid:
            bit = stat.S_IXGRP
        else:
            bit = stat.S_IXOTH
        if not status.st_mode & bit:
            return False
    return True


def _short_name(checkout: Path) -> str:
    return hashlib.sha256(os.fsencode(checkout)).hexdigest()[:16]
