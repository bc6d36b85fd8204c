"""`./city lint`: style, types, import contracts, migrations in sync with the models."""

import subprocess
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

PYTHON = sys.executable
CHECKS = {
    "style": [PYTHON, "-m", "ruff", "check", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "types": [PYTHON, "-m", "mypy", "portal", "planning", "tourism", "tiles", "fixtures", "benchmarks", "tests"],
    "imports": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
}


class Command(BaseCommand):
    help = "Check style, types, import contracts, and that migrations match the models."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        failed = run_checks(self.stdout)
        if failed:
            raise CommandError(f"{failed} of {len(CHECKS)} checks failed.")


def run_checks(out: OutputWrapper) -> int:
    """Run every check, show what the failing ones say, and return how many failed."""
    failed = 0
    for name, command in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        verdict = "failed" if done.returncode else "passed"
        out.write(f"{name}: {verdict}, {time.monotonic() - began:.1f} s")
        if done.returncode:
            failed += 1
            out.write(done.stdout)
        out.flush()
    return failed
