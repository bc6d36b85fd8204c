"""A tourist whose line breaks off."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unicodedata import combining, normalize
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from portal.calendar import CITY_ZONE
from tests.conftest import LivingCity
from tests.journeys.browser import Browser
from tests.journeys.line import Line, line_to
from tests.journeys.test_agent import sign_in
from tests.journeys.test_tourist import GROW

pytestmark = pytest.mark.browser

# Everything the worker keeps of files is there.
KEEPS_ALL = """
const done = arguments[0];
(async () => {
  const text = await (await fetch("/service-worker.js")).text();
  const kept = JSON.parse(text.slice(text.indexOf("{"), text.indexOf(";\\n")));
  const files = await (await caches.open(`files-${kept.version}`)).keys();
  return files.length === kept.paper.length + kept.map.length;
})().then(done, () => done(false));
"""
KEPT_PATHS = """
const done = arguments[0];
(async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(`${name} ${new URL(url).pathname}`);
  return found;
})().then(done);
"""
HOURS_OF_LAST_MONTH = """
const done = arguments[0];
(async () => {
  const cache = await caches.open("pages");
  const hours = await (await cache.match("/api/v1/opening-hours")).json();
  await cache.put("/api/v1/opening-hours", Response.json({ ...hours, until: hours.from }));
})().then(done);
"""


ALL_BY_APPOINTMENT = """
const done = arguments[0];
(async () => {
  const cache = await caches.open("pages");
  const { from, until, texts } = await (await cache.match("/api/v1/opening-hours")).json();
  const asked = { open: [], unknown: [[from, until]], appointment: [[from, until]] };
  const all = Object.fromEntries(Object.keys(texts).map((text) => [text, asked]));
  await cache.put("/api/v1/opening-hours", Response.json({ from, until, texts: all, places: {} }));
})().then(done);
"""


@pytest.fixture(scope="module")
def line(living_city: LivingCity) -> Iterator[Line]:
    with line_to(living_city.site) as line:
        yield line


@pytest.fixture(scope="module")
def _phone(chromium: None, line: Line) -> Iterator[Browser]:
    phone = Browser(line.site)
    yield phone
    phone.driver.quit()


@pytest.fixture
def phone(_phone: Browser, line: Line) -> Browser:
    """A phone of a visitor who comes for the first time."""
    line.cut = line.slow = line.broken = False
    line.release = ""
    _phone.forget()
    _phone.resize(360, 740)
    return _phone


@pytest.fixture(scope="module")
def places(living_city: LivingCity) -> dict[str, Any]:
    """Places around the market, by code."""
    with urlopen(f"{living_city.site}/api/v1/places?near=108.4369,11.9429&limit=5&lang=vi") as answer:
        return {feature["properties"]["code"]: feature for feature in json.load(answer)["features"]}


def settle(phone: Browser) -> None:
    """Wait until the worker has done its work behind the page."""
    phone.wait(lambda: phone.driver.execute_async_script(KEEPS_ALL))


def cut(phone: Browser, line: Line) -> None:
    phone.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    line.cut = True


def kept_paths(phone: Browser) -> set[str]:
    return set(phone.driver.execute_async_script(KEPT_PATHS))


def file_caches(phone: Browser) -> set[str]:
    return {path.split()[0] for path in kept_paths(phone) if path.startswith("files-")}


def test_emergency_page_is_kept_by_whoever_opened_any_page(phone: Browser, line: Line) -> None:
    phone.open("/places/")
    settle(phone)
    cut(phone, line)
    for path, words in (("/emergency", "Không có kết nối"), ("/en/emergency", "No connection")):
        phone.open(path)
        phone.see("#kept", words)
        assert phone.find("#kept time").text.count(":") == 1
        assert phone.all("main a[href='tel:115']")
        phone.wait(lambda: phone.all("section[data-kind=hospital] li"))
        assert not phone.find("#q").is_enabled()
        assert phone.all("a[aria-disabled=true]")
        assert phone.accessibility_faults() == []


@pytest.mark.parametrize("trouble", ["slow", "broken"])
def test_emergency_page_is_read_on_a_line_that_does_not_answer_too(phone: Browser, line: Line, trouble: str) -> None:
    phone.open("/emergency")
    settle(phone)
    setattr(line, trouble, True)
    phone.open("/emergency")
    phone.see("#kept", "Không có kết nối")


def test_frightened_tourist_without_a_line_finds_the_nearest_hospital(phone: Browser, line: Line) -> None:
    phone.open("/en/emergency")
    settle(phone)
    cut(phone, line)
    phone.driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["geolocation"]})
    here = {"latitude": 11.9429, "longitude": 108.4369, "accuracy": 10}
    phone.driver.execute_cdp_cmd("Emulation.setGeolocationOverride", here)
    phone.open("/en/emergency")
    phone.press("[data-locate] button", "Near me")
    phone.see("[data-here] strong", "11.94290, 108.43690")
    phone.see("section[data-kind=hospital]", "min on foot")


def test_place_that_was_seen_is_read_again_and_one_that_was_not_says_so(
    phone: Browser, line: Line, places: dict[str, Any]
) -> None:
    seen, unseen = list(places)[:2]
    phone.open("/")
    settle(phone)
    phone.open("/places/map")
    phone.open(f"/places/{seen}")
    phone.wait(lambda: f"places /places/{seen}" in kept_paths(phone))
    cut(phone, line)
    # It is no place, and its map needs the line.
    phone.open("/places/map")
    phone.see("[data-missed] code", "/places/map")
    phone.open(f"/places/{seen}")
    phone.see("#kept", "Bản lưu lúc")
    phone.see("h1", places[seen]["properties"]["name"])
    phone.open(f"/places/{unseen}")
    phone.see("h1", "Trang này cần kết nối")
    phone.see("[data-missed] code", unseen)
    phone.see("[data-seen]", places[seen]["properties"]["name"])


@pytest.mark.parametrize(("hour", "state"), [(12, "badge-open"), (3, "badge-closed")])
def test_what_is_open_is_worked_out_for_the_moment_of_reading(
    phone: Browser, line: Line, places: dict[str, Any], hour: int, state: str
) -> None:
    market = next(code for code, it in places.items() if it["properties"]["opening_hours"] == "Mo-Su 04:00-22:00")
    phone.open(f"/places/{market}")
    settle(phone)
    phone.open(f"/places/{market}")
    phone.wait(lambda: f"places /places/{market}" in kept_paths(phone))
    cut(phone, line)
    moment = datetime.now(CITY_ZONE).replace(hour=hour).timestamp() * 1000
    told = phone.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": f"Date.now = () => {moment};"}
    )
    phone.open(f"/places/{market}")
    phone.find(f".lead .{state}")
    phone.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", told)


def test_hours_beyond_what_was_worked_out_are_unknown(phone: Browser, line: Line) -> None:
    phone.open("/emergency")
    settle(phone)
    phone.driver.execute_async_script(HOURS_OF_LAST_MONTH)
    cut(phone, line)
    phone.open("/emergency")
    phone.wait(lambda: phone.all("section[data-kind=hospital] .badge"))
    assert not phone.all("main .badge-open, main .badge-closed")


def keep_area(phone: Browser, lon: float, lat: float) -> None:
    """Keep what the map shows around a point."""
    phone.open_map(f"?z=16.5&lon={lon}&lat={lat}")
    settle(phone)
    phone.press("[aria-controls=keep-panel]")
    phone.see("#keep-panel [data-offer]", "MB")
    phone.wait(lambda: phone.find("#keep-panel [data-keep]").is_enabled())
    phone.press("#keep-panel [data-keep]")
    phone.see("#keep-panel [data-offer]", "Đã lưu")


def test_area_is_kept_with_its_map_and_places(phone: Browser, line: Line, places: dict[str, Any], spot: str) -> None:
    code, place = next(
        (code, it) for code, it in places.items() if it["properties"]["opening_hours"] == "Mo-Su 04:00-22:00"
    )
    lon, lat = place["geometry"]["coordinates"]
    keep_area(phone, lon, lat)
    assert len(phone.all("#keep-panel [data-areas] li")) == 1
    cut(phone, line)
    line.asked.clear()

    phone.open_map(f"?z=17&lon={lon}&lat={lat}&layers=zones,roads,places&sel=places/{code}")
    phone.see("#info-panel h2", place["properties"]["name"])
    phone.see("#info-panel .source", "lưu lúc")
    phone.see("#info-panel .facts", "04:00–22:00")
    assert phone.address["layers"] == "roads,places"
    phone.press("#info-panel [data-close]")
    phone.press("[aria-controls=list-panel]")
    phone.see("#list-panel [data-features]", place["properties"]["name"])
    phone.press("#list-panel [data-close]")
    phone.press("[aria-controls=layers-panel]")
    boxes = phone.all("#layers-panel .layer-title input")
    assert 0 < sum(box.is_enabled() for box in boxes) < len(boxes)
    assert not [path for path in line.asked if path.startswith("/tiles/")]
    assert phone.refusals() == []

    phone.open(f"/places/{code}")
    phone.see("h1", place["properties"]["name"])
    assert not phone.all(f"[data-place] a[href$='/places/{code}']"), "there is no fuller page"
    phone.open("/places/")
    phone.see("[data-list]", place["properties"]["name"])
    phone.press("#kept-open")
    phone.wait(lambda: not phone.all("[data-list] .badge-closed"))
    phone.press("[data-areas] button", "Xóa")
    phone.wait(lambda: not [path for path in kept_paths(phone) if path.startswith("area-")])


def test_list_with_its_filters_is_read_inside_a_kept_area(
    phone: Browser, line: Line, places: dict[str, Any], spot: str
) -> None:
    code, place = next((code, it) for code, it in places.items() if it["properties"]["opening_hours"])
    lon, lat = place["geometry"]["coordinates"]
    keep_area(phone, lon, lat)
    phone.driver.execute_async_script(ALL_BY_APPOINTMENT)
    cut(phone, line)

    # Without its marks, and with a filter that nothing kept can answer.
    name = "".join(letter for letter in normalize("NFD", place["properties"]["name"]) if not combining(letter))
    kind = place["properties"]["category"]
    plain = quote(name.replace("đ", "d").replace("Đ", "D").lower())
    phone.open(f"/places/?category={kind}&q={plain}&near={lon},{lat}&stars=4")
    assert phone.text(phone.find("body[data-ready] h1")) == "Địa điểm"
    phone.see("[data-list] li", "cách 0 m, đi bộ khoảng 1 phút")
    phone.see("[data-list] .badge", "Theo hẹn")
    assert phone.find("[data-list] a").get_attribute("href").endswith(f"/places/{code}")
    assert phone.text(phone.find("[data-left-out] ul")) == "Hạng sao"
    assert phone.accessibility_faults() == []
    # Far away there may be nearer ones that were not kept.
    phone.write("#kept-near", "108.5,11.9")
    phone.see("[data-outside]", "nằm ngoài các vùng bạn đã lưu")
    phone.write("#kept-near", "by the lake")
    phone.see("[data-no-point]", "108.4419,11.9404")
    # The map of places itself is not kept, and says so above the list.
    phone.open("/places/map")
    phone.see("[data-missed] code", "/places/map")
    phone.see("[data-list]", place["properties"]["name"])
    assert phone.find("#kept a.button").get_attribute("aria-disabled") is None, "one may always try again"
    # Pages lead to the list.
    phone.open("/en/emergency")
    phone.wait(lambda: phone.all("footer a[href='/en/places/']:not([aria-disabled])"))


def test_kept_area_is_updated_by_what_changed_and_stays_when_that_fails(
    phone: Browser, line: Line, living_city: LivingCity, places: dict[str, Any], spot: str
) -> None:
    lon, lat = next(iter(places.values()))["geometry"]["coordinates"]
    keep_area(phone, lon, lat)
    living_city.manage("shell", "-v0", "-c", GROW)
    line.asked.clear()
    phone.press("#keep-panel [data-areas] button", "Cập nhật")
    phone.see("#keep-panel [data-areas] [role=status]", "Đã cập nhật")
    tiles = {path.split("/")[2] for path in line.asked if path.endswith(".mvt")}
    assert tiles == {"places"}, "of the other layers nothing had changed"
    areas = {path.split()[0] for path in kept_paths(phone) if path.startswith("area-")}
    assert len(areas) == 1
    assert phone.driver.switch_to.active_element.text == "Cập nhật"

    line.broken = True
    phone.press("#keep-panel [data-areas] button", "Cập nhật")
    phone.see("#keep-panel [data-areas] [role=status]", "Chưa cập nhật được vì không tải được")
    assert {path.split()[0] for path in kept_paths(phone) if path.startswith("area-")} == areas
    line.broken = False
    cut(phone, line)
    phone.open_map(f"?z=17&lon={lon}&lat={lat}")
    assert not phone.all("#notices .notice")


def test_photos_of_a_place_that_was_seen_are_kept_with_it(phone: Browser, line: Line) -> None:
    phone.open("/")
    settle(phone)
    phone.open("/places/attractions-tq0001")
    phone.wait(lambda: [path for path in kept_paths(phone) if path.startswith("photos ")])
    # The large one was never shown; without a line the small one stands in for it.
    large = phone.find(".photos a").get_attribute("href")
    cut(phone, line)
    phone.open("/places/attractions-tq0001")
    phone.see("#kept", "Bản lưu lúc")
    phone.wait(lambda: phone.driver.execute_script("return document.querySelector('.photos img').naturalWidth"))
    stands_in = "fetch(arguments[0]).then((answer) => arguments[1](answer.status), () => arguments[1](0))"
    assert phone.driver.execute_async_script(stands_in, large) == 200
    assert phone.accessibility_faults() == []


def test_keeping_can_be_stopped_and_leaves_nothing(phone: Browser, line: Line, spot: str) -> None:
    phone.open_map(f"?z=15&{spot}")
    phone.press("[aria-controls=keep-panel]")
    phone.wait(lambda: phone.find("#keep-panel [data-keep]").is_enabled())
    # Between the press and the first answer.
    script = "document.querySelector('[data-keep]').click(); document.querySelector('[data-stop]').click()"
    phone.driver.execute_script(script)
    phone.see("#keep-panel [data-offer]", "Đã dừng")
    assert not [path for path in kept_paths(phone) if path.startswith("area-")]


def test_new_release_replaces_the_old_worker(phone: Browser, line: Line) -> None:
    phone.open("/")
    settle(phone)
    phone.open("/saved")
    before = file_caches(phone)
    assert len(before) == 1
    line.release = "next"
    phone.open("/saved")
    settle(phone)
    phone.wait(lambda: not before & file_caches(phone))
    assert len(file_caches(phone)) == 1
    cut(phone, line)
    phone.open("/emergency")
    phone.see("#kept", "Không có kết nối")


def test_nothing_is_kept_of_who_is_signed_in(
    phone: Browser, line: Line, living_city: LivingCity, places: dict[str, Any]
) -> None:
    seen = next(iter(places))
    phone.open("/")
    settle(phone)
    phone.open("/accounts/login/")
    sign_in(phone, living_city, "agent-tourism")
    phone.open(f"/places/{seen}")
    phone.open("/emergency")
    settle(phone)
    paths = {path.split()[1] for path in kept_paths(phone)}
    assert "/emergency" in paths, "kept without the session"
    assert not {path for path in paths if path.startswith(("/desk", "/accounts", "/admin"))}
    assert f"/places/{seen}" not in paths
    cut(phone, line)
    phone.open("/desk/")
    phone.see("h1", "Trang này cần kết nối")


def test_portal_is_installable(phone: Browser) -> None:
    phone.open("/en/")
    settle(phone)
    errors = phone.driver.execute_cdp_cmd("Page.getInstallabilityErrors", {})["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []
    manifest = phone.driver.execute_cdp_cmd("Page.getAppManifest", {})
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["start_url"] == "/en/"
