"""A resident asks what was in force on another date."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.journeys.browser import Browser

pytestmark = pytest.mark.browser


def choose_date(browser: Browser, day: str) -> None:
    """Set the date as a press on the calendar does."""
    script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))"
    browser.driver.execute_script(script, browser.find("#map-on"), day)


def test_a_date_of_the_past_is_in_the_address_and_in_every_answer(browser: Browser, spot: str) -> None:
    browser.open_map(f"?z=18&{spot}&sel=parcels/p1-1-1")
    browser.see("#info-panel", "Phường Xuân Hương - Đà Lạt")
    choose_date(browser, "2012-01-01")
    browser.see("#date-note", "01/01/2012")
    assert browser.address["on"] == "2012-01-01"
    browser.see("#info-panel .muted", "Phường 1")
    assert browser.find("#info-panel .button-primary").get_attribute("href").endswith("/parcels/p1-1-1?on=2012-01-01")
    browser.press("#date-note button")
    browser.see("#info-panel", "Phường Xuân Hương - Đà Lạt")
    assert "on" not in browser.address


def test_the_slider_moves_by_keyboard_and_the_maps_as_one(browser: Browser, spot: str) -> None:
    browser.open(f"/compare/?on=2012-01-01&and=2026-03-01&z=15&{spot}")
    browser.find("body[data-ready]")
    slider = browser.find("#cut")
    slider.send_keys(Keys.HOME)
    assert browser.find("#compare").get_attribute("style") == "--cut: 0%;"
    slider.send_keys(Keys.ARROW_RIGHT)
    assert slider.get_attribute("aria-valuetext") == "1 %"
    browser.find("[data-map=after] .maplibregl-canvas").send_keys(Keys.ADD)
    browser.wait(lambda: float(browser.address["z"]) > 15.5)
    assert not browser.refusals()


def test_the_comparison_has_no_accessibility_faults(browser: Browser, spot: str) -> None:
    browser.open(f"/en/compare/?on=2012-01-01&and=2026-03-01&z=15&{spot}")
    browser.find("body[data-ready]")
    assert browser.accessibility_faults() == []
