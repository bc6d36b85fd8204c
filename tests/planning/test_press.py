"""The queue of documents: two at a time, each client its share, a finished file kept, a refused answer not."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from planning.extracts import press
from planning.extracts.press import ClientFullError, Press, QueueFullError, Waiting
from planning.models import FrozenExtract
from planning.pages import extracts
from tests.planning.conftest import Block


def make(queue: Press, number: str, html: str, client: str = "192.0.2.1") -> bytes | Waiting:
    return queue.wait(number, queue.take(number, html, client=client))


def test_two_are_made_at_a_time_and_the_others_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "PATIENCE_S", 0.01)
    go, lock = threading.Event(), threading.Lock()
    now: set[str] = set()
    most: list[int] = []

    def slow(html: str) -> bytes:
        with lock:
            now.add(html)
            most.append(len(now))
        go.wait(30)
        with lock:
            now.discard(html)
        return html.encode()

    queue = Press(tmp_path, slow)
    places = [make(queue, f"N{i}", f"page {i}") for i in range(5)]
    assert places == [Waiting(place=place) for place in (0, 0, 1, 2, 3)]
    assert make(queue, "N4", "page 4") == Waiting(place=3)
    monkeypatch.setattr(press, "LONGEST_QUEUE", 5)
    with pytest.raises(QueueFullError):
        make(queue, "N5", "page 5")
    go.set()
    deadline = time.monotonic() + 30
    while None in (queue.find(f"N{i}") for i in range(5)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [queue.find(f"N{i}") for i in range(5)] == [f"page {i}".encode() for i in range(5)]
    assert max(most) == press.AT_ONCE


@dataclass
class Held:
    """A press whose documents are finished when `go` is set."""

    press: Press
    go: threading.Event


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    go = threading.Event()

    def slow(html: str) -> bytes:
        go.wait(30)
        return html.encode()

    made = Press(tmp_path, slow)
    monkeypatch.setattr(press, "PATIENCE_S", 0.01)
    monkeypatch.setattr(extracts, "press", lambda: made)
    yield Held(press=made, go=go)
    go.set()


def finish(held: Held, number: str) -> bytes:
    held.go.set()
    deadline = time.monotonic() + 30
    while (file := held.press.find(number)) is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return file


def test_no_client_takes_the_queue_from_the_others(held: Held) -> None:
    def ask(number: int, client: str) -> bytes | Waiting:
        return make(held.press, f"N{number}", f"page {number}", client)

    for number in range(press.OF_ONE_CLIENT):
        ask(number, "greedy")
    with pytest.raises(ClientFullError):
        ask(90, "greedy")
    assert ask(0, "greedy") == Waiting(place=0)
    assert ask(91, "patient") == Waiting(place=press.OF_ONE_CLIENT + 1 - press.AT_ONCE)
    assert finish(held, "N91") == b"page 91"
    ask(90, "greedy")
    assert finish(held, "N90") == b"page 90"


def test_a_client_with_enough_in_the_queue_is_told_so_and_still_given_what_is_made(
    block: Block, client: Client, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "OF_ONE_CLIENT", 1)
    mine = {"REMOTE_ADDR": "192.0.2.1"}
    assert client.get("/parcels/p1-12-346.pdf?on=2026-03-01", **mine).status_code == 202
    for path, words in (
        ("/parcels/p1-12-345.pdf?on=2026-03-01", "Hãy thử lại sau 10 giây"),
        ("/en/parcels/p1-12-345.pdf?on=2026-03-01", "Try again in 10 seconds"),
    ):
        refused = client.get(path, **mine)
        assert (refused.status_code, refused["Retry-After"]) == (429, "10")
        assert words in refused.content.decode()
        assert f'href="{path}"' in refused.content.decode()
    assert not FrozenExtract.objects.filter(code="p1-12-345").exists(), "an answer that was refused was kept"
    waiting = client.get("/parcels/p1-12-346.pdf?on=2026-03-01", **mine)
    assert waiting.status_code == 202
    assert client.get("/parcels/p1-12-345.pdf?on=2026-03-01", REMOTE_ADDR="192.0.2.2").status_code == 202
    finish(held, FrozenExtract.objects.get(code="p1-12-346").number)
    monkeypatch.setattr(press, "OF_ONE_CLIENT", 0)
    assert client.get("/parcels/p1-12-346.pdf?on=2026-03-01", **mine)["Content-Type"] == "application/pdf"


def test_two_processes_do_not_make_the_same_document_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "PATIENCE_S", 0.01)
    go = threading.Event()

    def slow(html: str) -> bytes:
        go.wait(30)
        return html.encode()

    ours, theirs = Press(tmp_path, slow), Press(tmp_path, lambda html: b"theirs")
    assert make(ours, "N1", "ours") == Waiting(place=0)
    assert make(theirs, "N1", "theirs") == Waiting(place=0)
    go.set()
    deadline = time.monotonic() + 30
    while theirs.find("N1") is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert theirs.find("N1") == b"ours"


def test_a_document_that_failed_is_tried_again(tmp_path: Path) -> None:
    outcomes: Iterator[bytes | Exception] = iter([ValueError("broken"), b"made"])

    def render(html: str) -> bytes:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    queue = Press(tmp_path, render)
    with pytest.raises(ValueError, match="broken"):
        make(queue, "N1", "page")
    assert make(queue, "N1", "page") == b"made"


def test_the_oldest_files_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "KEPT_FILES", 2)
    queue = Press(tmp_path, str.encode)
    for i in range(4):
        make(queue, f"N{i}", f"page {i}")
    assert len(list(tmp_path.glob("*.pdf"))) == 2
    assert not list(tmp_path.glob("*.lock"))
    assert queue.find("N0") is None
