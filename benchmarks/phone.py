"""A visitor's first page on a phone with a slow line: when the list can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from benchmarks import load
from benchmarks.figure import Figure, NotMeasuredError
from tourism.models import Place

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
# Slow 3G as browsers' own tools draw it, and a processor a quarter as fast as this one.
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
SCREEN = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
RUNS = 3
PATIENCE_S = 60
LIST, CARD, HEADING = "list of places", "main .grid h2", "main h1"
# The moment at which the text itself is painted, in whatever font.
NOTE_WHEN_READ = """
new MutationObserver((_changes, observer) => {
  const text = document.querySelector(%s);
  if (text) { text.setAttribute("elementtiming", "read"); observer.disconnect(); }
}).observe(document, { childList: true, subtree: true });
new PerformanceObserver((list) => { window.readAt ??= list.getEntries()[0].renderTime; })
  .observe({ type: "element", buffered: true });
"""
WHAT_CAME = """
const came = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
return {
  read: window.readAt,
  first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  requests: came.length,
  bytes: came.reduce((sum, one) => sum + one.transferSize, 0),
};
"""


def measure() -> Iterator[Figure]:
    """Yield how long a visitor waits for pages on slow 3G, nothing kept from before; the list has a goal."""
    if not (CHROMIUM.exists() and DRIVER.exists()):
        raise NotMeasuredError(
            "Chromium is missing: sudo apt-get install -y --no-install-recommends chromium chromium-driver"
        )
    place = Place.objects.live().order_by("pk").values_list("code", flat=True)[0]
    with load.serving() as site:
        for name, path, text, goal in (
            (LIST, "/places/", CARD, 3),
            (f"{LIST}, of a kind and open at", "/places/?category=pharmacy&open_at=2026-12-01T20:00", CARD, 3),
            ("emergency", "/emergency", HEADING, None),
            ("page of a place", f"/places/{place}", HEADING, None),
            ("map of places, its words", "/places/map", HEADING, None),
        ):
            runs = [_look(site + path, text) for _run in range(RUNS)]
            last = runs[-1]
            yield Figure(
                name=f"{name} readable on slow 3G",
                value=median(run["read"] for run in runs) / 1000,
                unit="s",
                goal=goal,
                note=f"first paint {median(run['first'] for run in runs) / 1000:.2f} s, "
                f"{last['requests']} requests, {last['bytes'] / 1000:.0f} kB when all is loaded",
            )


def _look(address: str, text: str) -> dict[str, Any]:
    """Open a page in a browser that never saw the portal; returns when its text could be read, in ms, and what came."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in ("--headless=new", "--no-sandbox", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    try:
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SCREEN)
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", LINE)
        driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        noting = {"source": NOTE_WHEN_READ % json.dumps(text)}
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", noting)
        driver.get(address)
        WebDriverWait(driver, PATIENCE_S).until(lambda it: it.execute_script("return window.readAt"))
        came: dict[str, Any] = driver.execute_script(WHAT_CAME)
        return came
    finally:
        driver.quit()
