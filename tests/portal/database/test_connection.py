"""A kept connection whose server left is noticed before it is used."""

import time

import pytest
from django.db import connection

PATIENCE_S = 10


@pytest.mark.django_db
def test_connection_is_usable_until_its_server_leaves() -> None:
    kept = connection.copy()
    try:
        with kept.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [pid] = cursor.fetchone()
        assert kept.is_usable()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        deadline = time.monotonic() + PATIENCE_S
        while kept.is_usable() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not kept.is_usable()
        kept.health_check_enabled, kept.health_check_done = True, False
        kept.close_if_health_check_failed()
        with kept.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            assert cursor.fetchone() != (pid,)
    finally:
        kept.close()


def test_connection_that_was_never_made_is_not_usable() -> None:
    assert not connection.copy().is_usable()
