"""A tourist with a phone."""

import json
from time import sleep
from urllib.parse import parse_qs
from urllib.request import urlopen

import pytest

from tests.conftest import LivingCity
from tests.journeys.browser import Browser

pytestmark = pytest.mark.browser


def test_tourist_finds_the_cash_machines_nearby_and_opens_one(browser: Browser) -> None:
    browser.resize(360, 740)
    browser.open("/en/places/?near=108.4335,11.9450&category=atm")
    browser.press("main .card a", "ATM")
    assert browser.path.startswith("/en/places/")
    assert browser.all("main a[href^='geo:']")


def test_frightened_tourist_presses_near_me_and_sees_what_is_open_nearest(browser: Browser) -> None:
    browser.resize(360, 740)
    place = {"latitude": 11.9429, "longitude": 108.4369, "accuracy": 10}
    browser.driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["geolocation"]})
    browser.driver.execute_cdp_cmd("Emulation.setGeolocationOverride", place)
    browser.open("/en/emergency")
    assert browser.driver.current_url.endswith("/en/emergency"), "nobody's place is asked before a press"
    browser.press("[data-locate] button", "Near me")
    browser.see("main .notice-good", "11.94290, 108.43690")
    assert "min on foot" in browser.text(browser.find("main"))
    assert browser.all("main a[href='tel:115']")


def test_tourist_who_keeps_their_place_to_themselves_is_told_what_to_do(browser: Browser) -> None:
    browser.driver.execute_cdp_cmd("Browser.resetPermissions", {})
    permission = {"permission": {"name": "geolocation"}, "setting": "denied", "origin": browser.site}
    browser.driver.execute_cdp_cmd("Browser.setPermission", permission)
    browser.open("/en/places/")
    browser.press("[data-locate] button", "Near me")
    browser.see("[data-locate] [role=status]", "Type it, or allow it in the browser")


def test_list_of_what_is_in_view_is_stepped_with_arrow_keys_and_opens_a_card(browser: Browser, spot: str) -> None:
    browser.resize(360, 740)
    browser.open_map(f"?z=17&{spot}&layers=places", home="/en/")
    browser.press("[aria-controls=list-panel]")
    browser.wait(lambda: len(browser.all("#list-panel [data-features] button")) > 1)
    first, second = browser.all("#list-panel [data-features] button")[:2]
    first.send_keys("\ue015")
    assert browser.driver.switch_to.active_element == second
    name = browser.text(second).splitlines()[0]
    second.click()
    browser.see("#info-panel h2", name)
    assert browser.address["sel"].startswith("places/")


def test_phone_sheet_covers_at_most_half_the_map_unasked(browser: Browser, spot: str) -> None:
    browser.resize(360, 740)
    browser.open_map(f"?z=18&{spot}&sel=parcels/p1-1-1")
    browser.see("#info-panel h2", "Thửa 1")
    sheet, region = browser.find("#info-panel").rect, browser.find("#map-region").rect
    assert sheet["height"] <= region["height"] / 2 + 1
    assert sheet["width"] == region["width"] == 360


def test_map_asks_no_outside_host_and_breaks_no_policy(browser: Browser, spot: str) -> None:
    browser.open_map(f"?z=17&{spot}")
    assert browser.hosts_asked() == {browser.site.removeprefix("http://")}
    assert browser.refusals() == []
    assert browser.driver.get_cookies() == []


def test_coordinate_of_a_spot_is_shown_in_both_systems(browser: Browser, spot: str) -> None:
    browser.open_map(f"?z=15&{spot}&sel=point/108.4419,11.9404", home="/en/")
    panel = browser.see("#info-panel", "11.94040, 108.44190")
    assert "VN-2000" in browser.text(panel)
    assert "1320566" in browser.text(panel).replace(",", "").replace(".", "")


def test_list_and_map_show_the_same_places_by_the_same_filters(browser: Browser, spot: str) -> None:
    here = parse_qs(spot)
    browser.resize(360, 740)
    browser.open(f"/en/places/?category=atm&near={here['lon'][0]},{here['lat'][0]}")
    nearest = browser.find("main .card a[href^='/en/places/']")
    name, code = browser.text(nearest), nearest.get_attribute("href").rsplit("/", 1)[1]
    with urlopen(f"{browser.site}/api/v1/places/{code}") as answer:
        lon, lat = json.load(answer)["geometry"]["coordinates"]
    browser.open(f"/en/places/?category=atm&near={lon},{lat}")
    said = browser.text(browser.find("#count"))
    browser.press("nav.switch a", "Map")
    browser.wait(lambda: browser.all("body[data-ready]"))
    assert (browser.path, browser.address["category"]) == ("/en/places/map", "atm")
    assert browser.text(browser.find("#count")).split()[0] == said.split()[0]
    for _closer in range(6):
        if browser.text(browser.find("#place-map [data-card] h2")):
            break
        middle = "arguments[0].scrollIntoView({block: 'center'}); return arguments[0].getBoundingClientRect()"
        box = browser.driver.execute_script(middle, browser.find("#place-map canvas"))
        browser.tap_map(round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2))
        sleep(1)
    browser.see("#place-map [data-card] h2", name)
    # What is chosen and the view are in the address, beside the filters.
    assert (browser.address["sel"], browser.address["category"]) == (f"places/{code}", "atm")
    browser.driver.refresh()
    browser.find("body[data-ready]")
    browser.see("#place-map [data-card] h2", name)
    browser.key("ESCAPE")
    browser.wait(lambda: not browser.find("#place-map [data-card]").is_displayed())
    assert "sel" not in browser.address
    # By keys: from the map into the list of what is in view, a card, and back to the line.
    browser.driver.execute_script("document.querySelector('#place-map canvas').focus()")
    browser.key("ENTER")
    # At once: the list is drawn anew when the map has moved.
    at = "const at = document.activeElement; return [at.dataset.sel, at.innerText]"
    chosen, line = browser.driver.execute_script(at)
    assert chosen
    browser.key("ENTER")
    browser.see("#place-map [data-card] h2", line.splitlines()[0])
    assert browser.accessibility_faults() == []
    browser.key("ESCAPE")
    assert browser.driver.switch_to.active_element.get_attribute("data-sel") == chosen
    browser.press("nav.switch a", "List")
    assert (browser.path, browser.address["category"]) == ("/en/places/", "atm")


