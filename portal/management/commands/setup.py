"""`./city setup`: what stands between installed packages and a portal that can be served."""

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal import database
from portal.accounts.roles import seed_all_roles
from tiles.models import Edition


class Command(BaseCommand):
    help = "Make translations, tables, static files and, in an empty database, the demonstration city."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        # Two at once: the second waits and finds everything done.
        with (Path(settings.VAR) / "setup.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            compile_messages()
            begin_anew_after_a_broken_load()
            if unapplied_migrations():
                with self.timed("Database tables"):
                    call_command("migrate", interactive=False, verbosity=0)
            else:
                # Migrations give the roles their rights, too.
                seed_all_roles()
            if static_files_are_stale():
                with self.timed("Static files"):
                    collect_static_files()
            if not Edition.objects.exists():
                with self.timed("Demonstration city (dữ liệu minh họa)"), marked_as_loading():
                    call_command("load_city", stdout=self.stdout)
            else:
                call_command("load_city", missing=True, stdout=self.stdout)

    @contextmanager
    def timed(self, text: str) -> Iterator[None]:
        """Say what is done and how long it took."""
        began = time.monotonic()
        self.stdout.write(f"{text} …")
        self.stdout.flush()
        yield
        self.stdout.write(f"{text}: {time.monotonic() - began:.1f} s")


def loading() -> Path:
    """The mark beside the own cluster that its demonstration city is being loaded: a broken load leaves it."""
    return database.own_cluster().place.base / "loading"


def begin_anew_after_a_broken_load() -> None:
    """Empty the own cluster's database when its first load was broken off; nobody else's data can be in it."""
    if database.serves(connection.settings_dict) and loading().exists():
        connection.close()
        database.own_cluster().empty(connection.settings_dict["NAME"])
        shutil.rmtree(settings.TILES_ROOT, ignore_errors=True)
        loading().unlink()


@contextmanager
def marked_as_loading() -> Iterator[None]:
    """Leave the mark when the load breaks off."""
    if database.serves(connection.settings_dict):
        loading().touch()
    yield
    loading().unlink(missing_ok=True)


def compile_messages() -> None:
    """Compile the translations that are newer than their compiled form."""
    for source in settings.LOCALE_PATHS:
        for text in Path(source).glob("*/LC_MESSAGES/*.po"):
            compiled = text.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime:
                language = text.parents[1].name
                # Nothing but LOCALE_PATHS: not the libraries under the working folder.
                call_command("compilemessages", locale=[language], ignore=["*"], verbosity=0)


def unapplied_migrations() -> bool:
    """Whether the database lacks a migration."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_files_are_stale() -> bool:
    """Whether a static file is newer than the collected ones."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    collected = manifest.stat().st_mtime
    return any(
        Path(storage.path(name)).stat().st_mtime > collected
        for finder in get_finders()
        for name, storage in finder.list([])
    )


def collect_static_files() -> None:
    """Collect, name by content and compress the static files."""
    call_command("collectstatic", interactive=False, verbosity=0)
