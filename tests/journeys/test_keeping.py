"""A resident who keeps an eye on a parcel: saves it, compares it, follows it, without an account."""

import email
import email.policy

import pytest

from tests.conftest import LivingCity
from tests.journeys.browser import Browser

pytestmark = pytest.mark.browser


def letters(city: LivingCity) -> list[str]:
    """Send the outbox; returns the texts of all letters that ever went."""
    city.manage("tidy_follows")
    files = sorted((city.folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    read = (email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files)
    return [message.get_content() for message in read]


def path_in(letter: str, part: str) -> str:
    [line] = [line for line in letter.splitlines() if part in line]
    return line[line.index("/", len("https://")) :]


def test_saved_parcels_stay_in_the_browser_and_can_be_compared(browser: Browser) -> None:
    browser.open("/saved")
    browser.driver.execute_script("localStorage.clear()")
    for code in ("p1-1-1", "p1-1-2"):
        browser.open(f"/parcels/{code}")
        browser.press(".star[aria-pressed=false]", "Lưu")
        browser.find(".star[aria-pressed=true]")
    browser.open("/saved")
    browser.see("[data-saved-list]", "Thửa 2, tờ bản đồ 1")
    assert browser.find("#saved-link").get_attribute("value").endswith("/saved#p1-1-2,p1-1-1")
    assert browser.accessibility_faults() == []
    for box in browser.all("[data-saved-list] input"):
        box.click()
    browser.press("[data-saved] .button-primary")
    browser.wait(lambda: browser.path == "/parcels/compare")
    assert browser.address == {"a": "p1-1-2", "b": "p1-1-1"}
    assert browser.accessibility_faults() == []
    assert browser.refusals() == []


def test_the_list_travels_by_a_link_that_no_server_sees(browser: Browser) -> None:
    browser.open("/saved")
    browser.driver.execute_script("localStorage.clear()")
    browser.open("/en/saved#p1-1-1,<b>x</b>,p1-1-2")
    browser.driver.refresh()
    assert "p1-1-1, p1-1-2" in browser.text(browser.find("[data-import] p"))
    browser.press("[data-import] button")
    browser.wait(lambda: len(browser.all("[data-saved-list] li")) == 2)
    browser.press("[data-saved-list] button", "Remove")
    browser.wait(lambda: len(browser.all("[data-saved-list] li")) == 1)
    browser.driver.refresh()
    browser.wait(lambda: len(browser.all("[data-saved-list] li")) == 1)


def test_saved_parcels_are_named_in_the_language_of_the_page(browser: Browser) -> None:
    browser.open("/saved")
    earlier = '[{"code": "p1-1-2", "title": "Thửa 2, tờ bản đồ 1, Phường 1", "day": "2026-01-31"}]'
    browser.driver.execute_script("localStorage.setItem('saved-parcels', arguments[0])", earlier)
    browser.open("/parcels/p1-1-1")
    browser.press(".star[aria-pressed=false]", "Lưu")
    browser.find(".star[aria-pressed=true]")
    browser.open("/en/saved")
    browser.see("[data-saved-list]", "Parcel 1, sheet 1, Phường 1")
    browser.see("[data-saved-list]", "Parcel 2, sheet 1, Phường 1")
    assert "Thửa" not in browser.text(browser.find("[data-saved-list]"))
    assert {part.text for part in browser.all("[data-saved-list] [lang=vi]")} == {"Phường 1"}
    browser.open("/saved")
    browser.see("[data-saved-list]", "Thửa 2, tờ bản đồ 1, Phường 1")


def test_the_star_of_the_map_panel_saves_too(browser: Browser, spot: str) -> None:
    browser.open_map(f"?z=18&{spot}&sel=parcels/p1-1-1")
    browser.driver.execute_script("localStorage.clear()")
    browser.press("#info-panel .star")
    browser.find("#info-panel .star[aria-pressed=true]")
    browser.open("/saved")
    browser.see("[data-saved-list]", "Thửa 1")


def test_resident_follows_a_parcel_without_javascript_and_stops_again(
    browser: Browser, living_city: LivingCity
) -> None:
    browser.scripts(allowed=False)
    browser.open("/parcels/p1-1-1")
    browser.press("summary", "Báo cho tôi")
    browser.write("#follow-email", "hoa@example.com")
    browser.press("details .button-primary", "Theo dõi")
    browser.wait(lambda: browser.path == "/follow/sent")
    browser.open(path_in(letters(living_city)[-1], "/follow/confirm/"))
    browser.press("main .button-primary")
    browser.see("[role=status]", "Bạn đang theo dõi")
    browser.open(path_in(letters(living_city)[-1], "/follow/stop/"))
    browser.press("main .button-primary")
    browser.see("[role=status]", "Địa chỉ của bạn đã được xóa")
    assert browser.driver.get_cookies() == []
