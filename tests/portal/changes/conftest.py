"""The stage of the tests on news: the block of town, and who publishes in it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tests.planning import make
from tests.planning.conftest import Block, block  # noqa: F401  the fixture
from tiles import editions
from tiles.models import Edition, Revision

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def reviewer(db: None, django_user_model: Any) -> Any:
    return django_user_model.objects.create_superuser("reviewer")


@pytest.fixture
def publish(reviewer: Any) -> Callable[..., Revision]:
    """Publish a new edition of a dataset with the rows that `fill` makes, each a second after the one before."""
    seconds = count()

    def publish(layer: str, code: str, fill: Callable[[Edition], Any] = lambda edition: None) -> Revision:
        edition = make.make_edition(layer, code, live=False)
        fill(edition)
        edition.state = "approved"
        edition.save()
        return editions.publish(edition, by=reviewer, now=NOW + timedelta(seconds=next(seconds)))

    return publish


@pytest.fixture
def take_back(reviewer: Any) -> Callable[[Revision], Revision]:
    """Roll the dataset of a publication back."""

    def take_back(revision: Revision) -> Revision:
        assert revision.edition
        return editions.roll_back(revision.edition.dataset, by=reviewer, now=NOW)

    return take_back
