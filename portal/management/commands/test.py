"""`./city test`: the whole proof, closed by one line `N passed, N failed, N skipped`."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from django.core.management.base import BaseCommand, CommandParser

from portal.management.commands.lint import CHECKS, run_checks
from portal.management.commands.setup import collect_static_files, compile_messages, static_files_are_stale

# Each process has a database and a served portal of its own.
AT_ONCE = ("--numprocesses=2",)


class Command(BaseCommand):
    help = "Run lint and all tests; with pytest's arguments only the tests they choose."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pytest", nargs=argparse.REMAINDER, help="arguments of pytest")

    def run_from_argv(self, argv: list[str]) -> None:
        # All arguments are pytest's, options too.
        super().run_from_argv([*argv[:2], "--", *argv[2:]] if argv[2:] not in (["--help"], ["-h"]) else argv)

    def handle(self, *args: Any, pytest: list[str], **options: Any) -> None:
        compile_messages()
        if static_files_are_stale():
            collect_static_files()
        arguments = [argument for argument in pytest if argument != "--"]
        lint_failed = 0 if arguments else run_checks(self.stdout)
        lint_passed = 0 if arguments else len(CHECKS) - lint_failed
        passed, failed, skipped = run_tests(arguments or AT_ONCE)
        passed, failed = passed + lint_passed, failed + lint_failed
        self.stdout.write(f"{passed} passed, {failed} failed, {skipped} skipped")
        self.stdout.flush()
        sys.exit(1 if failed else 0)


def run_tests(arguments: Iterable[str]) -> tuple[int, int, int]:
    """Run pytest and count (passed, failed, skipped); a run that breaks off or finds no test counts as failed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run([sys.executable, "-m", "pytest", "-rs", f"--junitxml={report}", *arguments])
        if not report.exists():
            return 0, 1, 0
        tests, failed, skipped = count(report.read_text(encoding="utf-8"))
    if done.returncode and not failed:
        failed = 1
    return max(0, tests - failed - skipped), failed, skipped


def count(junit: str) -> tuple[int, int, int]:
    """The numbers of tests, of failures with errors, and of skipped ones in a JUnit report."""
    suites = list(ElementTree.fromstring(junit).iter("testsuite"))  # noqa: S314 - pytest's own report

    def total(name: str) -> int:
        return sum(int(suite.get(name, "0")) for suite in suites)

    return total("tests"), total("failures") + total("errors"), total("skipped")