def test_card_on_the_map_tells_a_closure_and_dials_each_number(browser: Browser, living_city: LivingCity) -> None:
    code = "lodging-lt0001"
    prepared = (
        "from datetime import date\n"
        "from django.utils import timezone\n"
        "from portal.accounts.models import User\n"
        "from tourism import notices\n"
        "from tourism.models import HoursNotice, Place\n"
        "who = {'by': User.objects.get_or_create(username='lan')[0], 'now': timezone.now()}\n"
        f"place = Place.objects.live().get(code='{code}')\n"
    )
    said = "date(2026, 1, 1), last=None, reason_vi='Sửa mái', reason_en='Roof repairs'"
    closing = (
        "Place.objects.filter(pk=place.pk).update(phone='0263 3800 001; 0263 3800 002')\n"
        f"notices.close(place, first={said}, **who)\n"
    )
    living_city.manage("shell", "-v0", "-c", prepared + closing)
    browser.open_map(f"?sel=places/{code}", home="/en/")
    browser.see("#info-panel .badge", "Closed now")
    browser.see("#info-panel .answer", "closed until further notice: Roof repairs")
    dialled = [link.get_attribute("href") for link in browser.all("#info-panel a[href^='tel:']")]
    assert dialled == ["tel:02633800001", "tel:02633800002"]
    # Other journeys meet the place as it was.
    mine = f"HoursNotice.objects.standing().filter(place='{code}', reason_vi='Sửa mái')"
    living_city.manage("shell", "-v0", "-c", f"{prepared}[notices.end(one, **who) for one in {mine}]\n")


def test_list_tells_what_is_open_on_a_day_to_come(browser: Browser) -> None:
    browser.open("/en/places/?open_on=2026-12-05T20:00")
    evening = int(browser.text(browser.find("#count")).split()[0].replace(",", ""))
    browser.open("/en/places/?open_on=2026-12-05T03:00")
    night = int(browser.text(browser.find("#count")).split()[0].replace(",", ""))
    assert 0 < night < evening
    browser.open("/en/places/?open_on=tomorrow")
    assert "2026-12-24T20:00" in browser.text(browser.find("#open_on_errors"))


def test_tourist_shares_a_place_and_without_scripts_finds_its_address(browser: Browser) -> None:
    browser.resize(360, 740)
    browser.open("/en/places/shopping-ms0001")
    browser.press("details.card summary", "Share this place")
    browser.driver.execute_script("navigator.share = async (what) => { window.shared = what; }")
    browser.press("[data-share] button")
    browser.wait(
        lambda: browser.driver.execute_script("return window.shared?.url").endswith("/en/places/shopping-ms0001")
    )
    browser.driver.execute_script("Object.defineProperty(navigator, 'share', { value: undefined })")
    browser.driver.execute_script("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    browser.press("[data-share] button")
    browser.see("[data-share] [role=status]", "Copied")
    assert browser.driver.execute_script("return window.copied").endswith("/en/places/shopping-ms0001")
    browser.driver.execute_script("document.querySelector('.qr').scrollIntoView()")
    browser.wait(lambda: browser.driver.execute_script("return document.querySelector('.qr').naturalWidth > 0"))
    assert browser.accessibility_faults() == []
    browser.scripts(allowed=False)
    browser.open("/en/places/shopping-ms0001")
    browser.press("details.card summary", "Share this place")
    assert browser.find("#place-link").get_attribute("value").endswith("/en/places/shopping-ms0001")


GROW = """
from django.utils import timezone
from tiles import revisions
revisions.grow("places", by=None, reason="calendar", now=timezone.now())
"""


def test_map_follows_a_layer_that_was_published_a_moment_ago(
    browser: Browser, living_city: LivingCity, spot: str
) -> None:
    living_city.manage("shell", "-v0", "-c", GROW)
    # The browser may keep for a minute where the tiles of this revision are; closer ones are not made yet …
    browser.open_map(f"?z=13&{spot}&layers=places")
    living_city.manage("shell", "-v0", "-c", GROW)
    browser.answers()
    browser.open_map(f"?z=16.5&{spot}&layers=places")
    # … and were gone, if one asked for them.
    assert [path for path, _status in browser.answers()].count("/tiles/places.json") == 1


def test_map_that_is_open_follows_a_layer_that_is_published_anew(
    browser: Browser, living_city: LivingCity, spot: str
) -> None:
    living_city.manage("shell", "-v0", "-c", GROW)
    browser.open_map(f"?z=13&{spot}&layers=places")
    living_city.manage("shell", "-v0", "-c", GROW)
    browser.answers()
    browser.driver.execute_script("delete document.body.dataset.ready")
    browser.press(".maplibregl-ctrl-zoom-in")
    browser.find("body[data-ready]")
    assert [path for path, _status in browser.answers()].count("/tiles/places.json") == 1
    assert not browser.all("#notices .notice")
