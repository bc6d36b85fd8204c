"""A resident with a land certificate in hand."""

import pytest

from tests.journeys.browser import Browser

pytestmark = pytest.mark.browser


def test_resident_finds_the_parcel_by_its_numbers_and_reads_its_zoning(browser: Browser) -> None:
    browser.open_map()
    browser.write("#q", "tờ 1 thửa 1 phường 1")
    browser.press("[role=option]", "1")
    browser.see("#info-panel h2", "Thửa 1, tờ 1")
    assert "Trên thửa đất này:" in browser.text(browser.find("#info-panel .answer"))
    assert "%" in browser.text(browser.find("#info-panel .answer"))
    assert browser.address["sel"] == "parcels/p1-1-1"


def test_resident_presses_on_a_parcel_and_back_closes_the_answer(browser: Browser, spot: str) -> None:
    browser.open_map(f"?z=18&{spot}")
    browser.tap_map(640, 430)
    browser.see("#info-panel h2", "tờ 1")
    assert browser.address["sel"].startswith("parcels/p1-1-")
    browser.driver.back()
    browser.wait(lambda: "sel" not in browser.address)
    assert not browser.find("#info-panel").is_displayed()
    assert spot.startswith(f"lon={browser.address['lon'][:8]}")


def test_address_of_a_selection_opens_it_again_in_english_too(browser: Browser, spot: str) -> None:
    browser.open_map(f"?z=18&{spot}&sel=parcels/p1-1-1")
    browser.see("#info-panel h2", "Thửa 1, tờ 1")
    browser.press("a[data-language]")
    browser.see("#info-panel h2", "Parcel 1, sheet 1")
    assert browser.path == "/en/"
    assert browser.address["z"] == "18"


def test_full_page_of_a_parcel_tells_the_same(browser: Browser, spot: str) -> None:
    browser.open_map(f"?z=18&{spot}&sel=parcels/p1-1-1")
    sentence = browser.text(browser.find("#info-panel .answer"))
    shown = browser.text(browser.find("#info-panel .facts dd"))
    browser.press("#info-panel .button-primary")
    browser.wait(lambda: browser.path == "/parcels/p1-1-1")
    assert browser.text(browser.find("main .lead")) == sentence
    assert shown in browser.text(browser.find("main"))


def test_resident_without_javascript_reaches_the_parcel_by_the_form(browser: Browser) -> None:
    browser.scripts(allowed=False)
    browser.open("/")
    browser.write("#sheet", "1")
    browser.write("#number", "1")
    browser.write("#ward", "Phường 1")
    browser.press("#text form .button-primary")
    browser.press("main a[href*='/parcels/p1-1-1']")
    assert browser.path == "/parcels/p1-1-1"


def test_keyboard_alone_closes_the_panel_and_returns_to_the_map(browser: Browser, spot: str) -> None:
    browser.open_map(f"?z=18&{spot}&sel=parcels/p1-1-1")
    browser.see("#info-panel h2", "Thửa 1")
    browser.find(".maplibregl-canvas").send_keys("l")
    browser.see("#layers-panel h2", "Lớp bản đồ")
    browser.key("ESCAPE")
    browser.key("ESCAPE")
    browser.wait(lambda: "sel" not in browser.address)


def test_layers_and_opacity_are_in_the_address(browser: Browser, spot: str) -> None:
    browser.open_map(f"?z=15&{spot}&layers=zones:0.5,roads")
    assert browser.address["layers"] == "zones:0.5,roads"
    if not browser.find("#layers-panel").is_displayed():
        browser.press("[aria-controls=layers-panel]")
    boxes = browser.all("#layers-panel .layer-title input")
    assert sum(box.is_selected() for box in boxes) == 2
    next(box for box in boxes if box.is_selected()).click()
    browser.wait(lambda: browser.address["layers"] in ("zones:0.5", "roads"))
