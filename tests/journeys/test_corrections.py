"""A reader says what is wrong, the tourist office accepts it, and the reader sees it; a guest checks a number first."""

import base64
import json
import re
from typing import Any
from urllib.request import urlopen

import pytest

from tests.conftest import LivingCity
from tests.journeys.browser import Browser
from tests.journeys.test_agent import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def inn(living_city: LivingCity) -> dict[str, Any]:
    """A lodging of the register that has a telephone."""
    with urlopen(f"{living_city.site}/api/v1/places?category=lodging&limit=200") as answer:
        found = [one["properties"] for one in json.load(answer)["features"]]
    return next(one for one in found if one["phone"] and one["source"] != "© OpenStreetMap contributors")


def test_a_correction_is_sent_from_a_phone_without_scripts_and_accepted(
    browser: Browser, living_city: LivingCity, inn: dict[str, Any]
) -> None:
    browser.resize(360, 760)
    browser.scripts(allowed=False)
    browser.open(f"/en/places/{inn['code']}")
    browser.press("main .actions a", "Suggest a correction")
    browser.write("#id_opening_hours", "8 to 17")
    browser.press("main button")
    assert "cannot be read" in str(browser.find("#id_opening_hours_error").get_attribute("textContent"))
    browser.write("#id_opening_hours", "Mo-Su 08:00-17:00")
    browser.press("main button")
    browser.find("main .badge")
    followed = browser.path
    browser.scripts(allowed=True)
    assert browser.driver.get_cookies() == []
    assert browser.accessibility_faults() == []
    browser.open("/en/workbench/corrections/")
    sign_in(browser, living_city, "steward")
    browser.open("/en/workbench/corrections/")
    browser.see("main h2", inn["name"])
    assert browser.accessibility_faults() == []
    assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= 360
    browser.press("button[value=accept]")
    browser.find("main .notice-good")
    browser.forget()
    browser.open(f"/en/places/{inn['code']}")
    browser.see("main", "08:00–17:00")
    browser.open(followed)
    browser.see("main dd", "accepted, and published")


def test_a_guest_checks_a_number_and_reports_it(browser: Browser, inn: dict[str, Any]) -> None:
    browser.resize(360, 760)
    browser.open("/en/")
    browser.open(f"/en/places/{inn['code']}")
    browser.press("main .actions a", "Is this page or number real?")
    browser.write("#id_contact", "0987 654 321")
    browser.press("main button")
    browser.see("main h2", "No, it is not the official one")
    browser.see("main dd", inn["phone"].split(";")[0].strip())
    assert browser.accessibility_faults() == []
    browser.press("main form button", "Report it")
    browser.wait(lambda: "/en/reports/DL-" in browser.path)
    assert browser.driver.get_cookies() == []
    browser.open("/en/places/check?contact=" + inn["phone"].split(";")[0].strip().replace("+", "%2B"))
    browser.see("main h2", "Yes, it is official")


def test_a_steward_walks_the_round_with_a_phone_and_records_it(browser: Browser, living_city: LivingCity) -> None:
    browser.resize(360, 760)
    browser.open("/en/places/quality")
    sign_in(browser, living_city, "steward")
    browser.open("/en/places/quality")
    assert browser.accessibility_faults() == []
    assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= 360
    waiting = browser.find(".round li a").get_attribute("href")
    browser.press(".round label")
    browser.press("main form button", "Record those ticked")
    browser.see(".notice-good, .messages", "1 place is recorded as verified today.")
    browser.open(f"{waiting}".removeprefix(living_city.site))
    browser.press("main form button", "Record this place")
    browser.see("main, .messages", "recorded as verified today already")
    assert browser.accessibility_faults() == []
    browser.forget()


def test_a_plate_is_one_sheet_of_a6(browser: Browser, inn: dict[str, Any]) -> None:
    browser.open(f"/places/{inn['code']}/plate")
    printed = browser.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    sheets = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", base64.b64decode(printed["data"]))
    assert [(round(float(wide) / 72 * 25.4), round(float(high) / 72 * 25.4)) for wide, high in sheets] == [(105, 148)]
