"""A database that lives as long as its use: for measurements and for tests of the whole portal."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg2
from django.db import connections


@contextmanager
def database() -> Iterator[str]:
    """Make an empty database beside the portal's own; yields its DATABASE_URL and drops it at the end."""
    name = f"city_scratch_{os.getpid()}"
    parameters = connections["default"].get_connection_params()
    own = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    admin = psycopg2.connect(dbname="postgres", **own)
    admin.autocommit = True
    try:
        with admin.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
            yield _url(name, own)
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        admin.close()


def _url(name: str, own: dict[str, str]) -> str:
    who = quote(own.get("user", "")) + (f":{quote(own['password'])}" if "password" in own else "")
    host, port = own.get("host", ""), own.get("port", 5432)
    if host.startswith("/"):
        return f"postgis://{who}@/{name}?host={quote(host, safe='')}&port={port}"
    return f"postgis://{who}@{host}:{port}/{name}"
