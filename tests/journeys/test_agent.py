"""A visitor's complaint on its way to an agent's queue and back."""

import re

import pytest

from tests.conftest import LivingCity
from tests.journeys.browser import Browser

pytestmark = pytest.mark.browser


def test_complaint_reaches_the_agency_and_the_reporter_reads_its_state(
    browser: Browser, living_city: LivingCity, spot: str
) -> None:
    code = complain(browser, spot)
    browser.open("/en/desk/")
    assert "/accounts/login/" in browser.path
    sign_in(browser, living_city, "chief")
    browser.open("/en/desk/")
    browser.press("main a", code)
    browser.see("main", "The lamp is dark")
    browser.press("button[name=state]", "")
    browser.find("main .badge")
    browser.forget()
    browser.open(f"/en/reports/{code}")
    browser.see("main", code)
    assert "chief" not in browser.text(browser.find("main"))


def complain(browser: Browser, spot: str) -> str:
    """Report a dark lamp at a point of the map; returns the tracking code."""
    browser.open_map(f"?z=17&{spot}&sel=point/108.4355,11.9466", home="/en/")
    browser.press("#info-panel a[href*='/report/']")
    browser.find("select[name=field] option:nth-child(2)").click()
    browser.write("textarea[name=text]", "The lamp is dark since Monday.")
    browser.press("main form button[type=submit]", "Send")
    browser.wait(lambda: "/reports/" in browser.path)
    found = re.search(r"/reports/([^/]+)", browser.path)
    assert found
    return found[1]


def sign_in(browser: Browser, city: LivingCity, name: str) -> None:
    kept = (city.folder / "staff_passwords.txt").read_text("utf-8")
    found = re.search(rf"^\s*{name}\s+(\S+)", kept, re.MULTILINE)
    assert found
    browser.write("input[name=login]", name)
    browser.write("input[name=password]", found[1])
    browser.key("ENTER")
    browser.wait(lambda: "/login" not in browser.path)
