"""A real browser with a few words for what people do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
PATIENCE = 60


class Browser:
    """One window on one portal; paths are relative to the site."""

    def __init__(self, site: str) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for argument in ("--headless=new", "--no-sandbox", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        self.site = site
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        self.resize(1280, 800)

    def resize(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def scripts(self, allowed: bool) -> None:
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def forget(self) -> None:
        """Become a new visitor."""
        self.scripts(allowed=True)
        self.resize(1280, 800)
        self.driver.delete_all_cookies()
        self.driver.get("about:blank")
        kept = {"origin": self.site, "storageTypes": "service_workers,cache_storage,indexeddb"}
        self.driver.execute_cdp_cmd("Storage.clearDataForOrigin", kept)
        self.driver.get_log("performance")
        self.driver.get_log("browser")

    def open(self, path: str) -> None:
        self.driver.get(self.site + path)

    def open_map(self, query: str = "", *, home: str = "/") -> None:
        self.open(home + query)
        self.find("body[data-ready]")

    def wait(self, asked: Callable[[], Any]) -> Any:
        # What is looked at may be replaced meanwhile, by another page or by a module: then it is looked for again.
        replaced = [StaleElementReferenceException]
        return WebDriverWait(self.driver, PATIENCE, ignored_exceptions=replaced).until(lambda _driver: asked())

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def find(self, selector: str) -> WebElement:
        """Wait for the first element of this selector that is there."""
        found: WebElement = self.wait(lambda: next(iter(self.all(selector)), None))
        return found

    def see(self, selector: str, words: str) -> WebElement:
        """Wait until an element of this selector shows the words."""
        shown: WebElement = self.wait(
            lambda: next((element for element in self.all(selector) if words in self.text(element)), None)
        )
        return shown

    def text(self, element: WebElement) -> str:
        return self.driver.execute_script("return arguments[0].isConnected ? arguments[0].innerText : ''", element)

    def press(self, selector: str, words: str = "") -> None:
        (self.see(selector, words) if words else self.find(selector)).click()

    def write(self, selector: str, words: str) -> None:
        field = self.find(selector)
        field.clear()
        field.send_keys(words)

    def key(self, name: str) -> None:
        self.driver.switch_to.active_element.send_keys(getattr(Keys, name, name))

    def tap_map(self, x: int, y: int) -> None:
        """Press and release on the window's pixel."""
        for kind in ("mousePressed", "mouseReleased"):
            event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    @property
    def address(self) -> dict[str, str]:
        """The state in the address bar."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.driver.current_url).query).items()}

    @property
    def path(self) -> str:
        return urlsplit(self.driver.current_url).path

    def hosts_asked(self) -> set[str]:
        """Every host that was asked for anything since `forget`."""
        urls = [said["request"]["url"] for said in self._network("requestWillBeSent")]
        return {urlsplit(url).netloc for url in urls if url.startswith(("http", "ws"))}

    def answers(self) -> list[tuple[str, int]]:
        """Path and status of every answer since this was last asked."""
        answers = [said["response"] for said in self._network("responseReceived")]
        return [(urlsplit(answer["url"]).path, answer["status"]) for answer in answers]

    def _network(self, event: str) -> list[dict[str, Any]]:
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [message["params"] for message in messages if message["method"] == f"Network.{event}"]

    def refusals(self) -> list[str]:
        """What the page's security policy refused."""
        lines = [entry["message"] for entry in self.driver.get_log("browser")]
        return [line for line in lines if "Content Security Policy" in line]

    def accessibility_faults(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA on the page as it is."""
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = self.driver.execute_async_script(
            "axe.run({runOnly: arguments[0]}).then(arguments[1])",
            rules,
        )
        return [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]
