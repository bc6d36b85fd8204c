"""One browser for all journeys; each starts as a new visitor."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.conftest import LivingCity
from tests.journeys.browser import CHROMIUM, DRIVER, Browser


@pytest.fixture(scope="session")
def chromium() -> None:
    """Skip what needs a browser where there is none."""
    if not (Path(CHROMIUM).exists() and Path(DRIVER).exists()):
        pytest.skip("Chromium is missing: apt-get install chromium chromium-driver")


@pytest.fixture(scope="session")
def _window(chromium: None, living_city: LivingCity) -> Iterator[Browser]:
    browser = Browser(living_city.site)
    yield browser
    browser.driver.quit()


@pytest.fixture
def browser(_window: Browser) -> Browser:
    _window.forget()
    return _window


@pytest.fixture(scope="session")
def spot(living_city: LivingCity) -> str:
    """The middle of parcel 1 of sheet 1 in ward 1, as the address bar writes it."""
    question = quote("tờ 1 thửa 1 phường 1")
    with urlopen(f"{living_city.site}/api/v1/search?q={question}") as answer:
        found = json.load(answer)["results"][0]
    assert found["code"] == "p1-1-1"
    return f"lon={found['lon']}&lat={found['lat']}"
