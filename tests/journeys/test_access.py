"""Everybody: WCAG 2.2 AA as a gate, on wide screens and phones, in light and dark."""

import pytest

from tests.journeys.browser import Browser

pytestmark = pytest.mark.browser

PAGES = [
    "/en/",
    "/places/",
    "/en/places/map?category=pharmacy",
    "/en/emergency?near=108.4369,11.9429",
    "/en/places/attractions-tq0001",
    "/en/places/attractions-tq0001/history",
    "/figures/tourism",
    "/en/days-out/",
    "/places/check?contact=0263+111+2222",
    "/en/places/lodging-lt0001/correct",
    "/places/lodging-lt0001/plate",
    "/events/",
    "/en/events/balloon-evening",
    "/parcels/p1-1-1",
    "/plans/",
    "/report/",
    "/search/?q=phan+dinh+phung",
    "/search/?q=zzzzzz",
    "/search/?q=1/1",
    "/parcels/match?example",
    "/accounts/login/",
    "/changes",
    "/wards/p1",
    "/parcels/compare?a=p1-1-1&b=p1-1-2",
    "/saved",
    "/offline",
    "/follow/?subject=parcels/p1-1-1",
    "/nothing-here/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_accessibility_fault(browser: Browser, path: str, scheme: str) -> None:
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    browser.open(path)
    assert browser.accessibility_faults() == []


def test_map_with_its_panels_open_has_no_accessibility_fault(browser: Browser, spot: str) -> None:
    browser.resize(1440, 900)
    browser.open_map(f"?z=18&{spot}&sel=parcels/p1-1-1")
    browser.see("#info-panel h2", "Thửa 1")
    assert browser.accessibility_faults() == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 768])
def test_page_never_scrolls_sideways(browser: Browser, path: str, width: int) -> None:
    browser.resize(width, 700)
    browser.open(path)
    assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= width
