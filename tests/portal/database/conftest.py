"""Checkouts for the stories of the embedded cluster, as root and as an ordinary user."""

import getpass
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.database.checkout import Checkout

USERS = ["root", "ordinary user"]
# Clusters are made and stopped all the time here; in memory that does not wait for the disk.
MEMORY = Path("/dev/shm")
ROOM = str(MEMORY) if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**31 else "/tmp"


def account_of(user: str) -> str:
    """The account that plays the user; the test is skipped when this machine cannot cast it."""
    if os.geteuid() == 0:
        return "root" if user == "root" else "nobody"
    if user == "root":
        pytest.skip("runs as an ordinary user: root's stories need root")
    return getpass.getuser()


@pytest.fixture
def stage() -> Iterator[Path]:
    """A folder that every account may enter."""
    with tempfile.TemporaryDirectory(prefix="city-", dir=ROOM, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(params=USERS)
def fresh(request: pytest.FixtureRequest, stage: Path) -> Iterator[Checkout]:
    """A checkout without a cluster."""
    checkout = Checkout(stage / "checkout", account_of(request.param))
    checkout.copy_package()
    yield checkout
    checkout.remove()


@pytest.fixture(scope="module", params=USERS)
def made(request: pytest.FixtureRequest) -> Iterator[Checkout]:
    """A checkout whose cluster is made."""
    account = account_of(request.param)
    with tempfile.TemporaryDirectory(prefix="city-", dir=ROOM, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        checkout = Checkout(Path(folder) / "checkout", account)
        checkout.copy_package()
        checkout.ask("SELECT 1")
        yield checkout
        checkout.remove()


@pytest.fixture
def stopped(made: Checkout) -> Checkout:
    """A checkout whose cluster is made and does not run."""
    assert made.wait_until_stopped()
    return made
