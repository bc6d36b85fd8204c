"""The stage of the tests on following: the block of town, its publications, and a resident who follows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.utils.translation import override

from portal.changes.subjects import find_subject
from portal.follow import follows, outbox
from portal.follow.models import Follow
from tests.planning.conftest import Block, block  # noqa: F401  the fixture
from tests.portal.changes.conftest import NOW, publish, reviewer, take_back  # noqa: F401  fixtures

ON = date(2026, 11, 22)
HOA = "hoa@example.com"


def read_mail() -> list[Any]:
    """Send the outbox; returns the letters that went since the last look."""
    seen = len(mail.outbox)
    outbox.send_due(now=NOW)
    return mail.outbox[seen:]


def link(letter: Any, part: str) -> str:
    """The path of the link in a letter that holds `part`."""
    [url] = [line for line in letter.body.splitlines() if part in line]
    return url.removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def follow(db: None) -> Callable[..., Follow]:
    """Follow something and confirm it."""

    def follow(subject: str, email: str = HOA, language: str = "en") -> Follow:
        with override(language):
            found = find_subject(subject)
        assert found
        follows.ask(found, email=email, language=language, sender="192.0.2.1", now=NOW)
        [letter] = read_mail()
        return follows.confirm(link(letter, "/follow/confirm/").rpartition("/")[2], on=ON, now=NOW)

    return follow
