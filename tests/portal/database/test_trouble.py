"""The cluster comes back from whatever was left behind, and says what to do when it cannot."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.portal.database.checkout import Checkout, alive, kill, wait_for


def test_a_stale_pid_file_with_a_strangers_number_hurts_nobody(stopped: Checkout) -> None:
    """After a container's restart the number in the file belongs to another process of the same account."""
    owner = (stopped.base / "data").stat()
    account = owner.st_uid if os.geteuid() == 0 else None
    with subprocess.Popen(["sleep", "60"], cwd="/", user=account) as stranger:
        data, socket = stopped.base / "data", stopped.base / "s"
        lines = [str(stranger.pid), str(data), "1700000000", "5432", str(socket), "", "0 0", "ready"]
        for stale in (data / "postmaster.pid", socket / ".s.PGSQL.5432.lock"):
            stale.write_text("\n".join(lines) + "\n")
            os.chown(stale, owner.st_uid, owner.st_gid)
        assert stopped.server is None
        stopped.verb("stop")
        assert stopped.ask("SELECT 1") == "1"
        assert stopped.wait_until_stopped()
        assert alive(stranger.pid)
        stranger.kill()


def test_a_killed_starter_leaves_nothing_half_done_and_nothing_running(fresh: Checkout) -> None:
    starter = fresh.popen("-m", "portal.database", "start")
    wait_for(fresh.folder / ".postgis/data/PG_VERSION")
    starter.kill()
    wait_for(fresh.folder / ".postgis/ready")
    assert fresh.wait_until_stopped()
    assert fresh.ask("SELECT postgis_lib_version() IS NOT NULL") == "t"


def test_a_cluster_whose_making_was_killed_is_made_anew(fresh: Checkout) -> None:
    fresh.popen("-m", "portal.database", "start")
    wait_for(fresh.folder / ".postgis/data/PG_VERSION")
    fresh.kill_everything()
    assert not (fresh.folder / ".postgis/ready").exists()
    assert fresh.ask("SELECT postgis_lib_version() IS NOT NULL") == "t"


def test_a_cluster_without_the_ready_mark_is_made_anew(fresh: Checkout) -> None:
    fresh.ask("CREATE TABLE half_made ()")
    user = fresh.hold()
    (fresh.base / "ready").unlink()
    assert fresh.ask("SELECT to_regclass('half_made') IS NULL, postgis_lib_version() IS NOT NULL") == "t|t"
    user.kill()
    assert fresh.wait_until_stopped()


def test_a_killed_server_comes_back_with_what_was_committed(stopped: Checkout) -> None:
    user = stopped.hold()
    stopped.ask("CREATE TABLE IF NOT EXISTS kept (word text)")
    stopped.ask("INSERT INTO kept VALUES ('Lâm Viên')")
    # A session in the middle of a query holds the memory of the killed server for a while.
    query = stopped.popen("-m", "portal.database", "psql", "-c", "SELECT pg_sleep(2)")
    while stopped.ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(2)%'") != "2":
        time.sleep(0.02)
    server = stopped.server
    assert server is not None
    kill(server)
    assert stopped.ask("SELECT DISTINCT word FROM kept") == "Lâm Viên"
    assert stopped.server not in (None, server)
    query.communicate()
    user.kill()
    assert stopped.wait_until_stopped()


def test_a_checkout_under_a_private_home_works(stage: Path, fresh: Checkout) -> None:
    home = stage / "home"
    home.mkdir(mode=0o700)
    private = Checkout(home / "checkout", fresh.user)
    private.copy_package()
    if os.geteuid() == 0:
        subprocess.run(["chown", fresh.user, home], check=True)
    try:
        assert private.ask("SELECT 1") == "1"
        assert private.wait_until_stopped()
        assert private.base.is_relative_to("/var/lib/city-portal" if fresh.user == "root" else home)
    finally:
        private.remove()


@pytest.mark.parametrize(
    "name",
    ["thư mục " + "rất dài " * 14, """it's "$HOME" `x` \\ % ; 'Đà Lạt'"""],
    ids=["over 100 characters", "letters a shell would eat"],
)
def test_a_checkout_in_a_folder_with_a_hard_name_works(stage: Path, fresh: Checkout, name: str) -> None:
    checkout = Checkout(stage / name, fresh.user)
    checkout.copy_package()
    try:
        assert checkout.ask("SELECT 1") == "1"
        assert checkout.wait_until_stopped()
        assert (checkout.folder / ".postgis/data/PG_VERSION").exists()
    finally:
        checkout.remove()


def test_root_of_a_container_that_may_not_trace_processes_is_well_served(stage: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("runs as an ordinary user: root's stories need root")
    container = ["setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace"]
    checkout = Checkout(stage / "checkout", "root", wrapper=container)
    checkout.copy_package()
    try:
        with checkout.hold() as user:
            server = checkout.server
            assert checkout.ask("SELECT 1") == "1"
            assert checkout.server == server is not None
            user.kill()
        assert checkout.wait_until_stopped()
    finally:
        checkout.remove()


def test_only_the_socket_of_a_private_folder_is_open(stopped: Checkout) -> None:
    assert stopped.ask("SHOW listen_addresses") == ""
    assert (stopped.base / "s").stat().st_mode & 0o777 == 0o700
    assert (stopped.base / "data").stat().st_mode & 0o777 == 0o700


def test_root_borrows_a_users_cluster_and_roots_is_refused_with_a_way_out(stopped: Checkout) -> None:
    if os.geteuid() != 0:
        pytest.skip("runs as an ordinary user: root's stories need root")
    if stopped.user == "root":
        code, said = Checkout(stopped.folder, "nobody").python("-m", "portal.database", "psql")
        assert code == 1
        assert "Run this as that user" in said
        assert "Traceback" not in said
    else:
        assert Checkout(stopped.folder, "root").ask("SELECT 1") == "1"
        assert stopped.wait_until_stopped()
        assert stopped.ask("SELECT 1") == "1"


def test_a_missing_package_is_named_with_the_line_that_installs_it(fresh: Checkout) -> None:
    server = fresh.folder / "portal/database/server.py"
    server.write_text(server.read_text().replace("/usr/lib/postgresql", "/nonexistent"))
    code, said = fresh.python("-m", "portal.database", "psql")
    assert code == 1
    assert said.endswith("sudo apt-get install -y --no-install-recommends postgresql-15-postgis-3")
    assert "Traceback" not in said


def test_an_unknown_verb_shows_the_verbs(fresh: Checkout) -> None:
    code, said = fresh.python("-m", "portal.database", "dance")
    assert code == 2
    assert "psql" in said


def test_ctrl_c_ends_a_kept_cluster_quietly(stopped: Checkout) -> None:
    user = stopped.hold()
    user.send_signal(signal.SIGINT)
    assert user.wait(timeout=10) == 0
    assert stopped.wait_until_stopped()
