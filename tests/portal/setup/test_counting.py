"""The closing line of `./city test` counts what happened, and a run that broke off is no success."""

from pathlib import Path

import pytest

from portal.management.commands.test import run_tests

STORIES = """
import pytest

def test_good(): pass
def test_bad(): assert False
def test_left_out(): pytest.skip("no browser here")
@pytest.fixture
def broken(): raise RuntimeError
def test_not_begun(broken): pass
"""


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    file = tmp_path / "test_stories.py"
    file.write_text(STORIES)
    return file


def run(*arguments: str) -> tuple[int, int, int]:
    return run_tests(["-p", "no:django", "-c", "/dev/null", *arguments])


def test_passed_failed_and_skipped_tests_are_counted(stories: Path) -> None:
    assert run(str(stories)) == (1, 2, 1)


def test_a_run_without_a_failure_has_none(stories: Path) -> None:
    assert run(str(stories), "-k", "good or left_out") == (1, 0, 1)


def test_a_run_that_finds_no_test_fails(stories: Path) -> None:
    assert run(str(stories), "-k", "nothing") == (0, 1, 0)


def test_a_file_that_cannot_be_read_fails(tmp_path: Path) -> None:
    (tmp_path / "test_wrong.py").write_text("def test_(:\n")
    assert run(str(tmp_path)) == (0, 1, 0)


def test_an_unknown_option_fails(stories: Path) -> None:
    assert run(str(stories), "--no-such-option") == (0, 1, 0)
