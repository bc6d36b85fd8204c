"""The cast and the stages: an empty database, the small city in it, and a whole living portal in a process."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation

from benchmarks import load, scratch

ROOT = Path(__file__).resolve().parent.parent
ON_CITY = {"city", "living_city"}
# A slow machine proves nothing.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")


def pytest_sessionstart() -> None:
    """Hear Ctrl-C also when a shell started the run in the background: what the tests start inherits deaf ears."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on the small city come last: it stays in the database once it is loaded."""
    items.sort(key=lambda item: bool(ON_CITY & set(getattr(item, "fixturenames", ()))))


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """Begin in the portal's own language: a page leaves the one it was asked in behind."""
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests write away from the real city's folders."""
    folder = tmp_path_factory.mktemp("var")
    deliveries = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder / "deliveries"},
    }
    documents = {**deliveries, "OPTIONS": {"location": folder / "documents"}}
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        VAR=folder,
        TILES_ROOT=str(folder / "tiles"),
        MEDIA_ROOT=folder / "media",
        STORAGES={**settings.STORAGES, "deliveries": deliveries, "documents": documents, "staticfiles": plain},
    ):
        yield


@pytest.fixture(scope="session")
def _loaded_city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("load_city", size="small", no_bake=True)


@pytest.fixture
def city(_loaded_city: None, db: None) -> None:
    """The small demonstration city, published by the one road; changes of a test are undone."""


@pytest.fixture(scope="session")
def living_city(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator["LivingCity"]:
    """A whole portal with the small city, served by processes and a database of its own."""
    folder = tmp_path_factory.mktemp("living")
    with scratch.database() as url:
        environment = {"DATABASE_URL": url, "CITY_VAR": str(folder), "TILES_ROOT": str(folder / "tiles")}
        living = LivingCity("", folder, environment)
        living.manage("migrate", "-v0")
        living.manage("collectstatic", "--noinput", "-v0")
        living.manage("load_city", "--size=small")
        with load.serving(**environment) as site:
            living.site = site
            yield living


@dataclass
class LivingCity:
    """Where a whole portal is served, and its command line."""

    site: str
    folder: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a command of the portal; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout
