"""A tourist who plans a day."""

import pytest
from selenium.webdriver import ActionChains

from tests.journeys.browser import Browser

pytestmark = pytest.mark.browser

LAKE, SQUARE, GARDEN = "attractions-tq0001", "attractions-tq0002", "attractions-tq0003"
DAY = f"/en/days-out/?stops={LAKE},{SQUARE},{GARDEN}&start=2026-12-01T08:00"


def test_tourist_without_scripts_takes_a_ready_day_and_changes_it(browser: Browser) -> None:
    browser.resize(360, 740)
    browser.scripts(allowed=False)
    browser.open("/en/days-out/")
    browser.press("main article a.button", "Plan this day")
    before = browser.address["stops"].split(",")
    assert len(before) > 1
    browser.press(".stops a.button", "Later")
    assert browser.address["stops"].split(",")[:2] == before[1::-1]
    browser.write("#id_add", "Vườn hoa thành phố")
    browser.press("#add button")
    browser.see("#add li", "is in your day")


def test_tourist_drags_the_last_stop_to_the_beginning(browser: Browser) -> None:
    browser.resize(1280, 1600)
    browser.open(DAY)
    browser.wait(lambda: len(browser.all(".stops .handle")) == 3)
    last, first = browser.all(".stops .handle")[2], browser.all(".stops .handle")[0]
    ActionChains(browser.driver).click_and_hold(last).move_to_element(first).move_by_offset(0, 5).release().perform()
    browser.wait(lambda: browser.address["stops"] == f"{GARDEN},{LAKE},{SQUARE}")
    assert "Garden" in browser.text(browser.find(".stops li"))


def test_tourist_adds_a_place_to_the_day_planned_last(browser: Browser) -> None:
    browser.open(DAY)
    browser.find(".stops .handle")
    browser.open("/en/places/shopping-ms0001")
    browser.wait(lambda: LAKE in (browser.find("[data-add-to-day]").get_attribute("href") or ""))
    browser.press("[data-add-to-day]")
    assert browser.address["stops"] == f"{LAKE},{SQUARE},{GARDEN},shopping-ms0001"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_day_fits_the_screen_and_is_free_of_known_faults(browser: Browser, width: int) -> None:
    browser.resize(width, 800)
    browser.open(DAY)
    browser.find(".stops .handle")
    assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.accessibility_faults() == []
    assert browser.refusals() == []
    assert len(browser.hosts_asked()) == 1
