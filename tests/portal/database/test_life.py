"""The cluster runs exactly as long as somebody uses it."""

from pathlib import Path

from tests.portal.database.checkout import Checkout, alive, kill


def test_import_starts_and_makes_nothing(fresh: Checkout) -> None:
    assert fresh.python("-c", "import portal.database") == (0, "")
    assert not fresh.base.exists()


def test_first_start_makes_a_postgis_database(fresh: Checkout) -> None:
    assert fresh.ask("SELECT postgis_lib_version() >= '3.3'") == "t"
    assert fresh.wait_until_stopped()


def test_four_starters_at_once_make_one_cluster(fresh: Checkout) -> None:
    starters = [
        fresh.popen("-m", "portal.database", "psql", "-XAtc", "SELECT pg_postmaster_start_time(), pg_sleep(1)")
        for _ in range(4)
    ]
    answers = {starter.communicate(timeout=60)[0] for starter in starters}
    assert len(answers) == 1
    assert all(starter.returncode == 0 for starter in starters)


def test_a_new_database_has_the_extensions(stopped: Checkout) -> None:
    stopped.ask("CREATE DATABASE another")
    names = stopped.verb("psql", "-XAtd", "another", "-c", "SELECT extname FROM pg_extension")
    stopped.ask("DROP DATABASE another")
    assert set(names.split()) >= {"postgis", "unaccent", "pg_trgm", "btree_gist"}


def test_the_server_stops_with_its_last_user_even_after_sigkill(stopped: Checkout) -> None:
    first, second = stopped.hold(), stopped.hold()
    server = stopped.server
    assert stopped.verb("status") == f"running (process {server}), {stopped.base}"
    first.terminate()
    first.communicate()
    assert stopped.ask("SELECT 1") == "1"
    assert stopped.server == server
    second.kill()
    assert stopped.wait_until_stopped()
    assert stopped.verb("status") == f"stopped, {stopped.base}"


def test_a_forked_child_is_a_user_of_its_own(stopped: Checkout) -> None:
    """A web server's workers are forks of a master that may be killed."""
    parent = stopped.popen(
        "-c",
        "import os, signal, portal.database as d; d.start(); child = os.fork()\n"
        "if child: print(child, flush=True)\n"
        "signal.pause()",
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    assert stopped.server is not None
    kill(child)
    assert stopped.wait_until_stopped()


def test_a_start_while_the_server_stops_waits_and_begins_anew(stopped: Checkout) -> None:
    for _ in range(8):
        assert stopped.ask("SELECT 1") == "1"


def test_stop_ends_the_server_under_its_users_and_the_next_start_begins_anew(stopped: Checkout) -> None:
    user = stopped.hold()
    stopped.verb("stop")
    assert stopped.server is None
    assert alive(user.pid)
    assert stopped.ask("SELECT 1") == "1"
    user.kill()
    assert stopped.wait_until_stopped()


def test_two_checkouts_run_at_once(stopped: Checkout, stage: Path) -> None:
    other = Checkout(stage / "other", stopped.user)
    other.copy_package()
    try:
        with stopped.hold() as one, other.hold() as two:
            assert stopped.server != other.server
            assert stopped.ask("SHOW data_directory") != other.ask("SHOW data_directory")
            one.kill()
            assert stopped.wait_until_stopped()
            assert other.ask("SELECT 1") == "1"
            two.kill()
    finally:
        other.remove()


def test_an_emptied_database_has_the_extensions_and_nothing_else(stopped: Checkout) -> None:
    stopped.ask("CREATE TABLE IF NOT EXISTS half_loaded ()")
    code, said = stopped.python("-c", "import portal.database as d; d.start(); d.own_cluster().empty('city')")
    assert code == 0, said
    assert stopped.ask("SELECT to_regclass('half_loaded') IS NULL, postgis_lib_version() IS NOT NULL") == "t|t"


def test_django_settings_that_lead_to_the_cluster_are_recognised(stopped: Checkout) -> None:
    code, said = stopped.python(
        "-c",
        "import portal.database as d; from urllib.parse import parse_qs, urlsplit\n"
        "host = parse_qs(urlsplit(d.own_cluster().url('city')).query)['host'][0]\n"
        "print(d.serves({'OPTIONS': {'host': host}}), d.serves({'OPTIONS': {'host': '/tmp'}}), d.serves({}))",
    )
    assert (code, said) == (0, "True False False")
